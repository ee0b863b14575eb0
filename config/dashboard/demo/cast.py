"""Who is in the demo. Every person and every institution here is invented."""

FORCE = "Northshire Police"
DISTRICT = "Ashwell"

# neighbourhood → its wards
NEIGHBOURHOODS = {
    "Ashwell West": ("Canal Side", "Mill Lane", "Thornfield"),
    "Ashwell Central": ("Market", "Station Road", "Highgate"),
    "Ashwell North": ("Larkhill", "Moorside", "Beckfoot"),
    "Ashwell South": ("Riverside", "Oakwood", "Fairview"),
    "Holmebridge": ("Holmebridge Town", "Upper Holme"),
}

# kind, name, name in its own script, ward
INSTITUTIONS = (
    ("mosque", "Masjid An-Noor", "مسجد النور", "Canal Side"),
    ("mosque", "Thornfield Jamia Mosque", "", "Thornfield"),
    ("islamic_centre", "Mill Lane Islamic Centre", "", "Mill Lane"),
    ("mosque", "Masjid Ar-Rahmah", "مسجد الرحمة", "Canal Side"),
    ("madrasah", "Canal Side Madrasah", "", "Canal Side"),
    ("mosque", "Thornfield Women's Prayer Hall", "", "Thornfield"),
    ("mosque", "Mill Lane Community Mosque", "", "Mill Lane"),
    ("mosque", "Masjid Al-Huda", "مسجد الهدى", "Thornfield"),
    ("mosque", "Ashwell Central Mosque", "", "Market"),
    ("islamic_centre", "Station Road Islamic Centre", "", "Station Road"),
    ("mosque", "Highgate Mosque", "", "Highgate"),
    ("mosque", "Masjid At-Taqwa", "مسجد التقوى", "Market"),
    ("mosque", "Market Street Prayer Room", "", "Market"),
    ("madrasah", "Highgate Evening Madrasah", "", "Highgate"),
    ("islamic_centre", "Ashwell Somali Centre", "", "Station Road"),
    ("mosque", "Masjid Bilal", "مسجد بلال", "Station Road"),
    ("mosque", "Highgate Bengali Mosque", "হাইগেট মসজিদ", "Highgate"),
    ("mosque", "Larkhill Mosque", "", "Larkhill"),
    ("mosque", "Moorside Jamia Mosque", "", "Moorside"),
    ("islamic_centre", "Beckfoot Islamic Centre", "", "Beckfoot"),
    ("mosque", "Masjid Al-Falah", "مسجد الفلاح", "Larkhill"),
    ("mosque", "Moorside Turkish Mosque", "", "Moorside"),
    ("madrasah", "Larkhill Weekend School", "", "Larkhill"),
    ("mosque", "Beckfoot Prayer Hall", "", "Beckfoot"),
    ("mosque", "Riverside Mosque", "", "Riverside"),
    ("mosque", "Oakwood Mosque and Garden", "", "Oakwood"),
    ("islamic_centre", "Fairview Muslim Community Centre", "", "Fairview"),
    ("mosque", "Masjid Al-Ihsan", "مسجد الإحسان", "Riverside"),
    ("mosque", "Fairview Student Prayer Room", "", "Fairview"),
    ("mosque", "Oakwood Road Mosque", "", "Oakwood"),
    ("madrasah", "Riverside Qur'an School", "", "Riverside"),
    ("mosque", "Masjid As-Salam", "مسجد السلام", "Fairview"),
    ("mosque", "Holmebridge Mosque", "", "Holmebridge Town"),
    ("islamic_centre", "Holmebridge Islamic Society", "", "Holmebridge Town"),
    ("mosque", "Upper Holme Prayer House", "", "Upper Holme"),
    ("mosque", "Masjid Al-Karam", "مسجد الكرم", "Holmebridge Town"),
    ("madrasah", "Holmebridge Children's Classes", "", "Holmebridge Town"),
    ("charity_other", "Ashwell Muslim Burial Society", "", "Market"),
    ("umbrella_body", "Ashwell Mosques Together", "", "Market"),
    ("umbrella_body", "Northshire Muslim Women's Forum", "", "Station Road"),
)
NOT_JOINED = {  # a name, an area and a public phone, nothing more
    "Market Street Prayer Room",
    "Moorside Turkish Mosque",
    "Beckfoot Prayer Hall",
    "Fairview Student Prayer Room",
    "Upper Holme Prayer House",
    "Masjid Al-Karam",
}
# How far some of them have come meanwhile.
STAGES = {
    "Market Street Prayer Room": "applied",
    "Beckfoot Prayer Hall": "verified",
    "Fairview Student Prayer Room": "met",
    "Upper Holme Prayer House": "agreement_drafted",
    "Moorside Turkish Mosque": "declined",
}
INVITED = {"Oakwood Road Mosque", "Larkhill Weekend School"}
# Joined, and yet nobody came within the last year; or all that came back was a call, or nothing.
NOT_MET_LATELY = {"Masjid Al-Falah", "Fairview Muslim Community Centre", "Holmebridge Mosque"}
WAYS = {
    "Beckfoot Islamic Centre": "phone",
    "Masjid Al-Ihsan": "phone",
    "Highgate Evening Madrasah": "silence",
    "Masjid As-Salam": "silence",
}
PAUSED = {"Highgate Bengali Mosque"}
ONLY_WHEN_ASKED = {"Masjid Bilal", "Thornfield Women's Prayer Hall", "Masjid At-Taqwa"}

