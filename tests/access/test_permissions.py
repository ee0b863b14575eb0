"""The table of permissions, cell by cell, against ``visible_to`` and ``has_perm`` together."""

import datetime as dt

import pytest
from django.db import transaction

from contacts.models import (
    Contact,
    Institution,
    LeadershipDispute,
    RoleHolding,
    SharingPermission,
    User,
)
from events.models import Engagement, EngagementRequest
from partnerships.models import (
    Bulletin,
    BulletinQuestion,
    Commitment,
    CommunityView,
    Concern,
    Partnership,
    PartnershipAgreement,
    PolicePause,
    PublishedItem,
)
from partnerships.wordings import KINDS, Words
from tests.contacts.sharing_kit import again, let_in, make_unit
from tests.factories import make_institution, make_partnership, make_person
from tests.factories.world import LONG_AGO, _area
from tests.roles import as_owner

from .permissions import GUESTS, ROLES, STANDINGS, TABLE
from .record import make_record

pytestmark = pytest.mark.django_db
OVER = dt.date(2025, 1, 1)


class Cast:
    """One person of each role, and one whose role has ended; three records to look at."""

    def __init__(self, scene):
        world = self.world = scene.world
        self.records = {"own": scene.ours, "area": scene.records["far"]}
        self.records["other_force"] = self._elsewhere()
        self.unit = make_unit(world, name="Northshire CT")
        with as_owner():
            panel = make_institution("panel", "Scrutiny panel", world.force_area)
        self.places = {
            **dict.fromkeys(("mosque_lead", "mosque_member", "mosque_safety"), world.mosque),
            **dict.fromkeys(("officer", "sergeant", "inspector", "liaison"), world.team),
            **dict.fromkeys(("coordinator", "records_officer", "platform_admin"), world.force),
            "umbrella_lead": world.umbrella,
            "commander": world.command,
            "invited_unit": self.unit,
            "scrutineer": panel,
        }
        self.people = {role: make_person(place, role) for role, place in self.places.items()}
        self.former = {role: make_person(place, role) for role, place in self.places.items()}
        with as_owner():
            gone = [user.pk for user in self.former.values()]
            RoleHolding.objects.filter(contact__user__in=gone).update(held_until=OVER)

    def _elsewhere(self):
        """A mosque of another force, with its team."""
        with as_owner():
            force = _area("force", "Westmere Police")
            area = _area("neighbourhood", "Westmere North", _area("district", "Westmere", force))
        team = make_institution("police_team", "Westmere team", area)
        mosque = make_institution("mosque", "Westmere Mosque", area)
        sergeant = make_person(team, "sergeant")
        lead = make_person(mosque, "mosque_lead")
        partnership = make_partnership(mosque, team, named=sergeant)
        near = {"sergeant": sergeant, "officer": sergeant}
        return make_record("abroad", partnership, lead=lead, **near)

    def let_guests_in(self):
        place, lead = self.records["own"].institution, self.records["own"].lead
        let_in(place, self.unit, lead)
        let_in(place, self.world.umbrella, lead, kind="umbrella", until=None)


