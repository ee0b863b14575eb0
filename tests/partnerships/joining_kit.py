"""A mosque on its way to joining, moved through the actions."""

import datetime as dt
from dataclasses import dataclass

from contacts.models import Institution
from partnerships.actions import agreements, joining
from partnerships.actions.leads import set_leads
from partnerships.actions.partnerships import add_institution
from partnerships.models import Partnership
from tests.factories import make_person
from tests.roles import as_owner

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 2)
REVIEW = dt.date(2027, 10, 1)
PARTS = {"purposes": "We meet and talk.", "complaints": "Ring the inspector."}


@dataclass
class Newcomer:
    """``chair`` and ``secretary`` lead it; both have accepted."""

    partnership: Partnership
    chair: object
    secretary: object

    @property
    def state(self):
        return Partnership.objects.get(pk=self.partnership.pk).state


def newcomer(world, **changes) -> Newcomer:
    """Add a mosque with a published number that has neither asked nor been invited."""
    given = {
        "kind": "mosque",
        "name": "Masjid Al-Falah",
        "area": world.neighbourhood,
        "police_unit": world.team,
        "public_phone": "0161 496 0911",
        "by": world.sergeant,
        "at": AT,
    }
    partnership = add_institution(**given | changes)
    place = Institution.objects.get(pk=partnership.institution_id)
    return Newcomer(
        partnership, make_person(place, "mosque_lead"), make_person(place, "mosque_lead")
    )


def check(new, kind, by, **changes):
    given = {"checked_on": TODAY, "by": by, "at": AT} | changes
    if kind == "register":
        given = {"register_number": "1234567"} | given
    return joining.record_check(partnership=new.partnership, kind=kind, **given)


def asked(world, **changes):
    new = newcomer(world, **changes)
    joining.record_application(partnership=new.partnership, by=world.sergeant, at=AT)
    return new


def verified(world):
    new = asked(world)
    check(new, "register", world.coordinator)
    check(new, "phone_back", world.coordinator)
    check(new, "in_person", world.sergeant)
    return new


def confirm(world, new, lead, **changes):
    given = {"officer": world.sergeant.contact, "held_on": TODAY, "by": lead, "at": AT}
    return joining.confirm_limits(partnership=new.partnership, **given | changes)


def met(world):
    new = verified(world)
    for lead in (new.chair, new.secretary):
        confirm(world, new, lead)
    return new


def draft(new, by, *, side="police", **changes):
    given = {
        "parts": PARTS,
        "cadence_days": 60,
        "review_on": REVIEW,
        "side": side,
        "by": by,
        "at": AT,
    }
    return agreements.draft_agreement(partnership=new.partnership, **given | changes)


def drafted(world):
    """Return the newcomer and its draft; named officer and cover are set."""
    new = met(world)
    set_leads(
        partnership=new.partnership,
        named=world.sergeant.contact,
        cover=world.officer.contact,
        by=world.coordinator,
        at=AT,
    )
    return new, draft(new, world.sergeant)


def sign(agreement, by, *, side, version=1):
    return agreements.sign_agreement(agreement=agreement, version=version, side=side, by=by, at=AT)


def sign_all(world, new, agreement, *, version=1):
    for lead in (new.chair, new.secretary):
        sign(agreement, lead, side="institution", version=version)
    sign(agreement, world.inspector, side="police", version=version)


def set_state(partnership, state):
    with as_owner():
        Partnership.objects.filter(pk=partnership.pk).update(state=state)
