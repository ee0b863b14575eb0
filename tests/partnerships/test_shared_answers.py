"""Members of one umbrella body read what another closed in words that it meant for all of them."""

import pytest
from django.urls import reverse

from contacts.models import Institution, Membership
from partnerships.actions.concern_closing import close_concern
from partnerships.models import Concern, Partnership, SharedText, SharedTextVersion
from tests.access.test_row_security import acting
from tests.contacts.sharing_kit import again, join_umbrella, let_in
from tests.roles import as_owner

from .concern_kit import ANSWER, AT, CLOSING, WORRY, closed, proposed

pytestmark = pytest.mark.django_db
URL = reverse("partnerships:concern-shared")
EVERYBODY = (
    *("imam", "member", "other_imam", "far_imam", "umbrella_lead"),
    *("sergeant", "inspector", "commander", "coordinator", "far_sergeant", "stranger"),
)


@pytest.fixture
def body(world):
    """Two mosques of the near team are members; the far one is none."""
    for place in (world.mosque, world.other_mosque):
        join_umbrella(world, place)
    return world


def page(client, world, who):
    client.force_login(again(getattr(world, who)))
    response = client.get(URL)
    return response.content.decode() if response.status_code == 200 else ""


def readers(client, world, words=CLOSING["you_said"]):
    return {who for who in EVERYBODY if words in page(client, world, who)}


def close_for(world, audience, **changes):
    return close_concern(
        concern=proposed(world, **changes), audience=audience, by=world.imam, at=AT
    )


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        ("sides", set()),
        ("members", {"other_imam", "umbrella_lead"}),
        ("public", {"other_imam", "umbrella_lead"}),
    ],
)
def test_members_and_the_body_read_what_the_raiser_chose_for_them(client, body, audience, found):
    close_for(body, audience)

    assert readers(client, body) == found


def test_they_read_the_closing_words_and_nothing_else_of_it(client, body):
    concern = closed(body)
    text = page(client, body, "other_imam")

    assert CLOSING["we_did"] in text
    for words in (WORRY["worry"], ANSWER["answer"], "Yusuf Rahman", concern.reference):
        assert words not in text
    client.force_login(again(body.other_imam))
    assert client.get(concern.get_absolute_url()).status_code == 404


def test_who_raised_it_is_named_where_the_reader_may_know_it(client, body):
    closed(body)
    assert "Masjid An-Noor" not in page(client, body, "other_imam")

    let_in(body.mosque, None, body.imam, kind="listed", until=None)

    assert "Masjid An-Noor" in page(client, body, "other_imam")


def test_what_the_body_closed_its_members_read_and_no_others(client, body):
    ours = Partnership.objects.filter(pk=body.umbrella_partnership.pk)
    with as_owner():
        Institution.objects.filter(pk=body.umbrella.pk).update(area=body.neighbourhood)
        ours.update(police_unit=body.team)
    given = {"partnership": ours.for_detail().get(), "by": body.umbrella_lead}
    closed(body, for_unnamed_member=True, **given)

    assert readers(client, body) == {"imam", "member", "other_imam"}


def test_who_is_no_member_any_more_reads_it_no_longer(client, body):
    closed(body)
    with as_owner():
        Membership.objects.filter(member=body.other_mosque).update(member_until=AT.date())

    assert readers(client, body) == {"umbrella_lead"}


def test_removed_words_are_gone_from_there(client, body):
    closed(body)
    with as_owner():
        texts = SharedText.objects.filter(concern_step__move="closing_proposed")
        texts.update(withdrawn_at=AT, withdrawal="mistake")

    assert "The words were removed." in page(client, body, "other_imam")
    assert readers(client, body) == set()


def test_the_database_itself_shows_that_wording_and_no_other(body):
    concern = closed(body)
    closing = SharedText.objects.get(concern_step__move="closing_proposed")

    for who, found in (("other_imam", {closing.pk}), ("far_imam", set())):
        with acting(getattr(body, who)):
            versions = SharedTextVersion.objects.filter(institution=concern.institution_id)
            assert set(versions.values_list("text", flat=True)) == found, who
            assert Concern.objects.filter(pk=concern.pk).exists() == bool(found), who


def test_nobody_who_reads_it_along_can_change_it(body):
    concern = closed(body)

    with acting(body.other_imam):
        assert Concern.objects.filter(pk=concern.pk).update(settled="yes") == 0
