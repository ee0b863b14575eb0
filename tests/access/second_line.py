"""What opens each table to the web server: the lists of a claim, and what the database asks itself.

A way names a list of ids that comes with the claim, or a function that gives one; after a colon
stands the path that is compared with it, where it is another than usual. Where a policy asks
several things of one row, they stand in ``TOGETHER``, and none of them opens it without the
others. Whatever is not written here opens nothing.
"""

from django.db.models import F, Q

INSTITUTIONS = ("narrow", "serving", "guest")
FORCES = ("forces", "wide", "over", "around")
LISTS = (*INSTITUTIONS, *FORCES, "person")
FUNCTIONS = (
    *("dealings", "in_forces", "linked_institutions", "listed_institutions"),
    *("spoken_for", "drafting_units", "joint_visits", "joint_partnerships", "joint_texts"),
    *("joint_promises", "people", "myself", "bulletins_received"),
    *("consultations_open", "consultations_convened", "consultations_asked"),
    *("panel_forces", "opened_reviews", "shared_concerns", "shared_closings"),
    *("safety_kept", "safety_needed", "opened_in_emergency"),
    *("administered", "notice_forces"),
)
BY_FORCE = (*FORCES, "panel_forces", "administered", "notice_forces")
USUAL = (
    dict.fromkeys(BY_FORCE, "force_id")
    | dict.fromkeys(("joint_visits",), "engagement_id")
    | {"joint_texts": "text_id", "joint_promises": "commitment_id", "joint_partnerships": "id"}
    | {"people": "contact_id", "myself": "contact_id", "person": "asked_by_id"}
    | {"bulletins_received": "bulletin_id", "shared_closings": "text_id"}
    | dict.fromkeys(
        ("consultations_open", "consultations_convened", "consultations_asked"), "consultation_id"
    )
    | {"opened_reviews": "review_id"}
)

FACT = "narrow forces"
WORDS = "narrow wide dealings"
OF_TEXT = f"{WORDS} joint_texts guest"
SIDES = "narrow wide"
ABOUT_A_PERSON = f"{FACT} serving people guest"


def _words_of(row):
    """Return the ways into another row that open this one, too."""
    return " ".join(f"{way}:{row}__{USUAL.get(way, 'institution_id')}" for way in WORDS.split())


