"""A concern's words are shared texts: corrected, disagreed with and removed like all others."""

import pytest

from contacts.models import Contact
from partnerships.actions.texts import accept_correction, open_correction
from partnerships.models import DisagreementStatement
from tests.partnerships import concern_kit as kit
from tests.partnerships.concern_kit import AT

pytestmark = pytest.mark.django_db


def page_of(client, user, concern):
    client.force_login(user)
    return client.get(concern.get_absolute_url()).content.decode()


def test_a_mosque_corrects_what_an_officer_wrote_down_and_both_read_that(world, client):
    concern = kit.raised(
        world, by=world.officer, channel="phone", raised_by=Contact.objects.get(user=world.imam)
    )
    correction = open_correction(
        text=concern.steps.get().text,
        proposed={"worry": "It was twice, not once."},
        side="institution",
        by=world.imam,
        at=AT,
    )
    accept_correction(correction=correction, side="police", by=world.officer, at=AT)

    for user in (world.imam, world.officer):
        page = page_of(client, user, concern)
        assert "It was twice, not once." in page
        assert kit.WORRY["worry"] not in page


@pytest.mark.parametrize("who", ["imam", "officer", "coordinator"])
def test_a_disagreement_travels_with_the_answer(world, client, who):
    concern = kit.answered(world)
    DisagreementStatement.objects.create(
        institution=world.mosque,
        text=concern.steps.get(move="answered").text,
        side="institution",
        statement="That is not what we were told.",
        made_at=AT,
        made_by=world.imam.contact,
    )

    assert "That is not what we were told." in page_of(client, getattr(world, who), concern)
