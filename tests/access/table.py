"""Who may open each route, declared once. A route without a row here fails the build.

Rows speak of the record of Masjid An-Noor, whose team is the sergeant's, the officer's and the
inspector's. What another institution's people may do there, ``AS_IF`` says.
"""

from dataclasses import dataclass

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

    ``of`` names the thing whose ``ref`` the route takes: those in ``sees`` who may not are told so
    (403), everybody else gets what a missing one gives (404). Without a thing, all others are
    told so. ``near`` are those whose reach ends with the district.
    """

    may: frozenset
    of: str = ""
    sees: frozenset = NOBODY
    methods: str = "GET POST"
    args: tuple = ()
    denial: int = 403
    near: frozenset = NOBODY

    def verdict(self, role, standing="ours"):
        if standing == "missing":
            return 404
        role = AS_IF[standing].get(role, role)
        if standing == "far" and role in self.near:
            return 404
        if role in self.may:
            return 200
        if self.of:
            return 403 if role in self.sees else 404
        return self.denial


@dataclass(frozen=True)
class Public:
    """Answers strangers with ``status``, for the reason given."""

    why: str
    status: int = 200
    args: tuple = ()


@dataclass(frozen=True)
class Account:
    """A page of signing in: its status for a stranger, and for somebody signed in."""

    stranger: int
    signed_in: int
    args: tuple = ()


@dataclass(frozen=True)
class Admin:
    """A page of Django's admin: everybody is sent to sign in as an editor of the lists.

    ``status`` is what the editor gets.
    """

    status: int
    args: tuple = ()


def _visit(may, of="visit_noted", **more):
    return Row(may, of, READERS, **more)


def _request(may, of, **more):
    return Row(may, of, READERS, **more)


def _promise(may, of="promise_agreed", **more):
    return Row(may, of, READERS, **more)


def _pause(may, **more):
    return Row(may, "pause", PAUSING, near=frozenset({"commander"}), **more)


OWN_PAGES = {
    "dashboard": Row(HEADS | {"commander", "coordinator", "far_sergeant"} | LEADS, methods="GET"),
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
    "institution-detail": Row(READERS, "institution", READERS, methods="GET"),
    "access-log": Row(MOSQUE | {"coordinator"}, "institution", methods="GET"),
    "access-log-csv": Row(MOSQUE | {"coordinator"}, "institution", methods="GET"),
    "access-log-xlsx": Row(MOSQUE | {"coordinator"}, "institution", methods="GET"),
    "reference-resolve": Row(frozenset({"coordinator"}), "institution", MOSQUE, methods="GET"),
    "contacts:break-glass": Row(
        frozenset({"commander", "far_sergeant"}), "institution", POLICE | MOSQUE
    ),
    "contacts:disclosure-list": Row(
        READERS | RECORDS, "institution", READERS | RECORDS, methods="GET"
    ),
    "contacts:disclosure-record": Row(KEEPERS, "institution", READERS | RECORDS),
    "contacts:team-list": Row(POLICE, methods="GET"),
    "contacts:team-add": Row(frozenset({"coordinator"})),
    "contacts:area-add": Row(frozenset({"coordinator"})),
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
    "contacts:unit-invite": Row(LEAD, "institution", READERS),
    "contacts:permission-withdraw": Row(LEAD, "permission", READERS),
    "contacts:naming-agree": Row(NOBODY, "hidden_person", READERS, methods="POST"),
    "contacts:naming-stop": Row(LEAD, "hidden_person", READERS, methods="POST"),
    # Nobody is let in here: tests/contacts/test_sharing.py
    "guest-institution": Row(NOBODY, "institution", methods="GET"),
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
}
VISITS = {
    "events:visit-list": Row(EVERYBODY - OUTSIDERS - RECORDS, methods="GET"),
    "events:visit-log": Row(TEAM | {"far_sergeant"} | PARTNERS),
    "events:visit-plan": Row(TEAM | {"far_sergeant"} | PARTNERS),
    "events:visit-detail": _visit(READERS, methods="GET"),
    "events:visit-move": _visit(BOTH, "visit_planned"),
    "events:visit-cancel": _visit(BOTH, "visit_planned"),
    "events:visit-calendar": _visit(READERS, "visit_planned", methods="GET"),
    "events:visit-feedback": _visit(BOTH, "visit_held"),
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
    "events:request-list": Row(EVERYBODY - OUTSIDERS - RECORDS, methods="GET"),
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
PUBLIC = {
    "home": Public("what this is, for whoever comes by; the signed-in see their own work"),
    "limits": Public("what the portal cannot promise"),
    "healthz": Public("asked by the load balancer"),
    "readyz": Public("asked by the load balancer; numbers and codes only", status=0),
    "service-worker": Public("code without data"),
    "manifest": Public("code without data"),
    "security-contact": Public("whom to tell of a weakness; none is set here", 404),
    "offline": Public("a page without data, kept for want of a signal"),
    "events:visit-log-blank": Public("an empty form, kept for want of a signal"),
    "contacts:card-enter": Public("the code on the card is the key"),
    "contacts:invitation-accept": Public("the token is the key", 404, ("no-such-token",)),
    "contacts:unsubscribe": Public("the token is the key", 404, ("no-such-token",)),
}
ACCOUNTS = {
    "account_login": Account(200, 302),
    "account_logout": Account(302, 200),
    "account_inactive": Account(200, 200),
    "account_signup": Account(200, 302),  # closed but for whoever holds an invitation
    "account_reauthenticate": Account(302, 200),
    "account_email": Account(302, 200),
    "account_email_verification_sent": Account(200, 200),
    "account_change_password": Account(302, 200),
    "account_set_password": Account(302, 302),
    "account_reset_password": Account(200, 200),
    "account_confirm_login_code": Account(302, 302),
    "account_confirm_email": Account(200, 200, ("no-such-key",)),
    "account_reset_password_from_key_done": Account(200, 200),
    "account_reset_password_from_key": Account(200, 200, ("zz", "no-such-key")),
    "account_reset_password_done": Account(200, 200),
    "usersessions_list": Account(302, 200),
    "sign-on": Account(405, 405),  # takes POST alone
    "openid_connect_callback": Account(404, 404, ("force",)),  # there is none in the tests
    "mfa_index": Account(302, 200),
    "mfa_authenticate": Account(302, 302),  # only between the two steps, as mfa_trust
    "mfa_trust": Account(302, 302),
    "mfa_reauthenticate": Account(302, 302),  # leads to the password for whoever has none
    "mfa_activate_totp": Account(302, 200),
    "mfa_deactivate_totp": Account(302, 404),
    "mfa_view_recovery_codes": Account(302, 404),
    "mfa_generate_recovery_codes": Account(302, 200),
    "mfa_download_recovery_codes": Account(302, 404),
    "mfa_list_webauthn": Account(302, 200),
    "mfa_add_webauthn": Account(302, 200),
    "mfa_edit_webauthn": Account(302, 404, (1,)),
    "mfa_remove_webauthn": Account(302, 404, (1,)),
    "mfa_login_webauthn": Account(302, 302),
    "mfa_reauthenticate_webauthn": Account(302, 302),
}
LISTS = ("language", "policeforce", "purpose", "rank", "roletype", "topic")
NOT_LISTS = (
    *("auth_group", "account_emailaddress", "mfa_authenticator", "usersessions_usersession"),
    *("socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken"),
)


def _admin():
    yield "admin:index", Admin(200)
    yield "admin:login", Admin(302)
    yield "admin:logout", Admin(405)
    yield "admin:password_change", Admin(200)
    yield "admin:password_change_done", Admin(200)
    yield "admin:autocomplete", Admin(403)
    yield "admin:jsi18n", Admin(200)
    yield "admin:view_on_site", Admin(404, ("1", "1"))
    yield "admin:app_list", Admin(200, ("contacts",))
    yield "admin/(?P<url>.*)$", Admin(404, ("admin/nothing-here",))
    for model in (*(f"contacts_{name}" for name in LISTS), *NOT_LISTS):
        opens = 200 if model.startswith("contacts_") else 403
        yield f"admin:{model}_changelist", Admin(opens)
        yield f"admin:{model}_add", Admin(opens)
        # Of what is no list of ours none is shown, not even whether there is one.
        pk, history = ("1", opens) if opens == 200 else ("0", 302)
        for page, status in (("change", opens), ("history", history), ("delete", 403)):
            yield f"admin:{model}_{page}", Admin(status, (pk,))
        path = f"admin/{model.replace('_', '/')}/"
        yield f"{path}<path:object_id>/", Admin(302, (f"{path}1/",))


PAGES = OWN_PAGES | RIGHTS | PARTNERSHIPS | VISITS | REQUESTS
ADMIN = dict(_admin())
TABLE = PAGES | PUBLIC | ACCOUNTS | ADMIN
