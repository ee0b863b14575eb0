"""Who may see and do what, as data: each role against each thing, wherever it stands.

Read as the table of the design: a role holds what its row gives it at its own institution or in
its own area (``own``), elsewhere in its force (``area``), and where a mosque let it in
(``let_in``). A pause changes nothing of it: reading, help and safety go on, and what may not begin
is declined by the action. In another force, and once a role or permission has ended, nobody
holds anything.
"""

from dataclasses import dataclass

MOSQUE = frozenset({"mosque_lead", "mosque_member", "mosque_safety"})
LEAD = frozenset({"mosque_lead"})
TEAM = frozenset({"officer", "sergeant", "inspector", "liaison"})
HEADS = frozenset({"sergeant", "inspector"})
INSPECTOR = frozenset({"inspector"})
COORDINATOR = frozenset({"coordinator"})
COMMANDER = frozenset({"commander"})
GUESTS = frozenset({"umbrella_lead", "invited_unit"})
NOBODY = frozenset()
SIDES = MOSQUE | TEAM  # those who act in the partnership
READERS = SIDES | COORDINATOR
POLICE = TEAM | COORDINATOR | COMMANDER
OVERSEEN = POLICE | {"scrutineer"}

ROLES = (
    "mosque_lead",
    "mosque_member",
    "mosque_safety",
    "umbrella_lead",
    "officer",
    "sergeant",
    "inspector",
    "commander",
    "coordinator",
    "liaison",
    "invited_unit",
    # Their own pages are not there yet; no record is theirs to read.
    "scrutineer",
    "records_officer",
    "platform_admin",
)
STANDINGS = ("own", "paused", "area", "other_force", "let_in", "ended")


@dataclass(frozen=True)
class Grant:
    """``perm`` asked about the ``noun`` that the test finds; guests are asked ``guest_perm``.

    Where it is ``by_sight``, a guest who sees the row holds it by that alone.
    """

    noun: str
    verb: str
    perm: str
    own: frozenset
    area: frozenset = NOBODY
    let_in: frozenset = NOBODY
    guest_perm: str = ""
    by_sight: bool = False

    def holds(self, role, standing):
        if standing in ("own", "paused"):
            return role in self.own
        if standing in ("other_force", "ended"):
            return False
        return role in getattr(self, standing)


def _reads(noun, perm, own=READERS, **more):
    return Grant(noun, "read", perm, own, **({"area": COORDINATOR} | more))


