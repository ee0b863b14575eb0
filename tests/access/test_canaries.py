"""Where typed words appear: every field of three institutions holds words that are found again."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from config.dashboard.catalogue import FIGURES
from config.dashboard.digests.compose import compose
from config.outbox import kinds
from config.outbox.letters import compose as letter_of
from config.outbox.models import Message
from contacts.models import User
from partnerships.models import ReviewAssessment
from partnerships.models.bulletins import PARTS
from tests.roles import as_task

from .crawl import canaries
from .table import ALL_READ, AS_IF, MOSQUE, PANEL, POLICE, READERS, ROLES, TEAM

pytestmark = pytest.mark.django_db

# Who is told what a field holds; a field that is not here is for both sides' readers.
TOLD = {
    "house-rules": POLICE | MOSQUE,  # any officer of the force may be sent there
    "local-name": POLICE | MOSQUE,
    "hidden-name": frozenset(),  # has not agreed to be named
    "hidden-phone": frozenset(),
    "hidden-mail": frozenset(),
    "lead-phone": frozenset(),
    "lead-mail": frozenset({"imam"}),  # their own, in their preferences
    "invited-name": frozenset(),
    "invited-mail": frozenset({"imam", "coordinator"}),  # who may send it again
    **{
        f"bulletin-{part}": ALL_READ  # what is out, the whole force reads
        for part in (*(part.replace("_", "-") for part in PARTS), "read-out")
    },
    "bulletin-reason": ALL_READ,
    "bulletin-question": ALL_READ,
    "bulletin-question-answered": ALL_READ,
    "bulletin-answer": ALL_READ,
    "pause-reason": READERS | {"commander"},  # who signs it as well
    "pause-reply": READERS | {"commander"},
    "concern-climbed": READERS | PANEL | {"commander"},  # what came up to the district's, and on
    "panel-comment": MOSQUE | PANEL | {"inspector", "commander", "coordinator"},
    **{
        f"review-alone-{part.replace('_', '-')}": TEAM | {"coordinator"}  # police's own account
        for part in ReviewAssessment.PARTS
    },
    "unleft-told-us": TEAM,  # time to undo: still with the side that wrote it
    "unleft-we-said": TEAM,
    "unleft-promise": TEAM,
}
# Words of a note stand on the visit's own pages and nowhere else.
NOTE = ("noted-", "corrected-", "declined-", "disagreed-", "disagreement", "unleft-", "feedback")
PROMISES_OF_NOTES = tuple(f"{what}-promise" for what in ("noted", "corrected", "declined"))


def may_read(role, place, field):
    role = AS_IF[place].get(role, role)
    if field.startswith(("bulletin-draft-", "bulletin-checked-", "bulletin-statement-")):
        return role in TEAM | {"coordinator", "commander"}
    if field.startswith("bulletin-withdrawn-"):
        return role in ALL_READ
    if field.startswith("consultation-draft-"):
        return role in TEAM | {"coordinator", "commander", "umbrella_lead"}
    if field.startswith("advice-"):
        return role in ALL_READ - MOSQUE | {"umbrella_lead"}
    if field == "consultation-answer":
        return role in READERS | {"commander"}
    if field.startswith("consultation-"):  # what was opened, the whole force reads
        return role in ALL_READ | {"umbrella_lead"}
    if field.startswith("review-"):  # once both sides have written, a panel reads it too
        return role in TOLD.get(field, READERS | PANEL)
    return role in TOLD.get(field, READERS)


def is_note(field):
    is_promise = field.endswith("-promise") and not field.startswith("unleft")
    return field.startswith(NOTE) and not is_promise


def leaks(role, canaries_there):
    return {(place, field) for place, field in canaries_there if not may_read(role, place, field)}


def test_pages_show_an_institutions_words_to_its_two_sides_alone(crawl):
    wrong = [
        (role, name, standing, sorted(found))
        for role, name, standing, answer in crawl.seen()
        if (found := leaks(role, answer.canaries))
    ]

    assert wrong == []


def test_those_who_may_do_read_it(crawl):
    """Else the proof above would prove nothing: one field of each page, for each side's people."""
    told = {}
    for role, name, _standing, answer in crawl.seen():
        told.setdefault(role, {})[name] = {field for _place, field in answer.canaries}

    for role in READERS:
        assert "noted-amended" in told[role]["events:visit-detail"]
        assert "request-why" in told[role]["events:request-detail"]
        assert "promise-agreed" in told[role]["partnerships:promise-list"]
        assert "house-rules" in told[role]["contacts:house-rules"]
    assert "stranger" not in told


