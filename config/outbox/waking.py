"""Telling a worker that there is mail, without ever making a request wait for it."""

import logging
import time

from kombu.exceptions import OperationalError

from config.celery import app

from . import knobs

logger = logging.getLogger(__name__)

# A broker on the same network answers in milliseconds; a request must not pay for one that is away.
_IMPATIENT = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2, "max_retries": 0}
_rest = {"until": 0.0}


def wake() -> None:
    """Ask a worker to drain now; without a broker, beat and loop find the message anyway."""
    if time.monotonic() < _rest["until"]:
        return
    try:
        with app.connection(transport_options=_IMPATIENT) as connection:
            app.send_task(
                "outbox.drain", connection=connection, retry=False, expires=20, ignore_result=True
            )
    except (OperationalError, OSError) as error:
        _rest["until"] = time.monotonic() + knobs.WAKE_REST.total_seconds()
        logger.warning("outbox: the broker did not answer (%s)", type(error).__name__)
