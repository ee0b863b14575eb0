"""The first set-up of a force: its area, its institution, its first coordinator."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from contacts.models import Contact, Institution, PoliceForce, PolicingArea, Rank, RoleHolding

from .areas import add_area
from .institutions import create_institution
from .people import add_officer, invite_person
from .reference import load_reference

Level = PolicingArea.Level


@dataclass
class Setup:
    """What is there now; ``made`` lists what this run added, by kind."""

    institution: Institution = None
    coordinator: Contact = None
    made: list[str] = field(default_factory=list)


@transaction.atomic
def set_up_force(
    *,
    force: PoliceForce,
    name: str,
    coordinator_name: str,
    coordinator_email: str,
    at: datetime,
    district: str = "",
    neighbourhood: str = "",
) -> Setup:
    """Make what is missing of a force; run again, it adds nothing twice.

    Raises:
        ValidationError: a name does not do.
    """
    load_reference()
    setup = Setup()
    top = _area(setup, Level.FORCE, name or force.label, None, at=at)
    if district:
        below = _area(setup, Level.DISTRICT, district, top, at=at)
        if neighbourhood:
            _area(setup, Level.NEIGHBOURHOOD, neighbourhood, below, at=at)
    setup.institution = _institution(setup, top, at=at)
    setup.coordinator = _coordinator(setup, coordinator_name, coordinator_email, at=at)
    return setup


@transaction.atomic
def add_panel_member(*, force: PolicingArea, name: str, email: str, at: datetime) -> Setup:
    """Add a member of a force's scrutiny panel and invite them; the panel too, if there is none.

    By whoever runs the portal and by no officer: a force does not choose who scrutinises it.
    Run again with the same address, it adds nothing.

    Raises:
        ValidationError: a name does not do.
    """
    setup, role = Setup(), RoleHolding.AccessRole.SCRUTINEER
    panel = Institution.objects.of_panels().filter(area=force).first()
    if panel is None:
        called = _("Scrutiny panel of %(force)s") % {"force": force.name}
        panel = create_institution(
            kind=Institution.Kind.PANEL, name=called, area=force, by=None, at=at
        )
        setup.made.append(f"institution {panel.name}")
    setup.institution = panel
    if not Contact.objects.with_role_at(panel, role).reached_by(email).exists():
        invite_person(institution=panel, name=name, email=email, access_role=role, by=None, at=at)
        setup.made.append(f"panel member {name}")
    return setup


def _area(setup, level, name, parent, *, at):
    found = PolicingArea.objects.current(on=localdate(at)).filter(
        level=level, name=name, parent=parent
    )
    area = found.first()
    if area is None:
        area = add_area(level=level, name=name, parent=parent, by=None, at=at)
        setup.made.append(f"{level} {name}")
    return area


def _institution(setup, area, *, at):
    kind = Institution.Kind.POLICE_FORCE
    institution = Institution.objects.current().filter(kind=kind, area=area).first()
    if institution is None:
        institution = create_institution(kind=kind, name=area.name, area=area, by=None, at=at)
        setup.made.append(f"institution {area.name}")
    return institution


def _coordinator(setup, name, email, *, at):
    role = RoleHolding.AccessRole.COORDINATOR
    known = Contact.objects.with_role_at(setup.institution, role).reached_by(email).first()
    if known is not None:
        return known
    contact = add_officer(
        unit=setup.institution,
        name=name,
        email=email,
        rank=Rank.objects.get(code="staff"),
        access_role=role,
        by=None,
        at=at,
    )
    setup.made.append(f"coordinator {name}")
    return contact
