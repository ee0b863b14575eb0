"""What people in the demo say and promise. Invented, and about everyday things."""

# kind, purpose, topics, what the mosque told us, what we said we would do
VISITS = (
    (
        "visit",
        "getting_to_know",
        ("parking", "road_safety"),
        "Cars are left across the gate at Friday prayers and neighbours are upset. You would like us to come before the end of prayers, not after.",
        "We will walk round at the end of Friday prayers for the next month and speak to the council about a drop-off place.",
    ),
    (
        "security_walkround",
        "security_advice",
        ("mosque_safety", "security_funding"),
        "The side door does not close by itself and the light in the yard is broken. You asked how to apply for help with cameras.",
        "We will send you the guide, and our crime prevention officer will come and look at the door with you.",
    ),
    (
        "reassurance",
        "reassurance",
        ("hate_crime", "anti_muslim_hostility"),
        "Two families were shouted at on the way home. People are worried about the evening classes ending in the dark.",
        "An officer will be outside when the classes end this week and next, in uniform, and will come in to say hello first.",
    ),
    (
        "talk_tour",
        "getting_to_know",
        ("youth", "neighbourhood_priorities"),
        "You showed us round and told us what the young people ask for: somewhere to play in winter.",
        "We will bring three new officers for the same tour, and ask the leisure centre about the hall on Sundays.",
    ),
    (
        "meeting",
        "problem_solving",
        ("road_safety",),
        "Young men race along the main road after ten at night. Mothers do not let children cross.",
        "We will put the speed van there on two evenings and tell you what it found.",
    ),
    (
        "madrasah_session",
        "talk_or_training",
        ("youth", "fireworks"),
        "The teachers asked for a short talk on fireworks and on being safe on the way home.",
        "We will come in the first week of November and keep it to twenty minutes.",
    ),
    (
        "drop_in",
        "getting_to_know",
        ("neighbourhood_priorities",),
        "You would rather we ring first on weekdays. After the evening prayer is always a good time.",
        "We will ring first, and put that on the page for everybody on the team.",
    ),
    (
        "iftar_or_meal",
        "getting_to_know",
        ("interfaith",),
        "You asked us to bring officers who have not been before, and to stay for the questions.",
        "We will bring two new officers and stay until the end.",
    ),
    (
        "visit",
        "listening",
        ("stop_and_search", "complaints"),
        "A young man was stopped twice in one week and nobody told him why. You want to know how he can complain.",
        "We will bring the leaflet on how to complain and ask the inspector to come and answer questions.",
    ),
    (
        "event_support",
        "event_support",
        ("event_planning", "parking"),
        "A large funeral is expected on Saturday. You need the road kept open for an hour.",
        "Two officers will be there from half past eleven and will speak only to the stewards.",
    ),
)

POLICE_PROMISES = (
    "Send the guide to help with security costs",
    "Walk round at the end of Friday prayers for four weeks",
    "Ask the council about a drop-off place by the gate",
    "Bring the crime prevention officer to look at the side door",
    "Put the speed van on the main road on two evenings",
    "Give a short talk to the evening classes",
    "Introduce the new neighbourhood officer",
    "Tell you what came of the report about the broken window",
    "Send the dates of the beat meetings until the summer",
    "Ask the inspector to come and answer questions on stop and search",
)
INSTITUTION_PROMISES = (
    "Send the times of the evening classes",
    "Put the beat meeting on the notice board and announce it on Friday",
    "Ask the stewards to keep the gate clear",
    "Name a second person to ring when the imam is away",
    "Tell parents where children will be collected from",
)
WHAT_WAS_DONE = (
    "Done on the day we said.",
    "Sent by post and by e-mail.",
    "We came twice and spoke to the stewards both times.",
    "The council has answered; the letter is with your secretary.",
)
STILL_MISSING = (
    "The letter has not come yet.",
    "Officers came once, not four times.",
    "We still do not have a date.",
)
WHY_LATER = (
    "The person who does this is on leave until next week.",
    "The council asked for two more weeks.",
    "Ramadan timetable: we would both rather do it after Eid.",
)
WHY_NOT = (
    "The van is needed for another district until spring; we should not have promised it.",
    "The fund closed before the form came back.",
)

# kind, purpose, topics, why now
REQUESTS = (
    ("talk_tour", "talk_or_training", ("recruitment", "youth"), "Our young people ask what the work is like and whether they would be welcome."),
    ("security_walkround", "security_advice", ("mosque_safety",), "We are having the entrance rebuilt and would like advice before the doors are ordered."),
    ("meeting", "problem_solving", ("road_safety",), "Parents have asked us to do something before somebody is hurt."),
    ("open_day", "event_support", ("interfaith", "event_planning"), "Our open day is coming and we would like the neighbourhood team to have a table."),
    ("madrasah_session", "talk_or_training", ("fireworks", "safeguarding"), "The classes have doubled and the teachers would like somebody to talk to the older ones."),
    ("meeting", "listening", ("stop_and_search",), "There is a feeling here that the same boys are stopped every week."),
    ("visit", "reassurance", ("hate_crime", "womens_safety"), "Sisters have been called names at the bus stop. They would like to talk to a woman officer."),
    ("meeting", "consultation", ("counter_terrorism_policing",), "People ask what the new posters at the station mean for them. We would like somebody to explain it."),
)  # fmt: skip

