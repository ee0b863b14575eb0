"""A member's words are unreadable to its umbrella body until shared, and the other way round.

Both hold words of every kind. Each opens every page, table, calendar and copy there is, at its own
addresses and at the other's, and reads all mail that goes to it.
"""

import io
import zipfile

import pytest
from django.db import transaction
from django.urls import reverse

from config.dashboard.catalogue import FIGURES
from config.outbox import kinds
from config.outbox.letters import compose as letter_of
from config.outbox.models import Message
from contacts.actions.sharing import give_permission
from events.models import Engagement
from partnerships.actions.community import sign_statement
from partnerships.actions.concern_closing import close_concern
from partnerships.models import ConsultationResponse
from partnerships.wordings import KINDS
from tests.factories import make_person
from tests.roles import as_owner, as_task
from tests.support.tables import text_of

from .crawl import canaries
from .record import AT, make_record
from .table import PAGES

pytestmark = pytest.mark.django_db
MOSQUE, BODY = "ours", "forum"
WHO = {MOSQUE: "imam", BODY: "umbrella_lead"}
OTHER = {MOSQUE: BODY, BODY: MOSQUE}
# A note as it stands and what was said against it, of each visit; never place, money or feedback.
NOTES = {
    *("noted-amended", "noted-we-said", "corrected-told-us", "corrected-we-said"),
    *("corrected-asked", "declined-told-us", "declined-we-said", "declined-asked"),
    *("declined-reason", "disagreed-told-us", "disagreed-we-said", "disagreement"),
}
STATEMENT = {
    ("CommunityView", "shared-title"),
    ("CommunityView", "shared-words"),
    ("partnerships:statement-list", "shared-title"),
}
ASKED_OF_BODY = {
    *("advice-title", "advice-question", "advice-withheld", "advice-urgency", "advice-options"),
    *("advice-effect", "advice-materials", "advice-open-to-change", "advice-not-open"),
    "advice-events",
}
CLOSING = ("partnerships:concern-shared", "concern-closing")
ANSWER = ("ConsultationResponse", "partnerships:consultation-response")
SHARED_PAGES = {
    CLOSING,
    *STATEMENT,
    ("guest-institution", "house-rules"),
    *((page, "consultation-answer") for page in ANSWER),
}


@pytest.fixture(scope="module")
def sides(scene, django_db_blocker):
    """The records of the mosque and of the body, which the scene says it is a member of."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = scene.world
        body = make_record(
            BODY,
            world.umbrella_partnership,
            lead=world.umbrella_lead,
            sergeant=world.sergeant,
            officer=make_person(world.command, "inspector"),
            member="umbrella_lead",
        )
        yield {MOSQUE: scene.ours, BODY: body}
        transaction.set_rollback(True)


def share(record, *, with_body=None):
    """Share each thing that can be: a closing, a statement, and with the body record and answer."""
    lead = {"by": record.lead, "at": AT}
    kind = "umbrella" if with_body else "listed"
    give_permission(institution=record.institution, kind=kind, grantee=with_body, **lead)
    close_concern(concern=record["concern_proposed"], audience="members", **lead)
    record.things["shared_statement"] = sign_statement(
        partnership=record.partnership,
        about="stops",
        audience="umbrella" if with_body else "partners",
        title=record.say("shared-title"),
        words=record.say("shared-words"),
        **lead,
    )
    with as_owner():
        answers = ConsultationResponse.objects.filter(institution=record.institution)
        answers.update(is_shared=True)


# --- All that somebody may get -------------------------------------------------------------------


def addresses(own, other, *, is_all=True):
    """Yield each page: every one of the other's record, and, where ``is_all``, one's own."""
    for name, row in PAGES.items():
        if not row.of:
            yield name, reverse(name, args=row.args)
        for record in (own, other) if is_all else (other,):
            if row.of in record.things:
                yield name, reverse(name, args=[*row.args, record[row.of].ref])
    for figure in FIGURES if is_all else ():
        for name in ("dashboard-csv", "dashboard-xlsx", "dashboard-apart"):
            yield name, reverse(name, args=[figure])
    for kind in ("", "note", "promise", "concern", "request"):
        for place in (own.institution, other.institution):
            url = reverse("institution-detail", args=[place.ref])
            yield "institution-detail", f"{url}?kind={kind}"
    yield from _every_row_of(other)


def _every_row_of(record):
    for thing in record.things.values():
        if hasattr(thing, "get_absolute_url"):
            yield type(thing).__name__, thing.get_absolute_url()
        if isinstance(thing, Engagement):
            for name in ("guest-visit", "events:visit-calendar"):
                yield name, reverse(name, args=[thing.ref])
    for code, kind in KINDS.items():
        for row in kind.model.objects.filter(institution=record.institution):
            yield "words", reverse("partnerships:text-detail", args=[code, row.ref])


def read_by(scene, sides, side, **kwargs):
    """Return the other side's own words by the page that shows them, as (page, field)."""
    found, client, place = set(), scene.clients[WHO[side]], OTHER[side]
    for name, url in dict.fromkeys(addresses(sides[side], sides[place], **kwargs)):
        shown = canaries(text_of(client.get(url)))
        found |= {(name, field) for field in of(place, shown)}
    return found


