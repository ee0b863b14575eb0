"""The seal of the logs leaves the portal each day, and stands in the coordinator's digest."""

import datetime as dt

import pytest
from django.db import transaction

from config.audit import chains
from config.audit.actions import record
from config.dashboard.anchors import send_anchor
from config.dashboard.digests.compose import compose
from config.outbox.delivery import drain
from contacts.models import User
from tests.roles import as_task

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 8, 15, tzinfo=dt.UTC)
KEEPERS = ["panel@example.org", "dpo@police.example"]


@pytest.fixture
def sealed(world, settings):
    settings.AUDIT_ANCHOR_TO = KEEPERS
    record("contacts.institution_changed", subject=world.mosque, by=world.imam, at=AT)


def send(*, at=AT):
    with as_task():
        send_anchor(at=at)
        moments = iter(at + dt.timedelta(milliseconds=n) for n in range(1000))
        drain(clock=lambda: next(moments))


def test_send_anchor_mails_the_heads_once_a_day_to_each_who_keeps_them(sealed, mailoutbox):
    send()
    send(at=AT + dt.timedelta(hours=2))
    with as_task():
        heads = chains.heads()

    assert sorted(mail.to for mail in mailoutbox) == sorted([address] for address in KEEPERS)
    assert mailoutbox[0].subject == "Seal of the audit trail, Monday 23 November 2026"
    assert [head.chain for head in heads] == ["entry", "row"]
    assert chains.read_anchor(mailoutbox[0].body) == heads


def test_send_anchor_again_the_next_day(sealed, mailoutbox):
    send()
    send(at=AT + dt.timedelta(days=1))

    assert len(mailoutbox) == 4


def test_send_anchor_leaves_out_an_address_that_was_taken_away(sealed, mailoutbox, settings):
    with as_task(), transaction.atomic():
        send_anchor(at=AT)
    settings.AUDIT_ANCHOR_TO = KEEPERS[:1]
    send()

    assert [mail.to for mail in mailoutbox] == [KEEPERS[:1]]


def test_the_mail_is_an_anchor_that_verify_audit_reads(sealed, mailoutbox):
    send()
    with as_task():
        assert chains.faults(chains.read_anchor(mailoutbox[0].body)) == []


def test_coordinator_digest_says_where_the_logs_stand(sealed, world):
    with as_task():
        chains.seal()
        heads = chains.heads()
        digest = compose(User.objects.get(pk=world.coordinator.pk), at=AT)

    told = " ".join(line.text for line in digest.footers)
    assert chains.read_anchor(told) == heads
