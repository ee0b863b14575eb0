"""Reading the records of many institutions within an hour is told to those who should ask why."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate

from config.audit.actions import record
from config.audit.models import AccessEvent, Entry
from config.outbox import kinds
from config.outbox.actions import schedule
from config.outbox.kinds import To
from contacts.ladder import leads_of, on_rung
from contacts.mail import plain_kind, to_people
from contacts.models import Contact, Institution, User

from . import looked

FOUND = "dashboard.bulk_reading_found"
TO_WATCHERS, TO_INSTITUTION = "dashboard.bulk_reading", "dashboard.bulk_reading_of_us"
WINDOW = timedelta(minutes=70)  # an hour, and the ten minutes since this was last looked into
WATCHERS = ("coordinator", "scrutineer")


def tell_of_bulk_reading(*, at: datetime) -> None:
    """Tell of each account that read more institutions than the limit; each is told once a day."""
    reads = AccessEvent.objects.filter(at__gt=at - WINDOW, at__lte=at).order_by()
    readers = reads.values("actor_id").annotate(n=Count("institution_id", distinct=True))
    for reader in readers.filter(n__gt=settings.PORTAL_CLOCKS["bulk_reading"]):
        read = reads.filter(actor_id=reader["actor_id"]).values("institution_id").distinct()
        _tell(User(pk=reader["actor_id"]), read, at=at)


@transaction.atomic
def _tell(reader, read, *, at):
    day = localdate(at)
    places = list(Institution.objects.filter(pk__in=read).select_related("area").order_by("pk"))
    if not Entry.objects.about(reader).filter(action=FOUND, details__on=str(day)).exists():
        record(FOUND, subject=reader, by=None, at=at, on=day, institutions=len(places))
    watchers: dict[To, Institution] = {}
    for place in places:
        for person in to_people(leads_of(place, on=day)):
            _promise(TO_INSTITUTION, place, person, f"{day}:{reader.pk}", at)
        for role in WATCHERS:
            for person in to_people(on_rung(role, over=place, on=day)):
                watchers.setdefault(person, place)
    for person, place in watchers.items():
        context = {"institution": place.pk, "n": len(places)}
        _promise(TO_WATCHERS, reader, person, day, at, **context)


def _promise(kind, about, recipient, occurrence: str | date, at, **context):
    schedule(
        kind,
        about=about,
        recipient=recipient,
        occurrence=occurrence,
        due_at=at,
        at=at,
        context=context,
    )


def register():
    for kind, context in ((TO_WATCHERS, _for_watchers), (TO_INSTITUTION, _for_institution)):
        kinds.register(
            plain_kind(
                kind,
                template=kind.replace(".", "/"),
                still_due=lambda message: True,
                context=context,
                give_up_after=timedelta(days=3),
            )
        )


def _for_watchers(message):
    place = Institution.objects.get(pk=message.context["institution"])
    reader = Contact.objects.by_user([message.about_id]).get(int(message.about_id))
    return {
        "n": message.context["n"],
        "institution": place.name,
        "reference": looked.reference_of(reader, place) if reader else "",
        "path": reverse("access-log", args=[place.ref]),
        "limit": settings.PORTAL_CLOCKS["bulk_reading"],
    }


def _for_institution(message):
    place = Institution.objects.get(pk=message.about_id)
    return {"institution": place.name, "path": reverse("access-log", args=[place.ref])}
