"""Whom a consultation concerns on a day; each says what it queries."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Func

from config.outbox.kinds import To
from contacts.ladder import leads_of, on_rung
from contacts.mail import to_people
from contacts.models import Membership

from .audience import leads
from .models import Consultation, Partnership


def meant_by(consultation: Consultation):
    """Build the queryset of partnerships whose institutions are asked: all that go on there.

    The umbrella body is asked wherever it lies; other umbrella bodies are asked as bodies.
    """
    rows = Partnership.objects.joined_in(consultation.force_id, consultation.areas)
    convenor = Partnership.objects.joined_in(consultation.force_id, ()).filter(
        institution=consultation.co_convenor_id
    )
    return rows | convenor


def members_of(consultation: Consultation, *, on: date) -> set[int]:
    """Return the ids of the institutions that belong to its umbrella body. Two queries.

    Whoever opens it may know of each of them only as one that is asked, so the database is asked.
    """
    rows = Membership.objects.open_on(on).filter(umbrella=consultation.co_convenor_id)
    asked = Func(
        consultation.pk,
        on,
        function="portal.members_asked",
        output_field=ArrayField(BigIntegerField()),
    )
    found = Consultation.objects.filter(pk=consultation.pk).values_list(asked, flat=True)
    return {*rows.values_list("member_id", flat=True), *found.get()}


def convenors(consultation: Consultation, *, on: date) -> list[To]:
    """Return the leads of the umbrella body. One query."""
    return to_people(leads_of(consultation.co_convenor, on=on))


def owners(consultation: Consultation, *, on: date) -> list[To]:
    """Return who decides, or the coordinators where nobody holds that rank; and the inbox."""
    unit = consultation.institution
    people = on_rung(consultation.owner_role, over=unit, on=on)
    people = people or on_rung("coordinator", over=unit, on=on)
    inbox = [To.inbox(unit)] if unit.inbox_email else []
    return [*to_people(people), *inbox]


def panel(consultation: Consultation, *, on: date) -> list[To]:
    return to_people(on_rung("scrutineer", over=consultation.institution, on=on))


def invited(consultation: Consultation, *, on: date, silent: bool = False) -> list[To]:
    """Return every lead of those who were asked; with ``silent``, of those yet to answer."""
    asked = consultation.invitees.values("institution")
    if silent:
        asked = asked.exclude(institution__in=consultation.responses.values("institution"))
    return _leads(asked, on=on)


def respondents(consultation: Consultation, *, on: date) -> list[To]:
    """Return every lead of those who answered. One query."""
    return _leads(consultation.responses.values("institution"), on=on)


def _leads(institutions, *, on):
    held = leads(on=on).filter(institution__in=institutions).order_by("contact__user_id")
    users = held.values_list("contact__user_id", flat=True)
    return [To("user", str(pk)) for pk in dict.fromkeys(users)]