@pytest.fixture(scope="module")
def cast(scene, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Cast(scene)
        transaction.set_rollback(True)


def person(cast, role, standing):
    return again((cast.former if standing == "ended" else cast.people)[role])


# What each noun is in a record, and the rows among which its reader finds it.
NOUNS = {
    "institution": ("institution", lambda user: Institution.objects.visible_to(user).for_detail()),
    "house_rules": ("institution", lambda user: Institution.objects.loggable_by(user)),
    "sharing": ("institution", lambda user: Institution.objects.visible_to(user)),
    "named_contact": ("second_person", lambda user: Contact.objects.visible_to(user)),
    "unnamed_contact": ("hidden_person", lambda user: Contact.objects.visible_to(user)),
    "role": ("holding", lambda user: RoleHolding.objects.visible_to(user)),
    "engagement": ("visit_noted", lambda user: Engagement.objects.visible_to(user).for_record()),
    "note": ("visit_noted", lambda user: Engagement.objects.visible_to(user).for_record()),
    "promise": ("promise_agreed", lambda user: Commitment.objects.visible_to(user).for_move()),
    "words": ("promise_agreed", lambda user: Commitment.objects.visible_to(user).for_words()),
    "request": ("request_submitted", lambda user: EngagementRequest.objects.visible_to(user)),
    "concern": ("concern_in_hand", lambda user: Concern.objects.visible_to(user)),
    "partnership": ("partnership", lambda user: Partnership.objects.visible_to(user).for_detail()),
    "agreement": ("agreement", lambda user: PartnershipAgreement.objects.visible_to(user)),
    "permission": ("permission", lambda user: SharingPermission.objects.visible_to(user)),
    "pause": ("pause", lambda user: PolicePause.objects.visible_to(user)),
    "statement": ("statement", lambda user: CommunityView.objects.visible_to(user)),
    "public_words": ("item", lambda user: PublishedItem.objects.visible_to(user)),
    "bulletin": ("bulletin", lambda user: Bulletin.objects.visible_to(user).for_detail()),
    "bulletin_draft": ("bulletin_draft", lambda user: Bulletin.objects.visible_to(user)),
    "bulletin_statement": ("bulletin_statement", lambda user: Bulletin.objects.visible_to(user)),
    "question": ("question", lambda user: BulletinQuestion.objects.visible_to(user)),
    "dispute": ("dispute", lambda user: LeadershipDispute.objects.visible_to(user)),
}


# What is asked about, where it is not the row itself.
ASKED = {"words": lambda row: Words(KINDS["promise"], row)}


def may(user, grant, record, *, as_guest):
    thing, rows = NOUNS[grant.noun]
    found = rows(user).filter(pk=record[thing].pk).first()
    if found is None:
        return False
    if as_guest and grant.by_sight:
        return True
    asked = ASKED.get(grant.noun, lambda row: row)(found)
    return user.has_perm((as_guest and grant.guest_perm) or grant.perm, asked)


def wrong_cells(cast, grant, standing):
    record = cast.records.get(standing, cast.records["own"])
    record.things.setdefault("second_person", record.second.contact)
    found = []
    for role in ROLES:
        if standing == "let_in" and role not in GUESTS:
            continue
        user = person(cast, role, standing)
        got = may(user, grant, record, as_guest=standing == "let_in")
        if got != grant.holds(role, standing):
            found.append((role, "may" if got else "may not"))
    return found


def test_the_table_speaks_of_every_role_and_every_noun():
    assert set(ROLES) == set(RoleHolding.AccessRole.values)
    assert {grant.noun for grant in TABLE} == NOUNS.keys()
    assert len({(grant.noun, grant.verb) for grant in TABLE}) == len(TABLE)


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("grant", TABLE, ids=lambda grant: f"{grant.noun}.{grant.verb}")
def test_each_role_holds_what_the_table_gives_it(cast, grant, standing):
    if standing == "paused":
        with as_owner():
            Partnership.objects.filter(pk=cast.world.partnership.pk).update(
                state="paused_by_institution"
            )
    if standing == "let_in":
        cast.let_guests_in()

    assert wrong_cells(cast, grant, standing) == []


@pytest.mark.parametrize("role", sorted(GUESTS))
def test_a_guest_whose_permission_is_over_holds_nothing(cast, role):
    cast.let_guests_in()
    with as_owner():
        SharingPermission.objects.filter(grantee__isnull=False).update(
            valid_from=LONG_AGO, valid_until=OVER
        )
    user = again(cast.people[role])

    record = cast.records["own"]
    record.things.setdefault("second_person", record.second.contact)
    assert [g.noun for g in TABLE if may(user, g, record, as_guest=True)] == []


def test_no_role_is_told_of_by_accident(cast):
    """Whoever stands nowhere holds nothing: the account alone opens no row."""
    stranger = User.objects.create_user("nobody@example.org", "correct horse battery staple")
    record = cast.records["own"]
    record.things.setdefault("second_person", record.second.contact)

    assert [g.noun for g in TABLE if may(stranger, g, record, as_guest=False)] == []
