"""When people in the demo do things: by day, whatever the minute at which it is built."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localdate, localtime

from config.london import at_local

FIRST, LAST = time(9, 5), time(20)
DAY = timedelta(days=1)


def evening_before(now: datetime) -> datetime:
    """Return the evening at which the story ends, the same for every minute of a day."""
    return at_local(localdate(now) - DAY, time(19))


def by_day(moment: datetime) -> datetime:
    """Return ``moment``, or the next morning where it falls into the night. Keeps order."""
    local = localtime(moment)
    if local.time() < FIRST:
        return at_local(local.date(), FIRST)
    if local.time() > LAST:
        return at_local(local.date() + DAY, FIRST)
    return moment


def at_work(day: datetime, rng) -> datetime:
    """Return some moment of that day's working hours."""
    return at_local(localdate(day), time(rng.randint(10, 16), rng.choice((0, 10, 25, 40))))
