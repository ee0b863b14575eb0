"""Who may open each route, declared once. A route without a row here fails the build.

Rows speak of the record of Masjid An-Noor, whose team is the sergeant's, the officer's and the
inspector's. What another institution's people may do there, ``AS_IF`` says.
"""

from dataclasses import dataclass

from .asked import consultation_rows
from .concerns import concern_rows
from .doors import ACCOUNTS, ADMIN, PUBLIC
from .kept import kept_rows
from .panel import panel_rows
from .reviews import review_rows
from .safety import safety_rows

ROLES = (
    "sergeant",
    "officer",
    "inspector",
    "commander",  # of the district, whose unit serves the umbrella body
    "coordinator",  # of the force
    "far_sergeant",  # of the other district's team
    "imam",
    "member",
    "other_imam",  # of the next mosque, served by the same team
    "far_imam",  # of a mosque in the other district
    "umbrella_lead",  # of a body of which the mosque is a member
    "records",  # a records officer of the force
    "admin",  # the administrator of the force's portal
    "scrutineer",  # a member of the force's scrutiny panel
    "invited",  # of the district's counter-terrorism unit, as an officer in a row of old
    "stranger",  # an account without a role
)
EVERYBODY = frozenset(ROLES)
NOBODY = frozenset()
OUTSIDERS = frozenset({"invited", "stranger"})
TEAM = frozenset({"sergeant", "officer", "inspector"})  # those who act for the police side here
HEADS = frozenset({"sergeant", "inspector"})
MOSQUE = frozenset({"imam", "member"})
LEAD = frozenset({"imam"})
BOTH = TEAM | MOSQUE
READERS = BOTH | {"coordinator"}
RECORDS = frozenset({"records"})
ADMINS = frozenset({"admin"})
PANEL = frozenset({"scrutineer"})
KEEPERS = RECORDS | {"coordinator"}
SETTLING = frozenset({"coordinator", "inspector"})
PAUSING = READERS | {"commander"}  # a commander reads what needs a second name
LEADS = frozenset({"imam", "other_imam", "far_imam", "umbrella_lead"})
POLICE = TEAM | {"commander", "coordinator", "far_sergeant"}
PARTNERS = LEADS | MOSQUE

# Whose place each takes at the next mosque and at that of the other district.
AS_IF = {
    "ours": {},
    "other": {"imam": "other_imam", "member": "other_imam", "other_imam": "imam"},
    "far": {
        "far_sergeant": "sergeant",
        "far_imam": "imam",
        **dict.fromkeys(("sergeant", "officer", "inspector"), "far_sergeant"),
        **dict.fromkeys(("imam", "member"), "other_imam"),
    },
}


@dataclass(frozen=True)
class Row:
    """``may`` get the page (and send it, unless ``methods`` says otherwise).

    ``of`` names the thing whose ``ref`` the route takes, after ``args``: those in ``sees`` who may
    not are told so (403), everybody else gets what a missing one gives (404). Without a thing, all
    others are told so. ``near`` are those whose reach ends with the district; ``beyond`` it they
    get that.
    """

    may: frozenset
    of: str = ""
    sees: frozenset = NOBODY
    methods: str = "GET POST"
    args: tuple = ()
    denial: int = 403
    near: frozenset = NOBODY
    beyond: int = 404

    def verdict(self, role, standing="ours"):
        if standing == "missing":
            return 404
        role = AS_IF[standing].get(role, role)
        if standing == "far" and role in self.near:
            return self.beyond
        if role in self.may:
            return 200
        if self.of:
            return 403 if role in self.sees else 404
        return self.denial


def _visit(may, of="visit_noted", **more):
    return Row(may, of, READERS, **more)


def _request(may, of, **more):
    return Row(may, of, READERS, **more)


def _promise(may, of="promise_agreed", **more):
    return Row(may, of, READERS, **more)


def _words(may, kind="promise", of="promise_agreed", **more):
    return Row(may, of, READERS, args=(kind,), **more)


