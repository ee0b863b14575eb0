"""A concern's words are shared texts: corrected, disagreed with and removed like all others."""

import pytest
from django.urls import reverse

from contacts.models import Contact
from partnerships.actions import concern_closing as closing
from partnerships.actions.concern_states import NotNow
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


def url_of(concern, move, step):
    ref = concern.steps.filter(move=step).exclude(text=None).latest("pk").ref
    return reverse(f"partnerships:text-{move}", args=["concern-step", ref])


def send(client, user, concern, move, step, **body):
    client.force_login(user)
    return client.post(url_of(concern, move, step), body)


@pytest.fixture
def _on_that_day(time_machine):
    time_machine.move_to(AT, tick=False)


@pytest.mark.usefixtures("_on_that_day")
def test_only_the_boxes_of_that_step_are_asked_for(world, client):
    client.force_login(world.imam)

    page = client.get(url_of(kit.answered(world), "correct", "answered"))

    boxes = {"answer", "reasons", "will_change", "cannot_change", "cannot_say"}
    assert set(page.context["form"].fields) == boxes | {"guard_seen"}


@pytest.mark.usefixtures("_on_that_day")
def test_words_that_an_officer_wrote_down_are_disagreed_with_by_the_mosque(world, client):
    told = {"by": world.officer, "channel": "phone", "raised_by": world.imam.contact}
    concern = kit.raised(world, **told)

    assert (
        send(client, world.officer, concern, "disagree", "raised", statement="No.").status_code
        == 403
    )
    send(client, world.imam, concern, "disagree", "raised", statement="I never said that.")

    for user in (world.imam, world.officer):
        assert "I never said that." in page_of(client, user, concern)


@pytest.mark.usefixtures("_on_that_day")
@pytest.mark.parametrize("making", ["proposed", "closed"])
def test_words_that_both_sides_approve_are_not_changed_on_the_way(world, client, making):
    concern = getattr(kit, making)(world)
    before = concern.steps.get(move="closing_proposed").text.load_current().parts

    send(client, world.sergeant, concern, "amend", "closing_proposed", we_did="Nothing.")
    send(client, world.imam, concern, "correct", "closing_proposed", we_did="Nothing.")
    send(client, world.sergeant, concern, "accept", "closing_proposed")

    assert concern.steps.get(move="closing_proposed").text.load_current().parts == before


@pytest.mark.usefixtures("_on_that_day")
def test_closing_words_that_were_removed_are_written_anew_before_it_closes(world, client):
    concern = kit.proposed(world)
    send(client, world.sergeant, concern, "remove", "closing_proposed", reason="names_a_child")
    by_lead = {"concern": concern, "by": world.imam, "at": AT}
    with pytest.raises(NotNow, match="removed"):
        closing.close_concern(**by_lead, audience="sides")

    closing.ask_rewording(**by_lead, words="Without the name.")
    anew = {"you_said": "You asked.", "we_did": "We came."}
    closing.propose_closing(concern=concern, parts=anew, by=world.officer, at=AT)

    assert closing.close_concern(**by_lead, audience="sides").state == "closed"
    assert "We came." in page_of(client, world.imam, concern)


@pytest.mark.usefixtures("_on_that_day")
@pytest.mark.parametrize(
    ("making", "step", "keepers"),
    [
        ("answered", "answered", {"officer", "sergeant", "inspector"}),
        ("twice_answered", "answered", {"inspector"}),
        ("with_panel", "answered", {"commander"}),
        ("viewed", "panel_view", set()),
        ("stated", "statement", {"imam", "member"}),
        ("stated_by_police", "statement", {"sergeant", "inspector", "commander"}),
        ("challenged", "challenged", {"imam", "member"}),
    ],
)
def test_an_answer_from_higher_up_is_changed_by_that_rank_alone(
    world, client, making, step, keepers
):
    concern = MAKINGS.get(making, getattr(kit, making, None))(world)
    people = ("officer", "sergeant", "inspector", "commander", "coordinator", "imam", "member")
    may = set()
    for who in people:
        client.force_login(getattr(world, who))
        if client.get(url_of(concern, "amend", step)).status_code == 200:
            may.add(who)

    assert may == keepers


def stated_by_police(world):
    return closing.state_view(
        concern=kit.viewed(world), statement="Our view.", side="police", by=world.commander, at=AT
    )


MAKINGS = {
    "twice_answered": lambda world: kit.answer(kit.escalated(world), world.inspector),
    "stated_by_police": stated_by_police,
}