# Who can be signed in as, whatever the rest of the cast does.
SIGN_INS = {
    "sergeant": "sergeant@northshire.example",
    "imam": "imam@annoor.example",
    "women's lead": "womens.lead@annoor.example",
    "umbrella lead": "lead@mosquestogether.example",
    "coordinator": "coordinator@northshire.example",
    "inspector": "inspector@northshire.example",
    "records": "records@northshire.example",
    "records, too": "records.too@northshire.example",
    "administrator": "admin@northshire.example",
    "scrutineer": "panel.member@northshire.example",
    "invited_unit": "ct.unit.officer@northshire.example",
}
SCRUTINEER = "Beatrice Hollis"
RECORDS_OFFICERS = {"records": "Nora Whitcombe", "records, too": "Owen Bramley"}
ADMINISTRATOR = "Miriam Tollgate"
PASSWORD = "peaceful-morning-walk"  # nosec B105  # noqa: S105  for the invented people of the demo only

SECOND_STEP = (
    "Then comes a code: for police the one that their app shows, for all others one by e-mail.\n"
    "The page with the mail it sends shows both."
)

OFFICER_NAMES = (
    "Hannah Whitlock",
    "Daniel Okafor",
    "Kirsty Munro",
    "Imran Sheikh",
    "Lucy Barraclough",
    "Owen Pritchard",
    "Grace Adeyemi",
    "Matthew Lund",
    "Zainab Iqbal",
    "Peter Kowalski",
    "Shauna Devlin",
    "Arjun Nair",
    "Rebecca Stott",
    "Callum Fraser",
    "Mei Chan",
    "Joseph Hartley",
    "Farah Qureshi",
    "Liam Gallacher",
    "Olivia Tate",
    "Samuel Boateng",
    "Ewa Nowak",
    "Jack Ormerod",
    "Priya Menon",
    "Thomas Wren",
    "Nicola Ashe",
)
MEN = (
    "Yusuf", "Ibrahim", "Khalid", "Bilal", "Abdullah", "Idris", "Usman", "Hamza", "Zakariya",
    "Tariq", "Ismail", "Harun", "Musa", "Faisal", "Dawud",
)  # fmt: skip
WOMEN = (
    "Mariam", "Fatima", "Hafsa", "Sumayya", "Amina", "Ruqayya", "Khadija", "Nadia", "Salma",
    "Rabia", "Asiya", "Layla", "Sana",
)  # fmt: skip
SURNAMES = (
    "Rahman", "Malik", "Begum", "Hussain", "Aslam", "Warsame", "Chowdhury", "Mirza", "Patel",
    "Siddiqui", "Yilmaz", "Farooq", "Bashir", "Noor", "Kazmi", "Osman", "Ansari", "Latif",
    "Hashmi", "Abdi", "Saleh", "Rafiq", "Demir",
)  # fmt: skip
# role, access role, agreed to be named
COMMUNITY_ROLES = (
    ("imam", "mosque_lead", True),
    ("chair", "mosque_lead", True),
    ("womens_lead", "mosque_member", True),
    ("youth_lead", "mosque_member", False),
    ("safeguarding_lead", "mosque_safety", False),
)
WOMENS_ROLES = {"womens_lead", "safeguarding_lead", "umbrella_officer"}
