"""The roles, where they stand, and what one cell of the permission table says."""

from dataclasses import dataclass

MOSQUE = frozenset({"mosque_lead", "mosque_member", "mosque_safety"})
LEAD = frozenset({"mosque_lead"})
TEAM = frozenset({"officer", "sergeant", "inspector", "liaison"})
HEADS = frozenset({"sergeant", "inspector"})
INSPECTOR = frozenset({"inspector"})
COORDINATOR = frozenset({"coordinator"})
COMMANDER = frozenset({"commander"})
RECORDS = frozenset({"records_officer"})
SCRUTINEER = frozenset({"scrutineer"})
ADMIN = frozenset({"platform_admin"})
GUESTS = frozenset({"umbrella_lead", "invited_unit"})
NOBODY = frozenset()
SIDES = MOSQUE | TEAM  # those who act in the partnership
READERS = SIDES | COORDINATOR
POLICE = TEAM | COORDINATOR | COMMANDER
KEEPERS = RECORDS | COORDINATOR  # of a force's records
OPENERS = POLICE | ADMIN  # of a record, in an emergency
OVERSEEN = POLICE | SCRUTINEER  # what a force sends, a panel reads too
SPEAKERS = MOSQUE | {"umbrella_lead"}

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
    # They read the lists made for them; no record is theirs.
    "scrutineer",
    "records_officer",
    "platform_admin",
)
WORKING = frozenset(ROLES) - {"invited_unit"}  # that unit has no role to act in
STANDINGS = ("own", "paused", "area", "other_force", "let_in", "opened", "forum", "ended")


# Where the commander of a unit that is itself the partner acts, as nouns and permissions.
HEADED = frozenset({"promise", "mosque_promise", "request", "police_request", "plan", "pause"}) | {
    "held_notice",
    "asked_visit",
    "measured",
    "concern",
    "workstream",
    "partnerships.propose_workstream",
    *("words", "request_words", "panel_words"),
    "statement",
    "wider_event",
    "bulletin",
    "bulletin_draft",
    "bulletin_statement",
    "question",
    "consultation",
    "consultation_draft",
    "advice",
    "response",
    "theme",
    "review",
    "review_report",
    "partnerships.record_concern",
    "partnerships.answer_panel_comment",
    "partnerships.view_item",
    "events.give_feedback",
    "events.view_visit",
    "partnerships.view_partnership",
    "partnerships.propose_commitment",
    "partnerships.propose_pause",
    "partnerships.view_agreement",
    "partnerships.sign_agreement",
    "contacts.break_glass",
}


@dataclass(frozen=True)
class Grant:
    """``perm`` asked about the ``noun`` that the test finds; guests are asked ``guest_perm``.

    Where it is ``by_sight``, a guest who sees the row holds it by that alone. ``of_bodies`` hold
    what is asked of umbrella bodies alone.
    """

    noun: str
    verb: str
    perm: str
    own: frozenset
    area: frozenset = NOBODY
    let_in: frozenset = NOBODY
    opened: frozenset = NOBODY
    guest_perm: str = ""
    by_sight: bool = False
    of_bodies: frozenset = NOBODY

    def holds(self, role, standing):
        if standing in ("own", "paused"):
            return role in self.own
        if standing in ("other_force", "ended"):
            return False
        if standing == "opened":
            return role in self.area | self.opened
        if standing == "forum":
            return role in self.of_bodies or self._holds_at_forum(role)
        return role in getattr(self, standing)

    def _holds_at_forum(self, role):
        """Its own lead, the head of the unit whose partner it is, and who reaches all the force."""
        if role == "umbrella_lead":
            return "mosque_lead" in self.own
        if role == "commander" and (self.noun in HEADED or self.perm in HEADED):
            return bool(self.own & (HEADS | COMMANDER))
        return role in self.area


def reads(noun, perm, own=READERS, **more):
    return Grant(noun, "read", perm, own, **({"area": COORDINATOR} | more))