TABLE = (
    _reads(
        "institution",
        "dashboard.view_institution",
        let_in=GUESTS,
        guest_perm="dashboard.view_as_guest",
    ),
    Grant("institution", "change", "contacts.change_institution", LEAD),
    Grant("institution", "copy", "dashboard.copy_record", LEAD),
    _reads("named_contact", "contacts.view_contact", let_in=GUESTS, by_sight=True),
    _reads("unnamed_contact", "contacts.view_contact", by_sight=True),
    Grant("role", "end", "contacts.end_role", LEAD),
    Grant("role", "stand_in", "contacts.set_deputy", LEAD),
    # Any officer may be sent anywhere in an emergency.
    _reads("house_rules", "contacts.read_house_rules", MOSQUE | POLICE, area=POLICE),
    Grant(
        "house_rules",
        "write",
        "contacts.write_house_rules",
        frozenset({"mosque_lead", "mosque_safety"}),
    ),
    _reads(
        "engagement",
        "events.view_visit",
        let_in=GUESTS,
        guest_perm="dashboard.view_visit_as_guest",
    ),
    Grant("engagement", "move", "events.move_visit", SIDES),
    Grant("engagement", "finish", "events.finish_visit", SIDES),
    Grant("note", "amend", "events.amend_note", TEAM),
    Grant("note", "answer", "events.answer_note", MOSQUE),
    _reads("promise", "partnerships.view_commitment"),
    Grant("promise", "claim", "partnerships.claim_commitment", TEAM),
    Grant("promise", "keep", "partnerships.keep_commitment", MOSQUE),
    _reads("words", "partnerships.view_words", SIDES, area=NOBODY),
    Grant("words", "answer", "partnerships.answer_words", MOSQUE),
    Grant("words", "keep", "partnerships.keep_words", TEAM),
    _reads("request", "events.view_request"),
    Grant("request", "acknowledge", "events.acknowledge_request", TEAM),
    Grant("request", "withdraw", "events.withdraw_request", MOSQUE),
    _reads("concern", "partnerships.view_concern"),
    Grant("concern", "acknowledge", "partnerships.acknowledge_concern", TEAM),
    Grant("concern", "answer", "partnerships.work_on_concern", HEADS),  # and whoever was named
    Grant("concern", "accept", "partnerships.accept_concern_answer", MOSQUE),
    Grant("concern", "challenge", "partnerships.challenge_concern_answer", MOSQUE),
    Grant("concern", "withdraw", "partnerships.withdraw_concern", MOSQUE),
    Grant("concern", "close", "partnerships.approve_concern_closing", MOSQUE),
    Grant(
        "concern",
        "complain",
        "partnerships.pass_concern_to_complaints",
        COORDINATOR,
        area=COORDINATOR,
    ),
    Grant("concern", "panel", "partnerships.record_panel_view", COORDINATOR, area=COORDINATOR),
    Grant("partnership", "raise", "partnerships.raise_concern", MOSQUE),
    Grant("partnership", "record", "partnerships.record_concern", TEAM),
    _reads("partnership", "partnerships.view_partnership"),
    Grant("partnership", "promise", "partnerships.propose_commitment", SIDES),
    Grant("partnership", "assign", "partnerships.assign_lead", HEADS | COORDINATOR, COORDINATOR),
    Grant("partnership", "pause", "partnerships.pause_partnership", LEAD),
    Grant("partnership", "leave", "partnerships.leave_partnership", LEAD),
    Grant("partnership", "ask_for_pause", "partnerships.propose_pause", INSPECTOR),
    Grant("partnership", "check", "partnerships.record_check", TEAM | COORDINATOR, COORDINATOR),
    Grant("partnership", "confirm_limits", "partnerships.confirm_limits", LEAD),
    _reads("agreement", "partnerships.view_agreement"),
    Grant(
        "agreement",
        "change",
        "partnerships.change_agreement",
        LEAD | HEADS | COORDINATOR,
        COORDINATOR,
    ),
    Grant("agreement", "disagree", "partnerships.disagree_with_agreement", MOSQUE),
    Grant("agreement", "withdraw", "partnerships.withdraw_agreement_words", HEADS),
    Grant("agreement", "sign", "partnerships.sign_agreement", LEAD | INSPECTOR),
    _reads("sharing", "contacts.view_sharing"),
    Grant("sharing", "give", "contacts.give_permission", LEAD),
    Grant("permission", "withdraw", "contacts.withdraw_permission", LEAD),
    _reads("pause", "partnerships.view_pause", READERS | COMMANDER),
    Grant("pause", "countersign", "partnerships.countersign_pause", INSPECTOR | COMMANDER),
    Grant("pause", "reply", "partnerships.reply_to_pause", LEAD),
    Grant(
        "partnership",
        "propose_words",
        "partnerships.propose_item",
        LEAD | HEADS | COORDINATOR,
        COORDINATOR,
    ),
    Grant("partnership", "say", "partnerships.sign_statement", LEAD),
    _reads("statement", "partnerships.read_statement"),
    Grant("statement", "withdraw", "partnerships.withdraw_statement", LEAD),
    _reads("public_words", "partnerships.view_item"),
    Grant("public_words", "approve", "partnerships.answer_item", LEAD),
    Grant(
        "public_words",
        "take_down",
        "partnerships.take_down_item",
        LEAD | HEADS | COORDINATOR,
    ),
    # What is out, the whole force reads; a panel as well.
    Grant("bulletin", "read", "partnerships.view_bulletin", MOSQUE | OVERSEEN, OVERSEEN),
    Grant("bulletin", "ask", "partnerships.ask_bulletin_question", MOSQUE),
    Grant("bulletin", "update", "partnerships.update_bulletin", COORDINATOR, COORDINATOR),
    Grant("bulletin", "withdraw", "partnerships.withdraw_bulletin", COORDINATOR, COORDINATOR),
    Grant(
        "bulletin_draft",
        "read",
        "partnerships.view_bulletin",
        TEAM | COORDINATOR | COMMANDER,
        COORDINATOR,
    ),
    Grant("bulletin_draft", "edit", "partnerships.edit_bulletin", TEAM | COORDINATOR, COORDINATOR),
    Grant("bulletin_draft", "check", "partnerships.check_bulletin", COORDINATOR, COORDINATOR),
    Grant("bulletin_draft", "publish", "partnerships.publish_bulletin", COORDINATOR, COORDINATOR),
    Grant(
        "bulletin_statement", "sign_off", "partnerships.sign_off_bulletin", INSPECTOR | COMMANDER
    ),
    Grant(
        "question",
        "answer",
        "partnerships.answer_bulletin_question",
        TEAM | COORDINATOR | COMMANDER,
        COORDINATOR,
    ),
    Grant("dispute", "confirm", "contacts.confirm_dispute", INSPECTOR),
    Grant("dispute", "lift", "contacts.lift_dispute", COORDINATOR, COORDINATOR),
)
