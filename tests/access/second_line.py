"""What opens each table to the web server: the lists of a claim, and what the database asks itself.

A way names a list of ids that comes with the claim, or a function that gives one; after a colon
stands the path that is compared with it, where it is another than usual. Whatever is not written
here opens nothing.
"""

from django.db.models import Q

INSTITUTIONS = ("narrow", "serving", "guest")
FORCES = ("forces", "wide", "over", "around")
LISTS = (*INSTITUTIONS, *FORCES, "person")
FUNCTIONS = (
    *("dealings", "in_forces", "linked_institutions", "listed_institutions"),
    *("spoken_for", "drafting_units", "joint_visits", "joint_partnerships", "joint_texts"),
    *("joint_promises", "people", "myself", "bulletins_received"),
)
USUAL = (
    dict.fromkeys(FORCES, "force_id")
    | dict.fromkeys(("joint_visits",), "engagement_id")
    | {"joint_texts": "text_id", "joint_promises": "commitment_id", "joint_partnerships": "id"}
    | {"people": "contact_id", "myself": "contact_id", "person": "asked_by_id"}
    | {"bulletins_received": "bulletin_id"}
)

FACT = "narrow forces"
WORDS = "narrow wide dealings"
OF_TEXT = f"{WORDS} joint_texts guest"
ABOUT_A_PERSON = f"{FACT} serving people guest"
TABLES = {
    **dict.fromkeys(("audit_entry", "audit_accessevent"), "narrow in_forces"),
    # --- Who and where
    "contacts_institution": (
        "narrow:id forces serving:id over guest:id linked_institutions:id listed_institutions:id"
    ),
    "contacts_membership": "narrow:member_id narrow:umbrella_id linked_institutions:member_id",
    "contacts_weeklytime": f"{FACT} guest",
    "contacts_contact": f"{FACT} serving people:id guest",
    "contacts_officerprofile": ABOUT_A_PERSON,
    "contacts_roleholding": ABOUT_A_PERSON,
    "contacts_deputyship": f"{FACT} serving",
    "contacts_invitation": WORDS,
    "contacts_sharingpermission": f"{FACT} guest listed_institutions",
    "contacts_leadershipdispute": FACT,
    # --- What is kept and what left
    "contacts_disclosure": f"{FACT} over",
    "contacts_breakglassgrant": f"{FACT} over myself",
    "contacts_rightsrequest": "wide myself",
    "contacts_legalhold": "narrow wide",
    "contacts_disposal": "wide",
    # --- The partnership, its words and promises
    "partnerships_partnership": f"{FACT} joint_partnerships guest",
    "partnerships_leadassignment": FACT,
    **dict.fromkeys(
        (
            *("partnerships_joiningcheck", "partnerships_limitstalk", "partnerships_signature"),
            *("partnerships_partnershipagreement", "partnerships_policepause"),
            *("partnerships_concern", "partnerships_concernstep"),
            "partnerships_touchedpartnership",
        ),
        WORDS,
    ),
    "partnerships_sharedtext": f"{WORDS} joint_texts:id guest",
    **dict.fromkeys(
        (
            "partnerships_sharedtextversion",
            "partnerships_correction",
            "partnerships_disagreementstatement",
        ),
        OF_TEXT,
    ),
    "partnerships_commitment": f"{WORDS} joint_promises:id",
    "partnerships_commitmentstep": f"{WORDS} joint_promises myself:by_id",
    # --- What is out for many
    "partnerships_publisheditem": f"{WORDS} anybody",
    "partnerships_communityview": f"{WORDS} guest around",
    "partnerships_widerevent": (
        "narrow:touched__institution_id wide:touched__force_id "
        "dealings:touched__institution_id myself:recorded_by_id"
    ),
    "partnerships_bulletin": "forces drafting_units bulletins_received:id",
    "partnerships_bulletinversion": "forces drafting_units bulletins_received",
    "partnerships_bulletinquestion": "forces bulletins_received",
    "partnerships_bulletinrecipient": FACT,
    "partnerships_bulletinasker": "spoken_for myself:asked_by_id person",
    # --- Visits and requests
    **dict.fromkeys(
        ("events_engagementrequest", "events_requestslot", "events_requeststep"), WORDS
    ),
    "events_engagement": f"{FACT} joint_visits:id guest",
    "events_engagementparty": f"{FACT} joint_visits",
    "events_attendance": f"{FACT} joint_visits guest",
    "events_engagementcommitment": f"{WORDS} joint_visits",
    "events_engagementfeedback": f"{WORDS} joint_visits",
    "events_sharednote": f"{WORDS} joint_visits guest",
}

# Of the rows that a way leads to, those alone.
HAS_LEFT = {"left_at__isnull": False}
LEFT_NOTE = Q(**{f"text__note__{name}": value for name, value in HAS_LEFT.items()})
ONLY = {
    ("contacts_sharingpermission", "listed_institutions"): Q(kind="listed"),
    ("partnerships_communityview", "guest"): ~Q(audience="police"),
    ("partnerships_communityview", "around"): Q(audience="partners"),
    ("partnerships_publisheditem", "anybody"): Q(state="published"),
    ("events_sharednote", "guest"): Q(**HAS_LEFT),
    ("partnerships_sharedtext", "guest"): Q(note__left_at__isnull=False),
    ("partnerships_sharedtextversion", "guest"): LEFT_NOTE,
    ("partnerships_correction", "guest"): LEFT_NOTE,
    ("partnerships_disagreementstatement", "guest"): LEFT_NOTE,
}


def ways(table):
    """Yield each way into a table with the path that is compared."""
    for entry in TABLES[table].split():
        way, _, path = entry.partition(":")
        yield way, path or USUAL.get(way, "institution_id")