ACKNOWLEDGED = (
    "Thank you. I have read this and will come back to you with a date by the end of the week.",
    "Thank you for asking. I am finding out who is free and will ring you on Thursday.",
    "I have this. It is me you should ring about it.",
)
COUNTERED = ("We cannot do that evening, but we could come the week after at the same time.",)
DECLINED = (
    "We would need an accredited trainer and have none this year. The council runs the same course; the link is on their page.",
)
REDIRECTED = ("This is for the road safety team. I have spoken to them and they will ring you.",)
CORRECTIONS = (
    "It was the front gate, and it was the committee that asked, not the imam.",
    "We asked for every Friday in Ramadan, not for the next month.",
    "Please say that the sisters asked for this themselves.",
)
DISAGREEMENTS = (
    "We did not agree that the matter is closed. We asked for a written answer and have not had one.",
    "The note says that we were told about the operation beforehand. We heard of it on the day.",
)
NEXT_WORDS = (
    "Please come again after Eid, with the same officers if you can.",
    "It was what we agreed. Next time leave more time for questions.",
    "Thank you. We would like to do this twice a year.",
)
BEFORE_YOU_COME = (
    "Please ring the bell at the side door and take off your shoes at the line. Somebody will bring you to the office. The women's entrance is on the other street and has its own bell.",
    "Ring first if you can. Keep to the edge of the hall during prayer and do not walk in front of anybody who is praying. Tea is always offered and it is fine to say no.",
    "Children are here from half past four until half past seven. Please come to the office first and wait for the head teacher.",
)

# What police explain; what is asked: by name or not, can police answer it, and what they say.
FIREWORKS = {
    "title": "Patrols around Bonfire Night",
    "happening": "From 1 to 9 November more officers walk in Ashwell West between five and eleven at night.",
    "why": "Last year fireworks were thrown at people who came from evening prayers.",
    "meaning": "You will see us at the gates. You can ask us to walk with you to the bus stop.",
    "unknown": "Which nights will be busy. We say so here when we know.",
    "unsaid": "We do not name the streets, so that nobody moves to the next one.",
    "decided": "The neighbourhood inspector, after two meetings with mosques of the area.",
    "read_out": "More officers walk here until 9 November, from five to eleven at night. If you wish, they walk with you to the bus stop.",
}
ASKED = (
    (
        "Can an officer come to the madrasah and tell the children about fireworks?",
        True,
        True,
        "Yes. Ring your named officer, and we find an evening before 1 November.",
    ),
    (
        "How many officers are there each night?",
        False,
        False,
        "We can’t answer because the number would tell when there are fewer. There are always two at the gates.",
    ),
    ("Is somebody there after the late prayer at the weekend?", False, True, ""),
)
RUMOUR = {
    "title": "No arrest was made at a mosque today",
    "happening": "At two o’clock a man fell ill outside a mosque in Canal Side. An ambulance took him to hospital. Three officers helped it through the traffic.",
    "meaning": "The mosque is open. Nobody was arrested, and nobody is looked for.",
    "unknown": "How he is. The hospital tells his family, not us.",
    "read_out": "Nobody was arrested here today. A man fell ill and an ambulance took him to hospital.",
}
WRONG_DAY = {
    "title": "Road shut for the half marathon",
    "happening": "Mill Lane is shut on Sunday from eight to one.",
    "why": "The half marathon runs along it.",
    "meaning": "Come by Station Road. The car park stays open.",
    "unknown": "Whether the last runners come in time.",
    "unsaid": "There is nothing that we leave out.",
    "decided": "The council.",
    "read_out": "Mill Lane is shut on Sunday morning. Please come by Station Road.",
}
POWERS = {
    "title": "What officers at the airport may ask",
    "happening": "Officers at airports may stop and question people who travel. We explain what they may ask and what you may ask them.",
    "why": "Several mosques asked for it after the summer holidays.",
    "meaning": "You may ask for the leaflet in your language, and for the name of the officer. You may complain.",
    "unknown": "How often people from Ashwell are stopped. We have asked for the number.",
    "unsaid": "We do not speak about single stops. Whoever was stopped can ask about their own.",
    "decided": "Parliament made the law. The force’s head of counter-terrorism wrote this text.",
    "read_out": "Officers at airports may ask questions, and you may ask for their names and for a leaflet. The whole text is with our committee.",
}
