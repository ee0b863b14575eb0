"""In an emergency a record is opened for hours, with a reason, and the institution sees it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from config.audit.models import AccessEvent, Entry
from config.outbox.models import Message
from contacts.actions.break_glass import break_glass
from contacts.models import BreakGlassGrant, Contact, Institution, User
from partnerships.models import Partnership
from tests.access.record import make_record
from tests.factories import make_institution, make_person
from tests.roles import as_owner, as_role
from tests.support.factors import show_again

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


def opened(world, who, *, at, hours=1, reason="emergency"):
    return break_glass(institution=world.mosque, reason=reason, hours=hours, by=who, at=at)


def again(user):
    return User.objects.get(pk=user.pk)


def url(world):
    return reverse("contacts:break-glass", args=[world.mosque.ref])


def test_break_glass_opens_one_record_to_read_and_no_other(world, now, client):
    opened(world, world.far_sergeant, at=now)
    who = again(world.far_sergeant)

    assert world.mosque in Institution.objects.visible_to(who)
    assert world.other_mosque not in Institution.objects.visible_to(who)
    assert world.partnership in Partnership.objects.visible_to(who)
    client.force_login(who)
    assert client.get(world.mosque.get_absolute_url()).status_code == 200
    assert client.get(world.partnership.get_absolute_url()).status_code == 200
    assert client.get(world.other_mosque.get_absolute_url()).status_code == 404


def test_break_glass_shows_every_page_of_the_record_and_no_form_of_it(world, now, client):
    near = {"sergeant": world.sergeant, "officer": world.officer}
    ours = make_record("ours", world.partnership, lead=world.imam, **near)
    opened(world, world.far_sergeant, at=now)
    client.force_login(world.far_sergeant)
    pages = {
        "events:visit-detail": "visit_noted",
        "events:request-detail": "request_accepted",
        "partnerships:promise-detail": "promise_agreed",
        "contacts:institution-people": "institution",
        "events:visit-amend": "visit_noted",
        "events:visit-cancel": "visit_planned",
        "events:request-acknowledge": "request_submitted",
        "partnerships:promise-claim": "promise_agreed",
        "partnerships:promise-create": "partnership",
        "partnerships:leads-set": "partnership",
    }
    got = {
        name: client.get(reverse(name, args=[ours[of].ref])).status_code
        for name, of in pages.items()
    }

    assert list(got.values()) == [200] * 4 + [403] * 6, got


def test_break_glass_ends_by_itself(world, now, client):
    opened(world, world.far_sergeant, at=now - 2 * HOUR)
    client.force_login(world.far_sergeant)

    assert client.get(world.mosque.get_absolute_url()).status_code == 404


def test_break_glass_is_for_the_one_who_opened_it(world, now, client):
    opened(world, world.far_sergeant, at=now)
    colleague = make_person(world.other_team, "officer")
    client.force_login(colleague)

    assert client.get(world.mosque.get_absolute_url()).status_code == 404


def test_each_read_is_logged_with_the_grant(world, now, client):
    grant = opened(world, world.far_sergeant, at=now)
    client.force_login(world.far_sergeant)
    client.get(world.mosque.get_absolute_url())
    client.force_login(world.sergeant)
    client.get(world.mosque.get_absolute_url())

    logged = AccessEvent.objects.of(world.mosque).values_list("actor_id", "grant_id")
    assert set(logged) == {(world.far_sergeant.pk, grant.pk), (world.sergeant.pk, None)}


def test_coordinator_is_told_at_once_and_the_mosque_when_it_is_over(world, now):
    grant = opened(world, world.far_sergeant, at=now, hours=2)
    told = {m.kind: (m.recipient_id, m.due_at) for m in Message.objects.all()}

    assert told == {
        "contacts.glass_broken": (str(world.coordinator.pk), now),
        "contacts.glass_closed": (str(world.imam.pk), grant.closes_at),
    }
    entry = Entry.objects.get(action="contacts.glass_broken")
    assert (entry.institution_id, entry.details) == (
        world.mosque.pk,
        {"reason": "emergency", "hours": 2},
    )


def test_the_mosque_reads_who_opened_it_why_and_what_they_read(world, now, client):
    opened(world, world.far_sergeant, at=now)
    client.force_login(world.far_sergeant)
    client.get(world.mosque.get_absolute_url())
    client.force_login(world.imam)
    page = client.get(reverse("access-log", args=[world.mosque.ref])).content.decode()

    assert "Opened in an emergency" in page
    assert "An emergency there or near it" in page
    assert "Eastvale North team" in page
    assert "Tom Field" not in page
    assert page.count("In an emergency") == 1


@pytest.mark.parametrize("hours", [0, 5, -1])
def test_break_glass_lasts_four_hours_at_most(world, now, hours):
    with pytest.raises(ValidationError, match="four hours"):
        opened(world, world.far_sergeant, at=now, hours=hours)


def test_break_glass_is_not_opened_twice_at_once(world, now):
    opened(world, world.far_sergeant, at=now)
    with pytest.raises(ValidationError, match="open to you already"):
        opened(world, world.far_sergeant, at=now + HOUR / 2)
    opened(world, world.far_sergeant, at=now + 2 * HOUR)


def test_platform_admin_opens_a_record_and_sees_none_without(world, now, client):
    admin = make_person(world.force, "platform_admin")
    client.force_login(admin)
    assert client.get(world.mosque.get_absolute_url()).status_code == 404

    show_again(client, admin)
    assert client.post(url(world), {"reason": "fault", "hours": 1}).status_code == 302
    assert client.get(world.mosque.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("far_sergeant", 200),
        ("commander", 200),
        ("sergeant", 403),
        ("coordinator", 403),
        ("imam", 403),
        ("other_imam", 404),
        ("umbrella_lead", 404),
        ("stranger", 404),
    ],
)
def test_break_glass_is_for_police_from_elsewhere(world, client, role, status):
    client.force_login(getattr(world, role))
    show_again(client, getattr(world, role))

    assert client.get(url(world)).status_code == status


def test_break_glass_is_not_for_a_unit_that_was_not_invited(world, now, client):
    unit = make_institution(
        "police_unit", "Millbrook CT", world.district, unit_function="counter_terrorism"
    )
    who = make_person(unit, "officer")
    client.force_login(who)

    assert client.get(url(world)).status_code == 404
    BreakGlassGrant.objects.create(
        institution=world.mosque,
        contact=Contact.objects.get(user=who),
        reason="emergency",
        opened_at=now,
        closes_at=now + HOUR,
    )
    assert client.get(world.mosque.get_absolute_url()).status_code == 404


def test_break_glass_form_asks_for_a_reason(world, client):
    client.force_login(world.far_sergeant)
    show_again(client, world.far_sergeant)
    response = client.post(url(world), {"reason": "", "hours": 9})

    assert set(response.context["form"].errors) == {"reason", "hours"}
    assert not BreakGlassGrant.objects.exists()


def test_officers_from_elsewhere_find_the_way_on_the_page_before_they_come(world, client):
    rules = reverse("contacts:house-rules", args=[world.mosque.ref])
    client.force_login(world.far_sergeant)
    assert url(world) in client.get(rules).content.decode()
    client.force_login(world.sergeant)
    assert url(world) not in client.get(rules).content.decode()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contacts_breakglassgrant SET closes_at = closes_at + interval '1 h'",
        "DELETE FROM contacts_breakglassgrant",
    ],
)
@pytest.mark.parametrize("role", ["portal_app", "portal_task", "portal_owner"])
def test_grant_is_never_lengthened_or_removed(world, now, role, statement):
    opened(world, world.far_sergeant, at=now)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with as_role(role), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)