def _pause(may, **more):
    return Row(may, "pause", PAUSING, near=frozenset({"commander"}), **more)


WRITERS = TEAM | {"coordinator"}
SENDERS = frozenset({"inspector", "commander", "coordinator"})
ALL_READ = POLICE | MOSQUE | PANEL  # what is out, the whole force reads


def _bulletin(may, **more):
    return Row(may, "bulletin", ALL_READ, **more)


def _draft(may, of="bulletin_draft", **more):
    return Row(may, of, WRITERS | {"commander"}, near=frozenset({"commander"}), **more)


OWN_PAGES = {
    "dashboard": Row(HEADS | {"commander", "coordinator", "far_sergeant"} | LEADS, methods="GET"),
    "dashboard-apart": Row(
        HEADS | {"commander", "coordinator", "far_sergeant"} | LEADS,
        methods="GET",
        args=("consultations",),
    ),
    "dashboard-csv": Row(
        HEADS | {"commander", "coordinator", "far_sergeant"} | LEADS,
        methods="GET",
        args=("promises",),
    ),
    "dashboard-csv-reason": Row(
        HEADS | {"commander", "coordinator", "far_sergeant"}, args=("missed-contact",)
    ),
    "dashboard-xlsx": Row(
        HEADS | {"commander", "coordinator", "far_sergeant"} | LEADS,
        methods="GET",
        args=("promises",),
    ),
    "dashboard-xlsx-reason": Row(
        HEADS | {"commander", "coordinator", "far_sergeant"}, args=("missed-contact",)
    ),
    "forum": Row(EVERYBODY - OUTSIDERS, methods="GET"),
    "institution-detail": Row(READERS, "institution", READERS, methods="GET"),
    "access-log": Row(MOSQUE | PANEL | {"coordinator"}, "institution", methods="GET"),
    "access-log-csv": Row(MOSQUE | PANEL | {"coordinator"}, "institution", methods="GET"),
    "access-log-xlsx": Row(MOSQUE | PANEL | {"coordinator"}, "institution", methods="GET"),
    "reference-resolve": Row(
        frozenset({"coordinator"}), "institution", MOSQUE | PANEL, methods="GET"
    ),
    "contacts:break-glass": Row(
        frozenset({"commander", "far_sergeant", "admin"}), "institution", POLICE | MOSQUE
    ),
    "contacts:disclosure-list": Row(
        READERS | RECORDS | PANEL, "institution", READERS | RECORDS | PANEL, methods="GET"
    ),
    "contacts:disclosure-record": Row(KEEPERS, "institution", READERS | RECORDS | PANEL),
    "contacts:team-list": Row(POLICE, methods="GET"),
    "contacts:team-add": Row(frozenset({"coordinator"})),
    "contacts:area-add": Row(frozenset({"coordinator"})),
    "contacts:ways-in": Row(frozenset({"coordinator"})),
    "contacts:officer-add": Row(frozenset({"coordinator"})),
    "contacts:institution-list": Row(POLICE | PARTNERS, methods="GET"),
    "contacts:institution-add": Row(frozenset({"coordinator", "sergeant", "far_sergeant"})),
    "contacts:institution-people": Row(READERS, "institution", READERS, methods="GET"),
    "contacts:institution-change": Row(LEAD, "institution", READERS),
    "contacts:paper-slip": Row(POLICE, "institution", MOSQUE, methods="GET"),
    "contacts:person-invite": Row(LEADS | {"coordinator"}),
    "contacts:house-rules": Row(POLICE | MOSQUE, "institution", methods="GET"),
    "contacts:house-rules-write": Row(LEAD, "institution", POLICE | MOSQUE),
    "contacts:weekly-time-add": Row(LEAD, "institution", POLICE | MOSQUE),
    "contacts:weekly-time-end": Row(LEAD, "institution", POLICE | MOSQUE, methods="POST"),
    "record-copy": Row(LEAD, "institution", READERS),
    "contacts:sharing": Row(READERS, "institution", READERS, methods="GET"),
    "contacts:listed-mosques": Row(PARTNERS, methods="GET"),
    "contacts:permission-give": Row(LEAD, "institution", READERS, methods="POST"),
    "contacts:membership-join": Row(LEAD, "institution", READERS),
    "contacts:membership-end": Row(LEAD, "institution", READERS, methods="POST"),
    "contacts:unit-invite": Row(LEAD, "institution", READERS),
    "contacts:permission-withdraw": Row(LEAD, "permission", READERS),
    "contacts:naming-agree": Row(NOBODY, "hidden_person", READERS, methods="POST"),
    "contacts:naming-stop": Row(LEAD, "hidden_person", READERS, methods="POST"),
    # Nobody is let in here: tests/contacts/test_sharing.py
    "guest-institution": Row(NOBODY, "institution", methods="GET"),
    # No mosque has members: tests/dashboard/test_umbrella_members.py
    "umbrella-members": Row(NOBODY, "institution", READERS, methods="GET"),
    "guest-visit": Row(NOBODY, "visit_noted", methods="GET"),
    "contacts:dispute-report": Row(SETTLING, "institution", READERS),
    "contacts:dispute-confirm": Row(frozenset({"inspector"}), "dispute", SETTLING),
    "contacts:dispute-drop": Row(SETTLING, "dispute", SETTLING),
    "contacts:dispute-lift": Row(frozenset({"coordinator"}), "dispute", SETTLING),
    "contacts:deputy-set": Row(LEAD, "holding", READERS),
    "contacts:role-end": Row(LEAD, "holding", READERS),
    "contacts:invitation-resend": Row(LEAD, "invitation", MOSQUE | {"coordinator"}),
    "contacts:invitation-withdraw": Row(LEAD, "invitation", MOSQUE | {"coordinator"}),
    "contacts:invitation-card": Row(LEAD, "invitation", MOSQUE | {"coordinator"}),
    "contacts:second-step-remove": Row(frozenset({"coordinator"}), "holding", READERS),
    "contacts:invitation-confirm": Row(NOBODY, denial=404),  # only after a link of one's own
    "contacts:preferences": Row(EVERYBODY - OUTSIDERS),
    "contacts:my-data": Row(EVERYBODY - OUTSIDERS, methods="GET"),
    "contacts:my-data-export": Row(EVERYBODY - OUTSIDERS, methods="POST"),
    "contacts:right-ask": Row(EVERYBODY - OUTSIDERS),
}
RIGHTS = {
    "contacts:rights-list": Row(KEEPERS, methods="GET"),
    "contacts:right-record": Row(KEEPERS),
    # What the mosque's lead asked about themselves.
    "contacts:right-detail": Row(KEEPERS | LEAD, "right", KEEPERS | LEAD, methods="GET"),
    "contacts:right-export": Row(KEEPERS, "right", KEEPERS | LEAD, methods="POST"),
    "contacts:right-acknowledge": Row(KEEPERS, "right", KEEPERS | LEAD),
    "contacts:right-answer": Row(KEEPERS, "right", KEEPERS | LEAD),
    "contacts:right-rectify": Row(KEEPERS, "right", KEEPERS | LEAD),
    "contacts:erasure-propose": Row(RECORDS, "right_erasure", KEEPERS),
    "contacts:erasure-confirm": Row(RECORDS, "right_proposed", KEEPERS),
    "contacts:disposal-list": Row(KEEPERS, methods="GET"),
    "contacts:disposal-propose": Row(RECORDS, methods="POST"),
    "contacts:disposal-confirm": Row(RECORDS, "disposal", KEEPERS),
    "contacts:hold-list": Row(KEEPERS, methods="GET"),
    "contacts:hold-place": Row(RECORDS),
    "contacts:hold-lift": Row(RECORDS, "hold", KEEPERS | MOSQUE),
    "contacts:institution-retention": Row(
        KEEPERS | MOSQUE, "institution", KEEPERS | MOSQUE, methods="GET"
    ),
}
PARTNERSHIPS = {
    "partnerships:partnership-detail": Row(READERS, "partnership", READERS, methods="GET"),
    "partnerships:leads-set": Row(HEADS | {"coordinator"}, "partnership", READERS),
    "partnerships:application-record": Row(TEAM | {"coordinator"}, "partnership", READERS),
    "partnerships:check-record": Row(TEAM | {"coordinator"}, "partnership", READERS),
    "partnerships:left-alone": Row(TEAM | LEAD | {"coordinator"}, "partnership", READERS),
    "partnerships:limits-confirm": Row(LEAD, "partnership", READERS),
    "partnerships:agreement-draft": Row(HEADS | LEAD | {"coordinator"}, "partnership", READERS),
    "partnerships:agreement-detail": Row(READERS, "agreement", READERS, methods="GET"),
    "partnerships:agreement-change": Row(HEADS | LEAD | {"coordinator"}, "agreement", READERS),
    "partnerships:agreement-drop": Row(HEADS | LEAD | {"coordinator"}, "agreement", READERS),
    "partnerships:agreement-disagree": Row(MOSQUE, "agreement", READERS),
    "partnerships:agreement-withdraw": Row(HEADS, "agreement", READERS),
    "partnerships:agreement-sign": Row(LEAD | {"inspector"}, "agreement", READERS),
    "partnerships:partnership-pause": Row(LEAD, "partnership", READERS),
    "partnerships:partnership-resume": Row(LEAD, "partnership", READERS),
    "partnerships:partnership-leave": Row(LEAD, "partnership", READERS),
    "partnerships:item-list": Row(READERS, "partnership", READERS, methods="GET"),
    "partnerships:item-propose": Row(LEAD | SETTLING | HEADS, "partnership", READERS),
    "partnerships:item-detail": Row(READERS, "item", READERS, methods="GET"),
    "partnerships:item-approve": Row(LEAD, "item", READERS),
    "partnerships:item-decline": Row(LEAD, "item", READERS),
    "partnerships:item-take-down": Row(LEAD | SETTLING | HEADS, "item", READERS),
    "partnerships:photo-add": Row(SETTLING | HEADS, "item", READERS),
    "partnerships:photo-file": Row(READERS, "photo", READERS, methods="GET"),
    "partnerships:photo-remove": Row(SETTLING | HEADS, "photo", READERS),
    "partnerships:wider-event-list": Row(EVERYBODY - OUTSIDERS, methods="GET"),
    "partnerships:wider-event-record": Row(frozenset({"coordinator"})),
    "wider-event-detail": Row(READERS, "wider_event", READERS, methods="GET"),
    "partnerships:wider-event-withdraw": Row(frozenset({"coordinator"}), "wider_event", READERS),
    "partnerships:concern-shared": Row(PARTNERS, methods="GET"),
    "partnerships:statement-list": Row(EVERYBODY - OUTSIDERS, methods="GET"),
    "partnerships:statement-sign": Row(LEAD, "partnership", READERS),
    "partnerships:statement-detail": Row(READERS, "statement", READERS, methods="GET"),
    "partnerships:statement-withdraw": Row(LEAD, "statement", READERS),
    "partnerships:workstream-list": Row(READERS, "partnership", READERS, methods="GET"),
    "partnerships:workstream-propose": Row(HEADS | LEAD, "partnership", READERS),
    "workstream-detail": Row(READERS, "workstream", READERS, methods="GET"),
    "partnerships:workstream-lead": Row(HEADS | LEAD, "workstream", READERS),
    "partnerships:workstream-close": Row(HEADS | LEAD, "workstream", READERS),
    "partnerships:workstream-promise": Row(BOTH, "workstream", READERS),
    "partnerships:cadence-set": Row(LEAD, "partnership", READERS),
    "partnerships:police-pause-propose": Row(frozenset({"inspector"}), "partnership", READERS),
    "partnerships:police-pause-detail": _pause(PAUSING, methods="GET"),
    "partnerships:police-pause-countersign": _pause(frozenset({"inspector", "commander"})),
    "partnerships:police-pause-reply": _pause(LEAD),
    "partnerships:police-pause-drop": _pause(frozenset({"inspector", "commander"})),
    "partnerships:police-pause-lift": _pause(frozenset({"inspector", "commander"})),
    "partnerships:promise-list": Row(EVERYBODY - OUTSIDERS, methods="GET"),
    "partnerships:promise-create": Row(BOTH, "partnership", READERS),
    "partnerships:promise-detail": _promise(READERS, methods="GET"),
    "partnerships:promise-agree": _promise(TEAM, "promise_asked"),
    "partnerships:promise-decline": _promise(TEAM, "promise_asked"),
    "partnerships:promise-keep": _promise(MOSQUE, "promise_claimed"),
    "partnerships:promise-reopen": _promise(MOSQUE, "promise_claimed"),
    "partnerships:promise-claim": _promise(TEAM),
    "partnerships:promise-extend": _promise(TEAM),
    "partnerships:promise-hand-over": _promise(HEADS | {"coordinator"}),
    "partnerships:promise-rang": _promise(BOTH),
    "partnerships:promise-could-not": _promise(HEADS),
    "partnerships:promise-release": _promise(MOSQUE),
    "partnerships:promise-withdraw": _promise(TEAM),
    # Each kind of words besides: tests/partnerships/test_wordings.py.
    "partnerships:text-detail": _words(BOTH, methods="GET"),
    "partnerships:text-correct": _words(MOSQUE),
    "partnerships:text-disagree": _words(MOSQUE),
    "partnerships:text-amend": _words(TEAM),
    "partnerships:text-accept": _words(MOSQUE, of="promise_theirs"),
    "partnerships:text-decline": _words(MOSQUE, of="promise_theirs"),
    "partnerships:text-close": _words(TEAM, of="promise_theirs"),
    "partnerships:text-remove": _words(MOSQUE, "request", "request_submitted"),
}
BULLETINS = {
    "partnerships:bulletin-list": Row(EVERYBODY - RECORDS - ADMINS - {"stranger"}, methods="GET"),
    "partnerships:bulletin-draft": Row(WRITERS | {"far_sergeant", "invited"}),
    "partnerships:bulletin-detail": _bulletin(ALL_READ, methods="GET"),
    "partnerships:bulletin-read-out": _bulletin(ALL_READ, methods="GET"),
    "partnerships:bulletin-edit": _draft(WRITERS),
    "partnerships:bulletin-check": _draft(frozenset({"coordinator"})),
    "partnerships:bulletin-publish": _draft(frozenset({"coordinator"}), "bulletin_checked"),
    "partnerships:bulletin-sign-off": _draft(
        frozenset({"inspector", "commander"}), "bulletin_statement"
    ),
    "partnerships:bulletin-audience": _draft(SENDERS, "bulletin_checked", methods="GET"),
    "partnerships:bulletin-update": _bulletin(frozenset({"sergeant", "coordinator"})),
    "partnerships:bulletin-withdraw": _bulletin(frozenset({"coordinator"})),
    "partnerships:bulletin-ask": _bulletin(MOSQUE),
    "partnerships:bulletin-answer": Row(
        WRITERS | {"commander"},
        "question",
        ALL_READ,
        near=frozenset({"commander"}),
        beyond=403,
    ),
}
VISITS = {
    "events:visit-list": Row(EVERYBODY - OUTSIDERS - RECORDS - ADMINS - PANEL, methods="GET"),
    "events:visit-log": Row(TEAM | {"far_sergeant"} | PARTNERS),
    "events:visit-plan": Row(TEAM | {"far_sergeant"} | PARTNERS),
    "events:visit-detail": _visit(READERS, methods="GET"),
    "events:visit-move": _visit(BOTH, "visit_planned"),
    "events:visit-cancel": _visit(BOTH, "visit_planned"),
    "events:visit-calendar": _visit(READERS, "visit_planned", methods="GET"),
    "events:visit-feedback": _visit(BOTH, "visit_held"),
    "events:meeting-count": _visit(BOTH, "visit_met"),
    "events:meeting-list": Row(READERS, "partnership", READERS, methods="GET"),
    # Whoever logs a visit that a colleague of the force logged before may join it instead.
    "events:visit-join": Row(TEAM | {"far_sergeant"}, "visit_held", POLICE),
    "events:visit-finish": _visit(BOTH, "visit_held"),
    "events:visit-shared": _visit(TEAM, "visit_shared", methods="GET"),
    "events:visit-undo": _visit(TEAM, "visit_shared"),
    "events:visit-confirm": _visit(MOSQUE),
    "events:visit-correct": _visit(MOSQUE),
    "events:visit-disagree": _visit(MOSQUE),
    "events:visit-explain": _visit(MOSQUE),
    "events:visit-accept": _visit(TEAM, "visit_corrected"),
    "events:visit-decline": _visit(TEAM, "visit_corrected"),
    "events:visit-close": _visit(MOSQUE, "visit_declined"),
    "events:visit-record": _visit(TEAM),
    "events:visit-amend": _visit(TEAM),
    "events:visit-withdraw": _visit(TEAM),
}
REQUESTS = {
    "events:request-list": Row(EVERYBODY - OUTSIDERS - RECORDS - ADMINS - PANEL, methods="GET"),
    "events:request-create": Row(TEAM | {"far_sergeant", "commander"} | PARTNERS),
    "events:request-capture": Row(TEAM | {"far_sergeant"}),
    "events:request-detail": _request(READERS, "request_accepted", methods="GET"),
    "events:request-acknowledge": _request(TEAM, "request_submitted"),
    "events:request-accept": _request(BOTH, "request_acknowledged"),
    "events:request-counter": _request(HEADS | MOSQUE, "request_acknowledged"),
    "events:request-ring": _request(BOTH, "request_acknowledged"),
    "events:request-redirect": _request(HEADS, "request_acknowledged"),
    "events:request-ask-to-decline": _request(HEADS, "request_acknowledged"),
    "events:request-approve-decline": _request(frozenset({"inspector"}), "request_decline_asked"),
    "events:request-refuse-decline": _request(frozenset({"inspector"}), "request_decline_asked"),
    "events:request-decline": _request(MOSQUE, "request_by_police"),
    "events:request-withdraw": _request(MOSQUE, "request_submitted"),
    "events:request-schedule": _request(BOTH, "request_accepted"),
    "events:request-reassign": _request(TEAM, "request_accepted"),
    "events:request-recourse": _request(MOSQUE, "request_late"),
    "events:request-answer-recourse": _request(frozenset({"inspector"}), "request_climbing"),
}
CONCERNS = concern_rows(
    Row, team=TEAM, mosque=MOSQUE, readers=READERS, listed=EVERYBODY - OUTSIDERS
)
CONSULTATIONS = consultation_rows(
    Row,
    team=TEAM,
    mosque=MOSQUE,
    police=POLICE,
    listed=EVERYBODY - OUTSIDERS - RECORDS - ADMINS,
    leads=LEADS,
)
REVIEWS = review_rows(Row, lead=LEAD, heads=HEADS, readers=READERS, listed=EVERYBODY - OUTSIDERS)
SCRUTINY = panel_rows(Row, mosque=MOSQUE, partners=PARTNERS)
SAFETY = safety_rows(Row, lead=LEAD, settling=SETTLING, readers=READERS)
PAGES = OWN_PAGES | RIGHTS | PARTNERSHIPS | BULLETINS | VISITS | REQUESTS | CONCERNS
PAGES |= CONSULTATIONS | REVIEWS | SCRUTINY | SAFETY
PAGES |= kept_rows(Row, admins=ADMINS, keepers=KEEPERS, lead=LEAD, readers=READERS)
TABLE = PAGES | PUBLIC | ACCOUNTS | ADMIN
