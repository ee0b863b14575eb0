"""A promised message leaves through the real processes, with a broker and without."""

import pytest
from django.urls import reverse

from tests.support.mail import links
from tests.support.processes import Processes

NO_BROKER = "redis://127.0.0.1:1/0"


@pytest.fixture
def outbox_loop_alone(transactional_db, mail_sink):
    running = Processes(EMAIL_PORT=str(mail_sink.port), REDIS_URL=NO_BROKER)
    running.start_outbox()
    yield running
    running.stop()


def ask_for_a_new_password(client, user):
    client.post(reverse("account_reset_password"), {"email": user.email})


def test_reset_mail_leaves_through_worker_and_loop_once(client, world, worker_and_beat, mail_sink):
    ask_for_a_new_password(client, world.imam)

    message = mail_sink.wait_for(world.imam.email)

    assert any("/accounts/password/reset/key/" in link for link in links(message))
    assert len(mail_sink.messages) == 1


def test_reset_mail_leaves_without_a_broker(client, world, outbox_loop_alone, mail_sink):
    ask_for_a_new_password(client, world.imam)

    assert mail_sink.wait_for(world.imam.email)
