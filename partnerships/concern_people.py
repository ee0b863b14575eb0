"""To whom mail about a concern goes, as references; each function says what it queries."""

from datetime import date

from django.db.models import Q

from config.outbox.kinds import To
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import Contact, Institution, RoleHolding

from .circle import ACTING_POLICE, people_of_side
from .models import Concern, Partnership, Side

RUNGS = ("sergeant", "inspector", "commander")
LEVEL_RUNGS = {Concern.Level.INSPECTOR: "inspector", Concern.Level.COMMANDER: "commander"}


def who_may_answer(partnership: Partnership, *, on: date):
    """Build the queryset of officers who may be named to answer: of the area, or of the unit."""
    roles = ACTING_POLICE | {"commander"}
    near = Q(institution__area__in=partnership.institution.area.lineage)
    holdings = RoleHolding.objects.open_and_acting_on(on).filter(
        near | Q(institution=partnership.police_unit_id),
        institution__kind__in=Institution.POLICE_KINDS,
        access_role__in=roles,
    )
    people = Contact.objects.for_list().filter(pk__in=holdings.values("contact"))
    return people.order_by("name", "pk")


def answerers(concern: Concern, *, on: date) -> list[To]:
    """Return named officer, cover and the team's inbox. One query."""
    people = people_of_side(concern.partnership, Side.POLICE, on=on)
    return to_people(people) + inbox_of(concern.partnership.police_unit)


def inbox_of(unit: Institution) -> list[To]:
    return [To.inbox(unit)] if unit.inbox_email else []


def owner(concern: Concern, *, on: date) -> list[To]:
    """Return who is to answer, deputies included; named officer and cover where nobody is.

    Up to two queries.
    """
    if concern.answerer_id is None:
        rung = LEVEL_RUNGS.get(concern.level)
        found = to_people(on_rung(rung, over=concern.institution, on=on)) if rung else []
        return found or answerers(concern, on=on)
    holdings = (
        RoleHolding.objects.open_and_acting_on(on)
        .filter(contact=concern.answerer_id, contact__user__is_active=True)
        .exclude(access_role="")
        .select_related("contact")
        .with_deputies(on=on)
    )
    people = []
    for holding in holdings:
        people += [holding.contact, *(standing.deputy for standing in holding.acting)]
    return to_people(people) or answerers(concern, on=on)


def raiser(concern: Concern, *, on: date) -> list[To]:
    """Return who raised it; the institution's leads where they have no account or have left."""
    person = [concern.raised_by] if _still_stands(concern, on=on) else []
    return to_people(person) or raising_side(concern, on=on)


def raising_side(concern: Concern, *, on: date) -> list[To]:
    people = people_of_side(concern.partnership, Side.INSTITUTION, on=on)
    return to_people(people) + inbox_of(concern.institution)


def _still_stands(concern, *, on):
    if concern.raised_by_id is None:
        return False
    holdings = RoleHolding.objects.open_on(on).filter(contact=concern.raised_by_id)
    return holdings.filter(institution=concern.institution_id).exists()


def standing_on(rung: str, concern: Concern, *, on: date) -> list[To]:
    """Return who stands there or, where nobody does, above; the team's inbox where nobody does."""
    for step in RUNGS[RUNGS.index(rung) :]:
        if found := to_people(on_rung(step, over=concern.institution, on=on)):
            return found
    return inbox_of(concern.partnership.police_unit)


def coordinators(concern: Concern, *, on: date) -> list[To]:
    return to_people(on_rung("coordinator", over=concern.institution, on=on))


def of_level(concern: Concern, *, on: date) -> list[To]:
    """Return who is obliged at the concern's level: its rank, or the coordinator for the panel."""
    if concern.level == Concern.Level.PANEL:
        return coordinators(concern, on=on)
    return standing_on(LEVEL_RUNGS[concern.level], concern, on=on)


def next_level(concern: Concern, *, on: date) -> int:
    """Return the level to which a challenge goes: the next at which somebody else can answer."""
    for level in (Concern.Level.INSPECTOR, Concern.Level.COMMANDER):
        if level <= concern.level:
            continue
        people = on_rung(LEVEL_RUNGS[level], over=concern.institution, on=on)
        if any(_is_another(person, concern) for person in people):
            return level
    return Concern.Level.PANEL


def _is_another(person: Contact, concern: Concern) -> bool:
    return person.pk != concern.first_answerer_id
