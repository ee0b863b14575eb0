import datetime as dt
import itertools
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP

from contacts.models import (
    Contact,
    Institution,
    OfficerProfile,
    PolicingArea,
    Purpose,
    Rank,
    RoleHolding,
    RoleType,
    Topic,
    User,
)
from contacts.standing import PARTNER_ROLES
from partnerships.models import LeadAssignment, Partnership
from tests.roles import as_owner

LONG_AGO = dt.date(2024, 1, 1)
PASSWORD = "correct horse battery staple"
TOTP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # in everybody's authenticator app
RANKS = {
    "officer": ("pc", "Police Constable", "PC", 20),
    "sergeant": ("sgt", "Sergeant", "PS", 30),
    "inspector": ("insp", "Inspector", "Insp", 40),
    "commander": ("supt", "Superintendent", "Supt", 60),
    "coordinator": ("staff", "Police staff", "Staff", 5),
}
_numbers = itertools.count(1)


def _reference(model, code, label, **extra):
    return model.objects.get_or_create(code=code, defaults={"labels": {"en": label}, **extra})[0]


def make_institution(kind, name, area, **fields):
    with as_owner():
        if kind in {"police_team", "police_unit"}:
            fields.setdefault("unit_function", "neighbourhood")
        made = Institution.objects.create(
            kind=kind, name=name, area=area, added_on=LONG_AGO, **fields
        )
        return Institution.objects.select_related("area").get(pk=made.pk)


def make_contact(institution, name, *, role=None, named=True, user=None, **fields):
    with as_owner():
        return Contact.objects.create(
            institution=institution,
            name=name,
            name_agreed_on=LONG_AGO if named else None,
            shown_role=role,
            user=user,
            added_on=LONG_AGO,
            **fields,
        )


def make_person(institution, access_role, name=None, *, role_code="chair", **fields):
    """Make an account, its contact and one role; return the ``User`` (``.contact`` works).

    Whose role needs an authenticator app has one; ``tests.support.factors`` knows its codes.
    """
    number = next(_numbers)
    name = name or f"Person {number}"
    with as_owner():
        user = User.objects.create_user(f"person{number}@example.org", PASSWORD)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        role = None
        if access_role not in RANKS:
            role = _reference(RoleType, role_code, role_code.replace("_", " ").capitalize())
        contact = make_contact(institution, name, role=role, user=user, **fields)
        if access_role in RANKS:
            code, label, short, position = RANKS[access_role]
            rank = _reference(Rank, code, label, abbreviation=short, position=position)
            OfficerProfile.objects.create(contact=contact, institution=institution, rank=rank)
        RoleHolding.objects.create(
            contact=contact,
            institution=institution,
            access_role=access_role,
            role_type=role,
            held_from=LONG_AGO,
        )
        if access_role not in PARTNER_ROLES:
            TOTP.activate(user, TOTP_KEY)
    return user


def make_editor(email):
    """Make an account without a role that keeps the lists in Django's admin, with its app."""
    with as_owner():
        user = User.objects.create_user(email, PASSWORD, is_staff=True)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        TOTP.activate(user, TOTP_KEY)
    return user


def make_partnership(institution, team, *, state="active", named=None, cover=None, **fields):
    with as_owner():
        made = Partnership.objects.create(
            institution=institution,
            police_unit=team,
            state=state,
            added_on=LONG_AGO,
            joined_on=LONG_AGO if state == "active" else None,
            state_since=LONG_AGO,
            **fields,
        )
        if made.joined_on:
            Institution.objects.filter(pk=institution.pk).update(joined_on=made.joined_on)
            institution.joined_on = made.joined_on
        for role, officer in (("named_officer", named), ("cover", cover)):
            if officer is not None:
                LeadAssignment.objects.create(
                    partnership=made,
                    institution=institution,
                    role=role,
                    officer=officer.contact,
                    held_from=LONG_AGO,
                )
        return Partnership.objects.for_detail().get(pk=made.pk)


EVERYBODY = (
    "sergeant",
    "officer",
    "inspector",
    "commander",
    "coordinator",
    "far_sergeant",
    "imam",
    "member",
    "other_imam",
    "far_imam",
    "umbrella_lead",
    "stranger",
)


