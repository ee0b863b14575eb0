"""How patient the outbox is, from the environment, so that a drill can run it in fast motion."""

from datetime import time, timedelta

from django.core.exceptions import ImproperlyConfigured

from config import env


def _seconds(name: str, default: int) -> timedelta:
    return timedelta(seconds=env.integer(f"OUTBOX_{name}_SECONDS", default))


def _hours(name: str, default: str) -> tuple[time, time]:
    """Read a stretch of the day like "21:00-08:00"."""
    written = env.text(name, default)
    try:
        starts, until = (time.fromisoformat(part.strip()) for part in written.split("-"))
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is {written!r}. Set it to two times of the day, like {default}."
        ) from None
    return starts, until


BATCH = env.integer("OUTBOX_BATCH", 20)  # messages a claim, sent over one connection
LEASE = _seconds("LEASE", 300)  # how long a claim keeps other senders away
BACKOFF = _seconds("BACKOFF", 30)  # the first wait after a temporary refusal; doubles
BACKOFF_CAP = _seconds("BACKOFF_CAP", 900)
STINT = _seconds("STINT", 60)  # a drain ends then: well below CELERY_TASK_TIME_LIMIT
BEAT = _seconds("BEAT", 20)  # how often a worker looks, whether woken or not
LOOP_PAUSE = _seconds("LOOP_PAUSE", 1)  # how often `outbox --loop` looks
OUTAGE_PAUSE = _seconds("OUTAGE_PAUSE", 15)  # and how long it waits when mail or database is down
WAKE_REST = _seconds("WAKE_REST", 30)  # no waking for so long after the broker did not answer
KEEP = timedelta(days=env.integer("OUTBOX_KEEP_DAYS", 90))  # an ended row, so nothing is re-armed
# When nothing is sent, London wall time: every night, and on Fridays around Jumu'ah.
QUIET_NIGHT = _hours("QUIET_NIGHT", "21:00-08:00")
QUIET_FRIDAY = _hours("QUIET_FRIDAY", "12:00-15:00")
