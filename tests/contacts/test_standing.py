"""Where a person stands, and what follows for rows that belong to an institution."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from contacts.ladder import on_rung
from contacts.models import Contact, Deputyship, Institution, PolicingArea, RoleHolding
from contacts.rules import is_partner_of, is_police_over
from partnerships.models import Partnership, Side
from tests.contacts.sharing_kit import again
from tests.factories import EVERYBODY, make_institution, make_partnership, make_person

SEES_OURS = {"sergeant", "officer", "inspector", "coordinator", "imam", "member"}


def test_standing_costs_one_query(world, django_assert_num_queries):
    sergeant = world.sergeant.__class__.objects.get(pk=world.sergeant.pk)

    with django_assert_num_queries(1):
        assert sergeant.standing.is_police
        assert sergeant.contact.officer.rank.abbreviation == "PS"
        assert sergeant.standing.reaches(world.mosque)


@pytest.mark.parametrize("who", EVERYBODY)
def test_partnerships_are_visible_exactly_to_their_parties_and_police_over_them(world, who):
    user = getattr(world, who)
    ours = Partnership.objects.for_detail().get(pk=world.partnership.pk)

    visible = Partnership.objects.visible_to(user).filter(pk=ours.pk).exists()

    permitted = is_partner_of(user, ours) or is_police_over(user, ours)
    assert visible == permitted == (who in SEES_OURS)


@pytest.mark.parametrize("who", EVERYBODY)
def test_people_are_visible_to_their_own_institution_and_police_over_it_only(world, who):
    user = getattr(world, who)

    visible = Contact.objects.visible_to(user).filter(pk=world.member.contact.pk).exists()

    assert visible == (who in SEES_OURS)


def test_side_of_tells_the_side_and_none_to_others(world):
    sides = {who: world.partnership.side_of(getattr(world, who).standing) for who in EVERYBODY}

    assert {who for who, side in sides.items() if side == Side.POLICE} == {
        "sergeant",
        "officer",
        "inspector",
        "coordinator",
    }
    assert {who for who, side in sides.items() if side == Side.INSTITUTION} == {"imam", "member"}


def test_an_officer_of_the_force_may_log_anywhere_and_a_mosque_only_at_home(world):
    far = Institution.objects.loggable_by(world.far_sergeant)
    home = Institution.objects.loggable_by(world.imam)

    assert world.mosque in far
    assert list(home) == [world.mosque]
    assert not Institution.objects.loggable_by(world.stranger).exists()


def test_a_role_that_ended_today_opens_nothing(world):
    today = timezone.localdate()
    RoleHolding.objects.filter(contact=world.imam.contact).update(held_until=today)

    user = world.imam.__class__.objects.get(pk=world.imam.pk)

    assert not Partnership.objects.visible_to(user).exists()
    assert user.contact is None


def test_a_deputy_stands_where_the_absent_stands_for_the_dates_given(world):
    colleague = make_person(world.other_team, "inspector")
    holding = RoleHolding.objects.get(contact=world.inspector.contact)
    today = timezone.localdate()
    deputyship = Deputyship.objects.create(
        institution=world.team,
        holding=holding,
        deputy=colleague.contact,
        acts_from=today,
        acts_until=today + dt.timedelta(days=7),
    )

    assert colleague.__class__.objects.get(pk=colleague.pk).standing.reaches(world.mosque)

    Deputyship.objects.filter(pk=deputyship.pk).update(
        acts_from=today - dt.timedelta(days=7), acts_until=today
    )
    assert not colleague.__class__.objects.get(pk=colleague.pk).standing.reaches(world.mosque)


def test_whoever_has_left_stands_in_for_nobody(world):
    today = timezone.localdate()
    Deputyship.objects.create(
        institution=world.team,
        holding=RoleHolding.objects.get(contact=world.inspector.contact),
        deputy=world.officer.contact,
        acts_from=today,
    )
    assert on_rung("inspector", over=world.mosque, on=today)[0] == world.officer.contact
    RoleHolding.objects.filter(contact=world.officer.contact).update(held_until=today)

    gone = world.officer.__class__.objects.get(pk=world.officer.pk)

    assert gone.standing.holdings == ()
    assert on_rung("inspector", over=world.mosque, on=today) == [world.inspector.contact]


def test_rows_take_force_and_district_from_their_institution(world):
    assert world.partnership.force == world.force_area
    assert world.partnership.district == world.district


def test_history_keeps_its_district_when_the_institution_moves(world):
    far_district = world.other_neighbourhood.parent
    Institution.objects.filter(pk=world.mosque.pk).update(area=world.other_neighbourhood)

    world.partnership.refresh_from_db()
    moved = Institution.objects.get(pk=world.mosque.pk)

    assert moved.district == far_district
    assert world.partnership.district == world.district


def test_lineage_runs_from_the_force_down_and_follows_a_move(world):
    ward = PolicingArea.objects.create(
        level="ward", name="Canal", parent=world.neighbourhood, valid_from=dt.date(2025, 1, 1)
    )
    far_district = world.other_neighbourhood.parent
    PolicingArea.objects.filter(pk=world.neighbourhood.pk).update(parent=far_district)

    ward.refresh_from_db()

    assert ward.lineage == [
        world.force_area.pk,
        far_district.pk,
        world.neighbourhood.pk,
        ward.pk,
    ]


def test_a_team_reaches_the_wards_below_its_neighbourhood(world):
    ward = PolicingArea.objects.create(
        level="ward", name="Canal", parent=world.neighbourhood, valid_from=dt.date(2025, 1, 1)
    )
    small = make_institution("mosque", "Canal Street Mosque", ward)
    partnership = make_partnership(small, world.team)
    Partnership.objects.filter(pk=partnership.pk).update(police_unit=world.other_team)

    officer = world.officer.__class__.objects.get(pk=world.officer.pk)

    assert Partnership.objects.visible_to(officer).filter(pk=partnership.pk).exists()


@pytest.mark.parametrize(
    ("kind", "counts"), [("totp", True), ("webauthn", True), ("recovery_codes", False)]
)
def test_an_app_and_a_passkey_are_second_factors_and_recovery_codes_are_none(world, kind, counts):
    for user, known in ((world.imam, counts), (world.stranger, None)):
        assert not again(user).has_second_factor
        Authenticator.objects.create(user=user, type=kind, data={})

        assert again(user).standing.has_second_factor is known
        assert again(user).has_second_factor is counts
