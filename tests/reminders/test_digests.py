"""The digests through the real worker, beat and outbox: one each, with the right lines."""

import datetime as dt

import pytest
from django.utils import timezone

from config.dashboard.tasks import schedule_digests
from config.outbox.models import Message
from config.web.templatetags.ui import day
from contacts.models import Preferences, User
from events.actions.visits import log_visit
from partnerships.actions.commitments import propose_commitment
from partnerships.models import Partnership
from tests.roles import as_owner

from .moving import run_twice, settle

TYPED = "Walk the car park at closing time"
OWED = "Millbrook West team promised you: due "
ROLES = (
    "sergeant",
    "officer",
    "inspector",
    "commander",
    "coordinator",
    "imam",
    "member",
    "umbrella_lead",
)


@pytest.fixture
def due_tomorrow(world):
    """Have everybody's digest leave at the next hour that comes once within the coming day."""
    hour = 8 if timezone.localtime().hour >= 8 else 20
    on = timezone.localdate() + dt.timedelta(days=hour == 8)
    chosen = {"digest": "weekly", "digest_weekday": on.weekday(), "digest_hour": hour}
    with as_owner():
        for user in User.objects.exclude(pk=world.stranger.pk):
            Preferences.objects.create(user=user, **chosen)
        Partnership.objects.update(last_contact_on=timezone.localdate())


@pytest.fixture
def waiting(world, due_tomorrow):
    """A visit without its note, a promise soon due, and one that is long late."""
    log_visit(
        partnership=world.partnership,
        kind="visit",
        purposes=["reassurance"],
        on=timezone.localdate() - dt.timedelta(days=1),
        starts=dt.time(0, 5),
        duration_minutes=30,
        initiated_by="police",
        side="police",
        officers=[world.officer.contact],
        by=world.officer,
        at=timezone.now(),
    )
    promise(world, in_days=5)
    promise(world, in_days=-20, at=timezone.now() - dt.timedelta(days=40))
    own = {"owner_side": "institution", "side": "institution", "by": world.umbrella_lead}
    promise(world, in_days=5, partnership=world.umbrella_partnership, **own)


def promise(world, *, in_days, **changes):
    given = {
        "partnership": world.partnership,
        "text": TYPED,
        "owner_side": "police",
        "side": "police",
        "due_on": timezone.localdate() + dt.timedelta(days=in_days),
        "by": world.sergeant,
        "at": timezone.now(),
        "mail": False,
    }
    return propose_commitment(**given | changes)


def let_the_hour_come():
    """Move the digests' dates a day back; the outbox does the rest."""
    day_back = dt.timedelta(days=1)
    with as_owner():
        for message in Message.objects.filter(kind__endswith="_digest", state="pending"):
            message.due_at, message.next_try_at = (
                message.due_at - day_back,
                message.due_at - day_back,
            )
            message.save()
    settle()


def digests(mail_sink):
    found = [m for m in mail_sink.messages if m["Subject"].startswith("What waits for you")]
    return {(message["X-Envelope-To"], number): message for number, message in enumerate(found)}


def lines(message):
    text = message.get_body(("plain",)).get_content()
    return [line.removeprefix("* ") for line in text.splitlines() if line.startswith("* ")]


@pytest.mark.usefixtures("worker_and_beat")
def test_each_role_gets_one_digest_with_its_lines(world, waiting, mail_sink):
    run_twice(schedule_digests)
    assert digests(mail_sink) == {}

    let_the_hour_come()
    run_twice(schedule_digests)

    came = {who: message for (who, _number), message in digests(mail_sink).items()}
    expected = lines_by_role()
    assert {who: lines(message) for who, message in came.items()} == {
        getattr(world, role).email: expected[role] for role in ROLES
    }
    assert len(digests(mail_sink)) == len(came)  # nobody had two
    for message in came.values():
        assert_well_made(message)


def assert_well_made(message):
    html = message.get_body(("html",)).get_content()
    text = message.get_body(("plain",)).get_content()
    assert all(line.replace("'", "&#x27;") in html for line in lines(message))
    assert TYPED not in html + text
    assert message["List-Unsubscribe"].strip(" <>") in text
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def lines_by_role():
    today = timezone.localdate()
    visit, soon, late = (day(today + dt.timedelta(days=n)) for n in (-1, 5, -20))
    team = [
        f"Finish and share the note: Visit, Masjid An-Noor, {visit}",
        f"You promised Masjid An-Noor: due {late} (20 days ago)",
        f"You promised Masjid An-Noor: due {soon} (in 5 days)",
    ]
    mosque = [f"{OWED}{late} (20 days ago)", f"{OWED}{soon} (in 5 days)"]
    late_line = f"Late promise to Masjid An-Noor: due {late} (20 days ago)"
    return {
        "sergeant": team,
        "officer": team,
        "inspector": [late_line],
        "commander": [late_line],
        "coordinator": [
            late_line,
            "Promises kept by police: 0% of 1 that fell due",
            "0 of 4 that joined confirmed a visit; contact missed at 0",
            "Police asked for 1 of 1 visits held",
        ],
        "imam": mosque,
        "member": mosque,
        "umbrella_lead": [f"You promised Millbrook Command: due {soon} (in 5 days)"],
    }


@pytest.mark.usefixtures("worker_and_beat")
def test_digest_that_is_empty_or_not_wanted_does_not_leave(world, due_tomorrow, mail_sink):
    run_twice(schedule_digests)
    promise(world, in_days=5)
    with as_owner():
        Preferences.objects.filter(user=world.sergeant).update(digest="off")
    let_the_hour_come()

    who = {who for who, _number in digests(mail_sink)}
    assert world.sergeant.email not in who  # has turned it off meanwhile
    assert world.other_imam.email not in who  # nothing waits
    assert world.officer.email in who
    states = Message.objects.filter(kind__endswith="_digest").values_list("state", flat=True)
    assert set(states) == {"sent", "cancelled"}