@dataclass
class World:
    """Two districts of one force; ours has a team, two mosques and an umbrella body."""

    force_area: PolicingArea = None
    district: PolicingArea = None
    neighbourhood: PolicingArea = None
    other_neighbourhood: PolicingArea = None
    force: Institution = None
    command: Institution = None
    team: Institution = None
    other_team: Institution = None
    mosque: Institution = None
    other_mosque: Institution = None
    far_mosque: Institution = None
    umbrella: Institution = None
    partnership: Partnership = None
    other_partnership: Partnership = None
    far_partnership: Partnership = None
    umbrella_partnership: Partnership = None
    people: dict = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def _area(level, name, parent=None):
    made = PolicingArea.objects.create(level=level, name=name, parent=parent, valid_from=LONG_AGO)
    made.refresh_from_db()
    return made


def make_world() -> World:
    """Make the district and its people (EVERYBODY); the imams are mosque leads."""
    world = World()
    with as_owner():
        for code, label in (("reassurance", "Reassurance"), ("getting_to_know", "Getting to know")):
            _reference(Purpose, code, label)
        for code, label in (("road_safety", "Road safety"), ("mosque_safety", "Mosque safety")):
            _reference(Topic, code, label)
        world.force_area = _area("force", "Northshire Police")
        world.district = _area("district", "Millbrook", world.force_area)
        far_district = _area("district", "Eastvale", world.force_area)
        world.neighbourhood = _area("neighbourhood", "Millbrook West", world.district)
        world.other_neighbourhood = _area("neighbourhood", "Eastvale North", far_district)
    world.force = make_institution("police_force", "Northshire Police", world.force_area)
    world.command = make_institution("police_unit", "Millbrook Command", world.district)
    world.team = make_institution(
        "police_team", "Millbrook West team", world.neighbourhood, inbox_email="west@police.example"
    )
    world.other_team = make_institution(
        "police_team", "Eastvale North team", world.other_neighbourhood
    )
    world.mosque = make_institution("mosque", "Masjid An-Noor", world.neighbourhood)
    world.other_mosque = make_institution("mosque", "Rosehill Mosque", world.neighbourhood)
    world.far_mosque = make_institution("mosque", "Eastvale Mosque", world.other_neighbourhood)
    world.umbrella = make_institution("umbrella_body", "Millbrook Mosques Forum", world.district)
    people = world.people
    people["sergeant"] = make_person(world.team, "sergeant", "Amina Holt")
    people["officer"] = make_person(world.team, "officer", "Ben Carver")
    people["inspector"] = make_person(world.team, "inspector", "Ruth Dale")
    people["commander"] = make_person(world.command, "commander", "Colin Marsh")
    people["coordinator"] = make_person(world.force, "coordinator", "Priya Sandhu")
    people["far_sergeant"] = make_person(world.other_team, "sergeant", "Tom Field")
    people["imam"] = make_person(world.mosque, "mosque_lead", "Yusuf Rahman", role_code="imam")
    people["member"] = make_person(
        world.mosque, "mosque_member", "Sara Malik", role_code="womens_lead"
    )
    people["other_imam"] = make_person(world.other_mosque, "mosque_lead", "Idris Khan")
    people["far_imam"] = make_person(world.far_mosque, "mosque_lead", "Hamza Noor")
    people["umbrella_lead"] = make_person(
        world.umbrella, "umbrella_lead", "Nadia Aslam", role_code="umbrella_officer"
    )
    with as_owner():
        people["stranger"] = User.objects.create_user("stranger@example.org", PASSWORD)
    leads = {"named": world.sergeant, "cover": world.officer}
    world.partnership = make_partnership(world.mosque, world.team, cadence_days=90, **leads)
    world.other_partnership = make_partnership(world.other_mosque, world.team, **leads)
    world.far_partnership = make_partnership(
        world.far_mosque, world.other_team, named=world.far_sergeant
    )
    world.umbrella_partnership = make_partnership(world.umbrella, world.command)
    return world


def panel_member(world):
    """Return somebody of the force's scrutiny panel, the same one each time."""
    if "scrutineer" not in world.people:
        panel = make_institution("panel", "Northshire panel", world.force_area)
        world.people["scrutineer"] = make_person(panel, "scrutineer", "Iris Vale")
    return world.people["scrutineer"]
