"""Somebody asks that what is held about them be corrected, and a records officer answers."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from config.audit.models import Entry
from config.outbox import delivery
from contacts.actions import rights
from contacts.models import Contact, RightsRequest
from tests.access.record import AT, DAY
from tests.support.scenes import made_once

from .rights_kit import NAME, make_scene

pytestmark = pytest.mark.django_db
RIGHT = "Zaynab Qureshy-Test"


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker, make_scene) as scene:
        yield scene


@pytest.fixture
def scene(built, db, time_machine):
    time_machine.move_to(AT, tick=False)
    built.person.refresh_from_db()
    return built


@pytest.fixture
def send(client):
    def send(user, name, *args, **body):
        client.force_login(user)
        return client.post(reverse(f"contacts:{name}", args=args), body)

    return send


def ask(scene, about="name"):
    return rights.ask_right(
        contact=scene.person, kind="rectification", about=about, by=scene.ours.hidden, at=AT
    )


def stands(request):
    return RightsRequest.objects.get(pk=request.pk)


def test_one_says_what_is_wrong_and_reads_when_it_is_answered(scene, send, client):
    send(scene.ours.hidden, "right-ask", kind="rectification", about="name")

    asked = RightsRequest.objects.get(contact=scene.person)
    page = client.get(reverse("contacts:my-data")).text
    assert (asked.about, str(asked.due_on)) == ("name", "2026-12-23")
    assert "<p>Name</p>" in page
    assert "23 December 2026" in page


def test_without_saying_what_is_wrong_it_is_not_recorded_and_the_choice_comes_back(scene, send):
    answer = send(scene.ours.hidden, "right-ask", kind="rectification")

    assert "Select what is wrong" in answer.text
    assert 'value="rectification" checked' in " ".join(answer.text.split())
    assert not RightsRequest.objects.filter(contact=scene.person).exists()


def test_two_things_may_be_wrong_at_once_and_each_is_asked_once(scene):
    ask(scene, "name")
    ask(scene, "phone")

    with pytest.raises(rights.NotNow):
        ask(scene, "phone")


def test_the_records_officer_sets_it_right_and_the_person_is_told_without_a_word_of_it(
    scene, send, client, mailoutbox
):
    asked = ask(scene)
    form = client.get(reverse("contacts:right-rectify", args=[asked.ref]))
    assert form.status_code == 302  # nobody is signed in
    answer = send(scene.one, "right-rectify", asked.ref, value=RIGHT)
    delivery.drain(clock=lambda: AT + DAY)

    assert answer.url == asked.get_absolute_url()
    assert Contact.objects.get(pk=scene.person.pk).name == RIGHT
    [letter] = [m for m in mailoutbox if asked.get_absolute_url() in m.body]
    assert letter.to == [scene.person.email or scene.ours.hidden.email]
    assert not [word for word in (NAME, RIGHT) if word in letter.subject + letter.body]
    assert Entry.objects.get(action="contacts.right_rectified").details["about"] == "name"
    client.force_login(scene.ours.hidden)
    assert "Corrected" in client.get(asked.get_absolute_url()).text


def test_the_form_shows_nothing_that_is_held_and_what_was_typed_comes_back(scene, send, client):
    asked = ask(scene)
    client.force_login(scene.one)
    assert NAME not in client.get(reverse("contacts:right-rectify", args=[asked.ref])).text

    same = send(scene.one, "right-rectify", asked.ref, value=NAME)
    empty = send(scene.one, "right-rectify", asked.ref, value="")

    assert "That is how it reads already." in same.text
    assert f'value="{NAME}"' in same.text
    assert "govuk-error-message" in empty.text
    assert stands(asked).state == "open"


@pytest.mark.parametrize(
    ("about", "bad", "good"),
    [("email", "no address", "new@example.org"), ("phone", "at the office", "0161 496 0777")],
)
def test_an_address_or_a_number_is_set_right(scene, send, about, bad, good):
    asked = ask(scene, about)

    assert send(scene.one, "right-rectify", asked.ref, value=bad).status_code == 200
    send(scene.one, "right-rectify", asked.ref, value=good)

    assert getattr(Contact.objects.get(pk=scene.person.pk), about) == good


@pytest.mark.parametrize("about", ["role", "words"])
def test_what_others_must_correct_is_done_once_it_reads_correctly(scene, send, about):
    asked = ask(scene, about)

    assert send(scene.one, "right-rectify", asked.ref).status_code == 200
    assert stands(asked).state == "open"
    send(scene.one, "right-rectify", asked.ref, corrected="on")

    assert stands(asked).state == "done"


def test_it_is_declined_with_a_reason_which_the_person_reads(scene, send, client, mailoutbox):
    asked = ask(scene)
    send(scene.one, "right-answer", asked.ref, state="declined", reason="accurate")
    delivery.drain(clock=lambda: AT + DAY)

    client.force_login(scene.ours.hidden)
    page = client.get(reverse("contacts:my-data")).text
    assert "What is recorded is right; a statement can stand beside it" in page
    assert [m for m in mailoutbox if asked.get_absolute_url() in m.body]
    assert Contact.objects.get(pk=scene.person.pk).name == NAME


def test_it_is_not_called_done_without_correcting_anything(scene, send):
    asked = ask(scene)
    answer = send(scene.one, "right-answer", asked.ref, state="done")

    assert "Correct it instead." in answer.text
    assert stands(asked).state == "open"


def test_what_was_answered_is_not_corrected_again(scene):
    asked = ask(scene)
    rights.rectify(request=asked, value=RIGHT, by=scene.one, at=AT)

    with pytest.raises(rights.NotNow):
        rights.rectify(request=asked, value="Third Name", by=scene.one, at=AT)


def test_nothing_but_a_correction_is_corrected(scene):
    asked = rights.ask_right(contact=scene.person, kind="objection", by=scene.one, at=AT)

    with pytest.raises(ValidationError):
        rights.rectify(request=asked, value=RIGHT, by=scene.one, at=AT)


def test_the_list_says_what_is_wrong_and_who_may_not_sees_none(scene, client):
    asked = ask(scene, "words")
    client.force_login(scene.one)
    listed = client.get(reverse("contacts:rights-list")).text
    url = reverse("contacts:right-rectify", args=[asked.ref])
    assert "Something that was written" in listed

    for who in (scene.imam, scene.other_imam, scene.sergeant, scene.far_imam, scene.stranger):
        client.force_login(who)
        assert client.get(url).status_code == 404
    client.force_login(scene.ours.hidden)
    assert client.get(url).status_code == 403