def test_words_of_a_note_stand_on_the_visits_own_pages_alone(crawl):
    wrong = [
        (role, name, standing, field)
        for role, name, standing, answer in crawl.seen()
        for _place, field in answer.canaries
        if is_note(field) and not name.startswith("events:visit-")
    ]

    assert [found for found in wrong if not _feedback_on_its_request(found)] == []


def _feedback_on_its_request(found):
    _role, name, _standing, field = found
    return field == "feedback" and name == "events:request-detail"


# --- Addresses with a question in them -----------------------------------------------------------


LISTS = (
    "events:visit-list",
    "events:request-list",
    "partnerships:promise-list",
    "partnerships:concern-list",
    "contacts:institution-list",
    "home",
)
# One of each standing; the pages of the table are opened as everybody.
WHO = ("sergeant", "commander", "far_sergeant", "imam", "stranger")


def about(record):
    """Yield lists narrowed, forms begun and pages of every thing of one institution."""
    place = record["institution"].ref
    for name in LISTS:
        yield f"{reverse(name)}?{urlencode({'institution': place, 'state': 'all'})}"
    for name in ("visit-log", "visit-plan", "request-create", "request-capture"):
        yield f"{reverse(f'events:{name}')}?institution={place}"
    yield f"{reverse('events:visit-log')}?planned={record['visit_planned'].ref}"
    yield f"{reverse('contacts:person-invite')}?institution={place}"
    yield f"{reverse('contacts:officer-add')}?unit={place}"
    yield f"{reverse('institution-detail', args=[place])}?kind=note"
    for thing in record.things.values():
        if hasattr(thing, "get_absolute_url"):
            yield thing.get_absolute_url()


def about_nobody():
    yield reverse("home")
    yield f"{reverse('contacts:institution-list')}?name=canary"
    for figure in FIGURES:
        yield reverse("dashboard-csv", args=[figure])
        yield reverse("dashboard-xlsx", args=[figure])


@pytest.mark.parametrize("role", WHO)
def test_lists_files_and_forms_about_each_institution_leak_nothing(crawl, scene, role):
    wrong = []
    for url in (*about_nobody(), *(url for r in scene.records.values() for url in about(r))):
        got = crawl.ask_at("get", url, role)
        found = leaks(role, got.canaries)
        is_a_visits = url.startswith("/visits/") and "?" not in url
        stray = {f for _p, f in got.canaries if is_note(f)} if not is_a_visits else set()
        stray -= {"feedback"} if url.startswith("/requests/") else set()
        if found or stray or got.status >= 500 or got.changes:
            wrong.append((url, got.status, sorted(found), sorted(stray)))

    assert wrong == []


@pytest.mark.parametrize("place", ["other", "far"])
def test_no_address_tells_a_mosque_the_name_of_another(scene, place):
    record = scene.records[place]
    pages = {url: scene.clients["imam"].get(url).content.decode() for url in about(record)}

    assert [url for url, page in pages.items() if record.institution.name in page] == []


# --- Mail ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_digests_hold_no_typed_word(scene, role):
    digest = compose(User.objects.get(pk=getattr(scene.world, role).pk), at=scene.now)
    written = [f"{line}" for line in (*digest.lines, *digest.footers)]

    assert canaries("\n".join(written)) == frozenset()


def test_no_promised_mail_holds_a_typed_word(scene):
    """Each kind is rendered as it would leave, with its subject, headers and files."""
    found, told = [], set()
    for message in Message.objects.order_by("created_at", "pk"):
        kind = kinds.get(message.kind)
        recipient = kind.recipient(message)
        if recipient is None:
            continue
        with as_task():
            letter = letter_of(message, kind, recipient)
        parts = [letter.subject, letter.body, *(str(a[0]) for a in letter.alternatives)]
        parts += [str(content) for _name, content, _mime in letter.attachments]
        parts += [str(letter.extra_headers), str(message.context)]
        told.add(message.kind)
        found += [(message.kind, *canary) for canary in canaries("\n".join(parts))]

    assert found == []
    assert {"events.note_shared", "events.visit_planned", "events.request_submitted"} <= told
