"""The panel's letter of the month, and how its members come in."""

import io

import pytest
import time_machine
from django.core.management import CommandError, call_command

from config.audit.actions import record_read
from config.dashboard.figures.reading import reading
from config.dashboard.figures.scope import Period
from config.dashboard.scrutiny import letters
from config.outbox import kinds
from config.outbox.letters import compose
from config.outbox.models import Message
from contacts.models import Institution, Invitation, RoleHolding
from tests.partnerships import concern_kit
from tests.partnerships import panel_kit as kit
from tests.roles import as_owner, as_role, as_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_mosque_is_enough(settings):
    settings.PANEL_SAMPLE = kit.FEW


def sent(at):
    with as_task():
        letters.write_to_panels(at=at)
    return Message.objects.filter(kind=letters.KIND)


def test_each_member_gets_one_letter_a_month_of_numbers_and_a_link(world):
    reader = kit.member_of(kit.panel_of(world))
    sample = kit.small(world)
    kit.comment(kit.first_item(sample), reader)
    concern = concern_kit.with_panel(world)
    with time_machine.travel(kit.AT, tick=False):
        sent(kit.AT)
        [message] = sent(kit.AT + kit.DAY)
        with as_task():
            kind = kinds.get(message.kind)
            mail = compose(message, kind, kind.recipient(message))

    assert message.recipient_id == str(reader.pk)
    assert "September 2026" in mail.subject
    told = ("1 July 2026 to 30 September 2026", sample.number, "await an answer: 1", "view: 1")
    assert not [words for words in (*told, "/panel/") if words not in mail.body]
    typed = (kit.SAID, kit.CANARY, *concern_kit.WORRY.values(), world.mosque.name)
    assert not [words for words in (*typed, concern.reference) if words in mail.body]
    assert sent(kit.AT + 30 * kit.DAY).count() == 2


def test_who_has_left_the_panel_is_not_written_to(world):
    reader = kit.member_of(kit.panel_of(world))
    [message] = sent(kit.AT)
    with as_owner():
        RoleHolding.objects.filter(contact__user=reader).update(held_until=kit.SINCE)

    with as_task():
        assert not kinds.get(message.kind).still_due(message)


def test_reads_are_counted_by_what_the_readers_unit_is_for(world):
    reader = kit.member_of(kit.panel_of(world))
    people = (world.sergeant, world.sergeant, world.coordinator, world.umbrella_lead, reader)
    for by in people:
        record_read(
            "events.view_visit",
            subject=world.mosque,
            institutions=[world.mosque.pk],
            by=by,
            at=kit.AT,
        )
    period = Period(kit.AT.date(), kit.AT.date() + kit.DAY)

    found = reading(force_ids=[world.force_area.pk], period=period)

    assert dict(found.by_function) == {"neighbourhood": 2, "office": 1, "partners": 2}
    assert (found.n, found.opened, found.disclosed) == (5, 0, 0)
    assert reading(force_ids=[-1], period=period).n == 0


def test_add_panel_member_makes_the_panel_once_and_invites_each_once(world):
    told = io.StringIO()
    given = {"force": world.force_area.name, "name": "Pat Reader", "email": "pat@panel.example"}
    with as_role("portal_task"):
        for _ in range(2):
            call_command("add_panel_member", **given, stdout=told)

    panel = Institution.objects.get(kind="panel")
    assert panel.area == world.force_area
    assert Invitation.objects.filter(institution=panel).count() == 1
    assert "nothing was added" in told.getvalue()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"force": "Nowhere"}, "No force is called"), ({"email": "pat"}, "valid email|valid e-mail")],
)
def test_add_panel_member_says_what_is_wrong(world, wrong, sentence):
    given = {"force": world.force_area.name, "name": "Pat", "email": "pat@panel.example"}
    with as_role("portal_task"), pytest.raises(CommandError, match=sentence):
        call_command("add_panel_member", **given | wrong)


def test_verify_panel_samples_draws_each_again_and_says_so(world):
    kit.panel_of(world)
    kit.fill(world)
    kit.draw()
    told = io.StringIO()
    with as_role("portal_task"):
        call_command("verify_panel_samples", stdout=told)
    assert "the same list" in told.getvalue()

    for number in range(30):
        kit.promise(world.partnership, world.sergeant, at=kit.IN_QUARTER + number * kit.DAY / 3)
    with as_role("portal_task"), pytest.raises(CommandError, match="slipped in"):
        call_command("verify_panel_samples", stdout=io.StringIO())
