"""The words of the demo's consultations, invented."""
# ruff: noqa: E501  sentences that people typed

URGENT = "The new season’s times start next week, and the council needs the answer before."
PATROLS = {
    "parts": {
        "title": "Patrols round Friday prayer",
        "question": "How should officers be there round Friday prayer: on foot, by car, and at what time?",
        "open_to_change": "The hour, the street corners, on foot or by car, and how we let you know.",
        "not_open": "How many officers the team has: that is set for the whole district.",
        "options": "By car as now; on foot from half past twelve; or only when you ask.",
        "effect": "Women leave by Mill Lane, where cars park. Older people cross there.",
        "materials": "One page in English and Urdu, with a map.",
        "events": "The umbrella body’s evening on the second Tuesday.",
    },
    "objection": "",
    "answers": [
        ("with_changes", "On foot is better. Please keep away from the door while people pray."),
        ("for", "Thank you for asking. A greeting at the corner is welcome."),
        ("with_changes", "Cars with lights look as if something had happened. On foot, please."),
        ("with_changes", "Most of our members ask for officers on foot, away from the door."),
    ],
    "decision": "Officers walk from half past twelve, at the corners and not at the doors, from the first of next month.",
}
HEARD_ON_PATROLS = (
    {
        "title": "On foot, away from the door",
        "heard": "Cars with lights look like trouble. Officers on foot at the corner are welcome.",
        "in": 3,
        "dissent": "",
        "came": {
            "outcome": "changed",
            "changed": "Officers walk, and stand at the corners.",
            "unchanged": "",
            "why": "It costs no more, and people would rather be greeted than watched.",
            "promise": "Send every mosque the new times and the names of the officers.",
        },
    },
    {
        "title": "Tell us before",
        "heard": "People would like to know on Thursday who comes on Friday.",
        "in": 1,
        "dissent": "We heard it from more than one: members ask for a name and a number, not only for the day.",
        "came": {
            "outcome": "partly",
            "changed": "The team’s page says on Thursday who is on duty.",
            "unchanged": "It cannot be promised in weeks with a match.",
            "why": "Officers are called away at short notice then.",
        },
    },
)
CAMERAS = {
    "parts": {
        "title": "A camera at the station square",
        "question": "Should the mobile camera stand in the station square from November to March?",
        "open_to_change": "Where it points, and for how long it stays.",
        "not_open": "That a camera is used in the district: the council has the power and decided it in spring.",
        "options": "From November to March; at weekends; or not in the square.",
        "effect": "It shows whoever goes to the evening lessons at Station Road.",
        "materials": "The council’s notice, in English alone.",
        "events": "None was held.",
    },
    "objection": "The notice is in English alone, and nothing says for how long pictures are kept.",
    "answers": [
        ("against", "People will feel watched on their way to lessons. Please not there."),
        ("neither", "We have no view, but please tell us for how long pictures are kept."),
        ("against", "Not in front of the building where children go."),
        ("against", "Our members are against it where it stands. We said so in our objection."),
    ],
    "decision": "The camera stands in the square as planned, from November to March.",
}
HEARD_ON_CAMERAS = (
    {
        "title": "Not where children go to lessons",
        "heard": "Parents do not want a camera on the way to the evening lessons.",
        "in": 2,
        "dissent": "",
        "came": {
            "outcome": "unchanged",
            "changed": "",
            "unchanged": "The camera stands in the square.",
            "why": "Nine robberies were reported there last winter, and there is no other post with power.",
        },
    },
)
EVENINGS = {
    "parts": {
        "title": "Where to hold the safety evenings",
        "question": "Where should the next three safety evenings be held, and on which day of the week?",
        "open_to_change": "The places, the days, the hour, and whether there is one for women alone.",
        "not_open": "That there are three: there is money for three.",
        "options": "In mosques by turns; in the library; or one of each.",
        "effect": "Some women come only if there is an evening for them. The library has a lift.",
        "materials": "One page in English, Urdu and Bengali.",
        "events": "Ask your officer to come by and talk about it.",
    },
    "objection": "",
    "answers": [
        ("for", "By turns, please, and one in the library for those who need the lift."),
        ("with_changes", "On a Wednesday; Fridays are full."),
    ],
    "decision": "",
}
GATHERING = {
    "title": "A gathering tonight near the station",
    "question": "People may gather near Station Road tonight. Where should officers stand, so that those who come to pray pass without fear?",
    "urgency": "It is tonight: nobody else can be asked in time.",
    "withheld": "Who called for it, and how we know: an inquiry is under way.",
}
ADVISED = "At both corners, not at the doors, and tell the volunteers whom to ring. Families leave by Mill Lane."
DONE = "Officers stood at both corners until ten, as you advised, and at Mill Lane. Nobody came."
