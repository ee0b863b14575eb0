"""What happened outside stands beside the figures, and is a promise to get in touch."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from config.dashboard.figures.around import around
from config.dashboard.figures.scope import Scope
from config.dashboard.own_record import gather
from config.outbox.models import Message
from partnerships.actions import wider
from partnerships.actions.partnerships import pause_partnership
from partnerships.models import Commitment, TouchedPartnership, WiderEvent
from tests.dashboard.arrange import visit
from tests.factories import make_person
from tests.roles import as_role

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
TITLE = "A film of an attack goes round"


def happened(world, **changes):
    given = {
        "kind": "clip",
        "title": TITLE,
        "words": "It was made abroad. People share it here.",
        "happened_on": AT.date() - DAY,
        "area": world.force_area,
        "by": world.coordinator,
        "at": AT,
    }
    return wider.record_wider_event(**given | changes)


def touched_names(event):
    return set(event.touched.values_list("institution__name", flat=True))


def told(kind):
    rows = Message.objects.filter(kind=f"partnerships.{kind}", state="pending")
    return [row.recipient_id for row in rows if row.recipient_kind == "user"]


def page(client, user, event):
    client.force_login(user)
    return client.get(event.get_absolute_url())


def test_each_active_partnership_there_gets_a_promise_due_in_two_days(world):
    event = happened(world)
    promise = event.touched.get(institution=world.mosque).commitment

    assert world.mosque.name in touched_names(event)
    assert (promise.owner_side, promise.due_on) == ("police", AT.date() + 2 * DAY)
    assert promise.state == Commitment.State.AGREED
    assert promise.owner == world.sergeant.contact
    assert TITLE not in promise.text


def test_what_rests_or_lies_elsewhere_is_left_alone(world):
    pause_partnership(partnership=world.partnership, by=world.imam, at=AT)
    event = happened(world, area=world.neighbourhood)

    assert world.mosque.name not in touched_names(event)
    assert world.far_mosque.name not in touched_names(event)


def test_an_officer_with_many_mosques_gets_one_letter(world):
    event = happened(world)
    mine = event.touched.filter(commitment__owner=world.sergeant.contact).count()

    assert mine > 1
    assert told("wider_event_recorded").count(str(world.sergeant.pk)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"words": "x" * 1001}, "words"),
        ({"happened_on": AT.date() + DAY}, "happened_on"),
        ({"happened_on": AT.date() - 93 * DAY}, "happened_on"),
    ],
)
def test_record_wider_event_names_the_field(world, changes, field):
    with pytest.raises(ValidationError) as declined:
        happened(world, **changes)

    assert field in declined.value.message_dict


def test_where_nobody_is_touched_nothing_is_written(world):
    pause_partnership(partnership=world.far_partnership, by=world.far_imam, at=AT)

    with pytest.raises(wider.NobodyTouched), transaction.atomic():
        happened(world, area=world.other_neighbourhood)
    assert not WiderEvent.objects.exists()


@pytest.mark.parametrize("who", ["imam", "sergeant", "coordinator", "member"])
def test_those_whom_it_touches_read_the_same_words(client, world, who):
    event = happened(world)
    told = page(client, getattr(world, who), event).content.decode()

    assert TITLE in told
    assert event.words in told
    assert world.mosque.name in told


def test_a_mosque_sees_its_own_promise_and_nobody_elses(client, world):
    event = happened(world)
    told = page(client, world.imam, event).content.decode()

    assert world.other_mosque.name not in told


def test_whom_it_does_not_touch_sees_nothing(client, world):
    event = happened(world, area=world.neighbourhood)

    assert page(client, world.far_imam, event).status_code == 404
    assert page(client, world.stranger, event).status_code in (403, 404)


def test_the_database_shows_it_to_those_whom_it_touches_alone(world):
    happened(world, area=world.neighbourhood)
    with as_role("portal_app"):
        assert not WiderEvent.objects.exists()
        assert not TouchedPartnership.objects.exists()


@pytest.mark.parametrize("who", ["imam", "sergeant", "inspector", "commander"])
def test_only_a_coordinator_writes_it_down(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get(reverse("partnerships:wider-event-record")).status_code == 403


def test_taken_back_the_words_are_gone_and_open_promises_with_them(client, world):
    event = happened(world)
    wider.withdraw_wider_event(event=event, by=world.coordinator, at=AT + DAY)
    told = page(client, world.imam, event).content.decode()

    assert TITLE not in told
    assert set(event.touched.values_list("commitment__state")) == {("withdrawn",)}
    assert "Taken back" in told
    with pytest.raises(wider.EventWithdrawn):
        wider.withdraw_wider_event(event=event, by=world.coordinator, at=AT + DAY)


def test_coordinator_writes_it_down_on_the_page_and_typing_is_never_lost(client, world):
    client.force_login(world.coordinator)
    url = reverse("partnerships:wider-event-record")
    day = {"happened_on_0": 29, "happened_on_1": 11, "happened_on_2": 2026}
    typed = {"kind": "abroad", "title": TITLE, "words": "It is far away.", **day}

    with time_machine.travel(dt.datetime(2026, 11, 30, 10, tzinfo=dt.UTC), tick=False):
        declined = client.post(url, typed)
        written = client.post(url, typed | {"area": world.neighbourhood.pk})

    assert set(declined.context["form"].errors) == {"area"}
    assert TITLE in declined.content.decode()
    assert written.url == WiderEvent.objects.get().get_absolute_url()


def test_figures_before_and_after_count_what_lies_on_each_side_of_the_day(world):
    for on in (AT.date() - 3 * DAY, AT.date() - 2 * DAY, AT.date()):
        visit(world.partnership, world.officer, on=on)
    event = happened(world)
    scope = Scope.of(world.coordinator).of_partnerships({world.partnership.pk})

    found = around(scope=scope, day=event.happened_on, on=AT.date())

    assert (found.partnerships, found.before.engagements.n, found.after.engagements.n) == (1, 2, 1)
    assert found.before.period.until == found.after.period.since == event.happened_on
    html = " ".join(render_to_string("dashboard/_around.html", {"around": found}).split())
    assert "In the 56 days before<br>" in html
    assert "In the 2 days since<br>" in html
    assert "Only 2 of the 56 days since have passed, so they cannot be compared yet." in html


def test_a_mosques_copy_of_its_record_holds_what_was_written_down(world):
    event = happened(world)
    [section] = [each for each in gather(world.mosque) if each.code == "touchedpartnership"]

    assert (section.rows[0]["title"], section.rows[0]["words"]) == (TITLE, event.words)


def test_a_coordinator_who_sees_a_part_of_it_takes_back_only_what_they_wrote(world):
    near = make_person(world.command, "coordinator", "Dana Near")
    own = happened(world, area=world.neighbourhood, by=near)

    assert near.has_perm("partnerships.withdraw_wider_event", own)
    assert not near.has_perm("partnerships.withdraw_wider_event", happened(world))
