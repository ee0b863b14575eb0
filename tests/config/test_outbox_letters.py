"""What leaves: headers, languages, templates, links to stop."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.template import engines
from django.utils import translation

from config.outbox.kinds import Attachment, Mail, Recipient
from config.outbox.letters import message_id, render_templates
from config.outbox.unsubscribe import Unsubscription, make_token, read_token

from .outbox_kit import AT, add_kind, drain, promise

REF = "8f14e45f-ceea-4672-a9b1-1e9b3a3c5f10"


@pytest.fixture
def templates(settings, tmp_path):
    """Write templates for one test; they stand before the portal's own."""
    folder = tmp_path / "emails"
    folder.mkdir()
    directories = [tmp_path, *settings.TEMPLATES[0]["DIRS"]]
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": directories}]
    engines.__dict__.pop("templates", None)
    return folder


def send(monkeypatch, mailoutbox, **changes):
    add_kind(monkeypatch, **changes)
    promise()
    drain()
    return mailoutbox[0].message()


@pytest.mark.django_db
def test_letter_says_that_a_machine_wrote_it_and_not_what_it_is_about(monkeypatch, mailoutbox):
    sent = send(monkeypatch, mailoutbox)

    assert sent["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f]{40}@portal\.example\.org>", sent["Message-ID"])
    assert "X-Outbox-Key" not in sent
    assert "List-Unsubscribe" not in sent


def test_message_id_is_the_same_for_one_key_and_tells_nothing():
    assert message_id("visit:7") == message_id("visit:7") != message_id("visit:8")


@pytest.mark.django_db
def test_letter_can_be_stopped_with_one_click(monkeypatch, mailoutbox):
    url = "https://portal.example.org/stop/abc/"
    sent = send(monkeypatch, mailoutbox, unsubscribe_url=lambda message: url)

    assert sent["List-Unsubscribe"] == f"<{url}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
def test_letter_to_a_shared_inbox_may_go_without_a_link_to_stop(monkeypatch, mailoutbox):
    sent = send(monkeypatch, mailoutbox, unsubscribe_url=lambda message: None)

    assert "List-Unsubscribe" not in sent
    assert "List-Unsubscribe-Post" not in sent


@pytest.mark.django_db
def test_letter_is_written_in_the_readers_language(monkeypatch, mailoutbox):
    sent = send(
        monkeypatch,
        mailoutbox,
        recipient=lambda message: Recipient("a@b.example", language="ur"),
        render=lambda message: Mail(translation.get_language(), ""),
    )

    assert sent["Subject"] == "ur"
    assert translation.get_language() == "en-gb"


@pytest.mark.django_db
def test_letter_carries_html_and_a_calendar_file(monkeypatch, mailoutbox):
    ics = Attachment("visit.ics", "BEGIN:VCALENDAR\r\n", "text/calendar; method=PUBLISH")
    mail = Mail("Visit", "Plain", "<p>Rich</p>", {"Reply-To": "a@b.example"}, [ics])
    sent = send(monkeypatch, mailoutbox, render=lambda message: mail)

    parts = {part.get_content_type(): part for part in sent.walk()}
    assert {"text/plain", "text/html", "text/calendar"} < parts.keys()
    assert parts["text/calendar"].get_param("method") == "PUBLISH"
    assert parts["text/calendar"].get_filename() == "visit.ics"
    assert sent["Reply-To"] == "a@b.example"


@pytest.mark.django_db
def test_letter_names_its_reader_safely(monkeypatch, mailoutbox):
    reader = Recipient("a@b.example", name='Yūsuf "Joe", Trustee')
    sent = send(monkeypatch, mailoutbox, recipient=lambda message: reader)

    assert sent["To"].endswith("<a@b.example>")
    assert mailoutbox[0].recipients()[0].count("@") == 1


def test_render_templates_takes_the_subject_from_the_first_line(templates):
    (templates / "visit.txt").write_text(
        '{% extends "emails/base.txt" %}{% block subject %}Visit to {{ place }}{% endblock %}'
        "{% block body %}See {{ site_url }}{{ path }}{% endblock %}"
    )

    mail = render_templates("visit", {"place": "Noor & Sons' hall", "path": "/visits/3f/"})

    assert mail.subject == "Visit to Noor & Sons' hall"
    assert mail.text.startswith("See http")
    assert "/visits/3f/\n\n--\n" in mail.text
    assert "Emergency 999." in mail.text
    assert "\n\n\n" not in mail.text


def test_a_letter_without_html_of_its_own_says_the_same_in_paragraphs(templates):
    (templates / "visit.txt").write_text(
        '{% extends "emails/base.txt" %}{% block subject %}Noor{% endblock %}'
        "{% block body %}At <b>{{ place }}</b>\n\n{{ site_url }}/visits/3f/{% endblock %}"
    )

    mail = render_templates("visit", {"place": "Noor & Sons"})

    assert "<p>At &lt;b&gt;Noor &amp; Sons&lt;/b&gt;</p>" in mail.html
    link = re.search(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', mail.html)
    assert link[1] == link[2]
    assert link[1].endswith("/visits/3f/")
    assert mail.html.count("Emergency 999.") == 1
    assert "--" not in mail.html.replace("<!--", "")


def test_a_letter_may_have_html_of_its_own(templates):
    (templates / "visit.txt").write_text("Noor & Sons\n\nPlain")
    (templates / "visit.html").write_text(
        '{% extends "emails/base.html" %}{% block body %}<p>{{ place }}</p>{% endblock %}'
    )
    stop = "https://portal.example.org/stop/abc/"

    mail = render_templates("visit", {"place": "<b>", "unsubscribe_url": stop})

    assert mail.text == "Plain\n"
    assert "<h1>Noor &amp; Sons</h1>" in mail.html
    assert "<p>&lt;b&gt;</p>" in mail.html
    assert f'<a href="{stop}">' in mail.html
    assert '<html lang="en-gb" dir="ltr">' in mail.html
    assert "style" not in mail.html


def test_unsubscribe_token_names_who_and_what():
    assert read_token(make_token(ref=REF, topic="digest")) == Unsubscription(REF, "digest")


def test_unsubscribe_token_fits_a_url_path():
    assert re.fullmatch(r"[\w:-]+", make_token(ref=REF, topic="digest"))


@pytest.mark.parametrize("forge", [lambda t: t[:-1], lambda t: "x" + t, lambda t: ""])
def test_unsubscribe_token_cannot_be_forged(forge):
    with pytest.raises(signing.BadSignature):
        read_token(forge(make_token(ref=REF, topic="digest")))


def test_unsubscribe_token_outlives_the_mail_but_not_for_ever():
    with time_machine.travel(AT, tick=False):
        token = make_token(ref=REF, topic="digest")
    with time_machine.travel(AT + timedelta(days=399), tick=False):
        assert read_token(token).ref == REF
    with (
        time_machine.travel(AT + timedelta(days=401), tick=False),
        pytest.raises(signing.SignatureExpired),
    ):
        read_token(token)