def of(place, found):
    """Keep what an institution's record holds; the question put to it is police's, and open.

    What police want advice on near the mosque, they ask the body.
    """
    asked = "consultation-"
    ours = {field for where, field in found if where == place}
    ours -= ASKED_OF_BODY if place == MOSQUE else set()
    return {field for field in ours if not field.startswith(asked) or field == f"{asked}answer"}


def copies(scene, sides, side):
    """Yield what somebody may take along, unpacked."""
    client = scene.clients[WHO[side]]
    files = [reverse("contacts:my-data-export")]
    files += [reverse("record-copy", args=[r.institution.ref]) for r in sides.values()]
    for answer in map(client.post, files):
        if answer.status_code == 200:
            with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
                yield from (
                    packed.read(name).decode(errors="replace") for name in packed.namelist()
                )


def mail_to(scene, side):
    """Yield each letter to somebody as it would leave: subject, words, files and headers."""
    user = getattr(scene.world, WHO[side])
    mine = Message.objects.filter(recipient_kind="user", recipient_id=str(user.pk))
    for message in mine.order_by("created_at", "pk"):
        kind = kinds.get(message.kind)
        recipient = kind.recipient(message)
        if recipient is None:
            continue
        with as_task():
            letter = letter_of(message, kind, recipient)
        files = [str(content) for _name, content, _mime in letter.attachments]
        files += [str(a[0]) for a in letter.alternatives]
        yield "\n".join([letter.subject, letter.body, *files, str(letter.extra_headers)])


# --- Before and after ----------------------------------------------------------------------------


@pytest.mark.parametrize("side", [BODY, MOSQUE])
def test_neither_reads_a_word_of_the_other_on_any_page_or_in_any_table(scene, sides, side):
    assert read_by(scene, sides, side) == set()


@pytest.mark.parametrize("side", [BODY, MOSQUE])
def test_no_copy_and_no_mail_to_one_holds_a_word_of_the_other(scene, sides, side):
    taken, letters = list(copies(scene, sides, side)), list(mail_to(scene, side))

    assert "request-why" in of(side, canaries("".join(taken)))  # the copy of one's own is full
    assert len(letters) > 5
    for text in (*taken, *letters):
        assert of(OTHER[side], canaries(text)) == set()


def test_the_body_reads_what_the_mosque_shares_there_and_nothing_more(scene, sides):
    share(sides[MOSQUE], with_body=scene.world.umbrella)
    found = read_by(scene, sides, BODY, is_all=False)
    assert found == SHARED_PAGES | {("guest-visit", field) for field in NOTES}
    assert of(MOSQUE, canaries("".join(mail_to(scene, BODY)))) == set()


def test_members_read_what_the_body_shares_there_and_nothing_more(scene, sides):
    share(sides[BODY])

    assert read_by(scene, sides, MOSQUE, is_all=False) == {
        CLOSING,
        *STATEMENT,
        ("contacts:listed-mosques", "local-name"),
    }
    assert of(BODY, canaries("".join(mail_to(scene, MOSQUE)))) == set()
