from ..catalogue import TENANT, Basis, Subject, Table, nobody

_LIST = "id code labels position valid_from valid_until verified_on"
_WHO = ("knowing whom to speak with, and in which role", Subject.ROLE_HOLDER, Basis.PUBLIC_TASK)
# What stands where a value must be, and be nobody else's: no password and no link fits these.
_CLOSED = {"email": "erased-{pk}@erased.invalid", "password": "!"}  # nosec B105 # no password
_SPENT = {"token_digest": "erased-{pk}"}  # nosec B105 # fits no link

TABLES = {
    "contacts.User": Table(
        "signing in",
        Subject.ACCOUNT_HOLDER,
        Basis.SECURITY,
        "account",
        facts="ref last_login is_active is_staff joined_at devices_forgotten_at",
        people="id",
        details="email",
        secrets="password",
        blanks=_CLOSED,
    ),
    "contacts.Contact": Table(
        *_WHO,
        "person",
        facts=TENANT.replace("id ", "", 1)
        + "ref name_agreed_on shown_role language not_asked_for_information added_on",
        people="id user",
        details="name phone email",
        blanks={"name": "(name removed)"},
    ),
    "contacts.OfficerProfile": Table(
        *_WHO,
        "person",
        facts=TENANT + "rank prefix is_detective",
        people="contact",
        details="shoulder_number languages",
    ),
    "contacts.RoleHolding": Table(
        *_WHO,
        "person",
        facts=TENANT + "ref role_type access_role held_from held_until",
        people="contact",
    ),
    "contacts.Deputyship": Table(
        *_WHO,
        "person",
        facts=TENANT + "holding acts_from acts_until",
        people="deputy",
        through="holding__contact",
    ),
    "contacts.Invitation": Table(
        "letting people in who were invited",
        Subject.ROLE_HOLDER,
        Basis.SECURITY,
        "invitation",
        since="invited_at",
        facts=TENANT + "ref invited_at expires_at accepted_at ended_at by_card",
        people="contact invited_by",
        details="email",
        secrets="token_digest",
        blanks=_SPENT,
    ),
    "contacts.Preferences": Table(
        "writing to people as they wish",
        Subject.ACCOUNT_HOLDER,
        Basis.PUBLIC_TASK,
        "account",
        facts="id digest digest_weekday digest_hour reminders",
        people="user",
        goes=True,
    ),
    "contacts.RightsRequest": Table(
        "answering what people ask about their data, in time",
        Subject.ROLE_HOLDER,
        Basis.SECURITY,
        "rights",
        since="closed_at",
        facts=TENANT
        + "ref kind about state received_on due_on acknowledge_by acknowledged_on reason"
        " closed_at",
        people="contact recorded_by proposed_by confirmed_by closed_by",
    ),
    "contacts.LegalHold": Table(
        "keeping what a court or an inquiry may ask for",
        Subject.ROLE_HOLDER,
        Basis.SECURITY,
        "rights",
        since="lifted_on",
        facts=TENANT + "ref reason case_kind case_id case_mark placed_on lifted_on",
        people="contact placed_by lifted_by",
    ),
    "contacts.Disposal": Table(
        "proving who ended what, and when",
        Subject.ROLE_HOLDER,
        Basis.SECURITY,
        "rights",
        since="done_at",
        facts=TENANT + "ref rule ends_before row_count proposed_at confirmed_at done_at done_count",
        people="proposed_by confirmed_by",
    ),
    "contacts.BreakGlassGrant": Table(
        "showing who opened a record in need, and why",
        Subject.ROLE_HOLDER,
        Basis.SECURITY,
        "rights",
        since="closes_at",
        facts=TENANT + "ref reason opened_at closes_at",
        people="contact",
    ),
    "contacts.Disclosure": Table(
        "showing what left the record, and to whom",
        Subject.ROLE_HOLDER,
        Basis.SECURITY,
        "rights",
        since="recorded_at",
        facts=TENANT + "ref recipient gateway content reference left_on recorded_at",
        people="recorded_by",
    ),
    "contacts.LeadershipDispute": Table(
        "freezing roles while it is disputed who leads",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "rights",
        since="ended_at",
        facts=TENANT + "ref state reported_as reported_at confirmed_at ground ended_at",
        people="reported_by confirmed_by ended_by",
    ),
    "contacts.HeldNotice": Table(
        "telling later that something left, where a law forbids telling now",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "trail",
        since="told_at",
        facts=TENANT
        + "ref disclosure state ground review_on asked_at renew_until signed_at told_at",
        people="asked_by signed_by",
    ),
    "contacts.StandingDown": Table(
        "ending the role of one of the last leads by two of them",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "rights",
        since="answered_at",
        facts=TENANT + "ref state proposed_at answered_at",
        people="contact proposed_by answered_by",
    ),
    "contacts.SharingPermission": Table(
        "sharing only what was allowed",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "partnership",
        facts=TENANT + "ref kind grantee valid_from valid_until given_at withdrawn_at",
        people="contact given_by withdrawn_by",
    ),
    "contacts.Institution": nobody(
        "which institutions there are",
        "id ref kind name area force district public_phone inbox_email unit_function drop_in"
        " before_you_come_at added_on joined_on leads_ended_on ended_on",
        words=("local_name", "before_you_come"),
    ),
    "contacts.Membership": nobody(
        "which bodies speak for whom", "id umbrella member role member_from member_until"
    ),
    "contacts.WeeklyTime": nobody(
        "when not to come", TENANT + "kind weekday starts ends kept_from kept_until"
    ),
    "contacts.PolicingArea": nobody(
        "which team serves where",
        "id level level_label name parent valid_from valid_until succeeded_by lineage"
        " public_phone public_email public_verified_on",
    ),
    "contacts.Signpost": nobody(
        "where else somebody can turn", f"{_LIST} phone url hours", words=("what_for",)
    ),
    "contacts.Topic": nobody("a list", _LIST),
    "contacts.Purpose": nobody("a list", _LIST),
    "contacts.RoleType": nobody("a list", _LIST),
    "contacts.Rank": nobody("a list", _LIST + " abbreviation uniformed"),
    "contacts.Language": nobody("a list", _LIST + " script direction mode"),
    "contacts.PoliceForce": nobody("a list", _LIST + " nation"),
}