TABLES = {
    **dict.fromkeys(("audit_entry", "audit_accessevent"), "narrow in_forces"),
    # --- Who and where
    "contacts_institution": (
        "narrow:id forces serving:id over guest:id linked_institutions:id listed_institutions:id"
    ),
    "contacts_membership": ("narrow:member_id narrow:umbrella_id linked_institutions:member_id"),
    "contacts_weeklytime": f"{FACT} guest",
    "contacts_contact": f"{FACT} serving people:id guest administered",
    "contacts_officerprofile": ABOUT_A_PERSON,
    "contacts_roleholding": f"{ABOUT_A_PERSON} administered",
    "contacts_deputyship": f"{FACT} serving",
    "contacts_invitation": WORDS,
    "contacts_sharingpermission": f"{FACT} guest listed_institutions",
    "contacts_leadershipdispute": FACT,
    "contacts_heldnotice": "notice_forces",
    "contacts_standingdown": "spoken_for",
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
            *("partnerships_touchedpartnership", "partnerships_workstream"),
            "partnerships_concerncommitment",
        ),
        WORDS,
    ),
    "partnerships_concern": f"{WORDS} shared_concerns:id",
    "partnerships_concernstep": f"{WORDS} shared_closings",
    "partnerships_sharedtext": f"{WORDS} joint_texts:id guest shared_closings:id",
    "partnerships_sharedtextversion": f"{OF_TEXT} shared_closings",
    "partnerships_correction": OF_TEXT,
    "partnerships_disagreementstatement": f"{OF_TEXT} shared_closings",
    "partnerships_commitment": f"{WORDS} joint_promises:id",
    "partnerships_commitmentstep": f"{WORDS} joint_promises myself:by_id",
    # --- What is out for many
    "partnerships_publisheditem": f"{WORDS} anybody",
    "partnerships_itemphoto": f"{WORDS} anybody",
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
    # --- What police ask many
    "partnerships_consultation": (
        "forces spoken_for:co_convenor_id spoken_for:asked_by_id consultations_open:id"
    ),
    "partnerships_consultationtheme": "forces consultations_open",
    "partnerships_consultationinvitee": "spoken_for forces",
    "partnerships_consultationresponse": (f"{SIDES} consultations_asked consultations_convened"),
    # --- Reviews
    "partnerships_partnershipreview": f"{SIDES} panel_forces",
    "partnerships_reviewfigures": f"{SIDES} panel_forces",
    "partnerships_reviewassessment": "person:written_by_id",
    "partnerships_reviewstatement": SIDES,
    "partnerships_reviewcomment": f"{SIDES} panel_forces",
    "partnerships_reviewcommitment": SIDES,
    "partnerships_reviewreport": f"{SIDES} anybody",
    # --- The panel's sample, and what is said about it
    "partnerships_panelorigin": WORDS,
    "partnerships_panelsample": "panel_forces forces around",
    "partnerships_panelitem": f"panel_forces forces {_words_of('origin')}",
    "partnerships_panelcomment": (
        f"panel_forces forces {_words_of('item__origin')} {_words_of('concern')}"
    ),
    "partnerships_panelanswer": (
        "panel_forces:comment__force_id forces:comment__force_id "
        f"{_words_of('comment__item__origin')} {_words_of('comment__concern')}"
    ),
    # --- What a mosque keeps for emergencies
    **dict.fromkeys(
        ("partnerships_premisessafetydetail", "partnerships_keyholder"), "safety_kept safety_needed"
    ),
    "partnerships_safetyneed": SIDES,
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
TOLD = Q(held_back=None) | Q(held_back__told_at__isnull=False)
ONLY = {
    **{("contacts_disclosure", way): TOLD for way in (*FACT.split(), "over")},
    ("contacts_contact", "administered"): Q(user__isnull=False),
    ("contacts_sharingpermission", "listed_institutions"): Q(kind="listed"),
    ("partnerships_communityview", "guest"): ~Q(audience="police"),
    ("partnerships_communityview", "around"): Q(audience="partners"),
    ("partnerships_publisheditem", "anybody"): Q(state="published"),
    ("partnerships_itemphoto", "anybody"): Q(item__state="published"),
    ("partnerships_reviewreport", "anybody"): Q(item__state="published"),
    ("partnerships_consultationresponse", "consultations_convened"): Q(is_shared=True),
    ("partnerships_sharedtextversion", "shared_closings"): Q(number=F("text__current_version")),
    ("events_sharednote", "guest"): Q(**HAS_LEFT),
    ("partnerships_sharedtext", "guest"): Q(note__left_at__isnull=False),
    ("partnerships_sharedtextversion", "guest"): LEFT_NOTE,
    ("partnerships_correction", "guest"): LEFT_NOTE,
    ("partnerships_disagreementstatement", "guest"): LEFT_NOTE,
}

# What is open where all of it holds: a way that must have led there, one with a minus that must
# not, one with a question mark that needs to lead anywhere.
TOGETHER = {
    # Whoever reaches a whole force serves in it, and so finds the body whose member it is.
    "contacts_membership": [("wide:umbrella__force_id forces:umbrella__force_id", Q())],
    # What a law forbids telling is shown to those who hold it back.
    "contacts_disclosure": [(f"{way} notice_forces", Q()) for way in (*FACT.split(), "over")],
    "partnerships_reviewassessment": [
        *[(f"myself? {reach} spoken_for", Q(side="institution")) for reach in SIDES.split()],
        ("myself? wide -spoken_for", Q(side="police")),
        ("myself? narrow forces -spoken_for -opened_in_emergency", Q(side="police")),
        *[(f"{reader} opened_reviews", Q()) for reader in (*SIDES.split(), "panel_forces")],
    ],
    "partnerships_reviewstatement": [("panel_forces opened_reviews", Q())],
    **dict.fromkeys(
        ("partnerships_premisessafetydetail", "partnerships_keyholder"), [("person? wide", Q())]
    ),
}


def ways(table):
    """Yield each way into a table with the path that is compared."""
    return _paths(TABLES[table])


def together(table):
    """Yield what has to hold together: the ways with their paths, and of those rows which."""
    for entry, only in TOGETHER.get(table, ()):
        yield tuple(_paths(entry)), only


def _paths(entries):
    for entry in entries.split():
        way, _, path = entry.partition(":")
        yield way, path or USUAL.get(way.strip("-?"), "institution_id")
