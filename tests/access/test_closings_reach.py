"""Which closings of concerns the database finds that members of one umbrella body share."""

import pytest
from django.contrib.postgres.functions import TransactionNow as Now

from contacts.models import BreakGlassGrant, RoleHolding
from partnerships.models import Concern, ConcernStep, SharedText
from tests.contacts.sharing_kit import join_umbrella
from tests.factories import make_institution, make_person
from tests.factories.world import LONG_AGO
from tests.roles import as_owner

from .reach import HOUR, SPANS, answer, contact_of, set_span, shared

pytestmark = pytest.mark.django_db
MEMBER = ("member_from", "member_until")


def being_a_member_oneself(scene):
    closed = shared(scene.ours["concern_closed"])
    row = join_umbrella(scene.world, scene.world.other_mosque)
    return row, MEMBER, lambda: closed.pk in answer(scene.world.other_imam, "shared_concerns")


def being_a_member_where_another_is(scene):
    closed = shared(scene.records["other"]["concern_closed"])
    row = join_umbrella(scene.world, scene.world.other_mosque)
    return row, MEMBER, lambda: closed.pk in answer(scene.world.imam, "shared_concerns")


@pytest.mark.parametrize("arranged", [being_a_member_oneself, being_a_member_where_another_is])
def test_it_is_shared_from_the_first_day_of_a_membership_and_no_more_on_its_last(scene, arranged):
    row, names, is_open_now = arranged(scene)

    for span, (_since, _until, is_open) in SPANS.items():
        set_span(row, names, span)
        assert is_open_now() == is_open, span


def test_what_was_closed_for_all_is_shared_among_members_and_their_body(scene):
    world = scene.world
    join_umbrella(world, world.other_mosque)
    elsewhere = make_institution("umbrella_body", "Eastvale Forum", world.district)
    join_umbrella(world, elsewhere)  # a body that is a member of ours, and has none itself
    places = {name: scene.records[name]["concern_closed"] for name in ("ours", "other", "far")}
    for concern in places.values():
        shared(concern)
    with as_owner():
        for_all = Concern.objects.create(
            **copied(
                places["ours"],
                audience="members",
                institution_id=world.umbrella.pk,
                partnership_id=world.umbrella_partnership.pk,
            )
        )
    found = {
        who: answer(getattr(world, who), "shared_concerns")
        for who in ("imam", "other_imam", "umbrella_lead", "far_imam", "officer", "stranger")
    }

    members = {for_all.pk, places["ours"].pk, places["other"].pk}
    everybody = dict.fromkeys(("imam", "other_imam", "umbrella_lead"), members)
    assert found == dict.fromkeys(found, set()) | everybody


def copied(row, **changes):
    skipped = {"id", "ref", "reference"}
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.fields if f.name not in skipped}
    return kept | changes


@pytest.mark.parametrize(
    ("changes", "is_shared"),
    [
        ({"audience": "public"}, True),
        ({"audience": "sides"}, False),
        ({"state": "withdrawn"}, False),
    ],
)
def test_of_what_was_closed_the_raiser_says_for_whom(scene, changes, is_shared):
    concern = shared(scene.ours["concern_closed"], **changes)

    assert (concern.pk in answer(scene.world.umbrella_lead, "shared_concerns")) == is_shared


def test_nobody_reads_along_who_only_looks_into_a_member_or_serves_as_police(scene):
    world, concern = scene.world, shared(scene.ours["concern_closed"])
    both, admin = (
        make_person(world.umbrella, "umbrella_lead"),
        make_person(world.force, "platform_admin"),
    )
    with as_owner():
        RoleHolding.objects.create(
            institution=world.far_mosque,
            contact=contact_of(both),
            access_role="mosque_member",
            held_from=LONG_AGO,
        )
    assert answer(both, "shared_concerns") == {concern.pk}
    with as_owner():
        RoleHolding.objects.filter(contact=contact_of(both), institution=world.far_mosque).update(
            institution=world.team, access_role="officer"
        )
        BreakGlassGrant.objects.create(
            institution=world.mosque,
            contact=contact_of(admin),
            reason="emergency",
            opened_at=Now(),
            closes_at=Now() + HOUR,
        )

    assert answer(both, "shared_concerns") == set()
    assert answer(admin, "shared_concerns") == set()


def test_of_what_is_shared_the_closing_words_alone_are_found(scene):
    concern = shared(scene.ours["concern_closed"])
    closing = ConcernStep.objects.get(concern=concern, move="closing_proposed")
    assert concern.steps.exclude(pk=closing.pk).exclude(text=None).exists()
    assert answer(scene.world.umbrella_lead, "shared_closings") == {closing.text_id}

    with as_owner():
        SharedText.objects.filter(pk=closing.text_id).update(
            withdrawn_at=scene.now, withdrawal="mistake"
        )

    assert answer(scene.world.umbrella_lead, "shared_closings") == set()
