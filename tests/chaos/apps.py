"""The kind of message that the drill sends, known to its worker, loop and tests alike."""

from datetime import timedelta

from django.apps import AppConfig

from config.outbox import kinds
from config.outbox.kinds import Kind, Mail, Recipient

CODE = "chaos.notice"
LOCAL_PARTS = {1: "gone", 2: "greylist"}  # by number modulo 25; 0 is no longer due


def _number(message):
    return int(message.about_id)


def _recipient(message):
    local_part = LOCAL_PARTS.get(_number(message) % 25, "reader")
    return Recipient(f"{local_part}{message.about_id}@mosque.example")


NOTICE = Kind(
    code=CODE,
    still_due=lambda message: _number(message) % 25 != 0,
    recipient=_recipient,
    render=lambda message: Mail(f"Notice {message.about_id}", "Now and then one arrives twice.\n"),
    give_up_after=timedelta(hours=1),
    quiet=False,
)


class ChaosConfig(AppConfig):
    name = "tests.chaos"

    def ready(self):
        kinds.register(NOTICE)
