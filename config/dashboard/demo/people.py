"""Settles the cast of the demo: areas, units, institutions, people with their roles."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.utils.timezone import localdate

from contacts.actions.areas import add_area
from contacts.actions.institutions import add_police_team, add_weekly_time, write_house_rules
from contacts.actions.invitations import accept_invitation
from contacts.actions.people import add_officer, set_deputy
from contacts.actions.setup import add_panel_member, set_up_force
from contacts.models import (
    Contact,
    Institution,
    Invitation,
    Membership,
    PoliceForce,
    PolicingArea,
    Rank,
    RoleHolding,
    RoleType,
    User,
)
from partnerships.actions.leads import set_leads
from partnerships.actions.partnerships import (
    add_institution,
    invite_partner,
    pause_partnership,
)
from partnerships.models import Partnership

from . import cast, words
from .joining import join, stop_at


@dataclass
class Team:
    unit: Institution
    sergeant: User
    inspector: User
    officers: list[User] = field(default_factory=list)
    is_command: bool = False


@dataclass
class Home:
    """One institution, its partnership and the people of both sides who deal with each other."""

    partnership: Partnership
    team: Team
    joined_at: datetime | None = None
    people: list[User] = field(default_factory=list)

    @property
    def name(self):
        return self.partnership.institution.name

    @property
    def lead(self):
        return self.people[0]


@dataclass
class Cast:
    coordinator: User
    teams: list[Team]
    homes: list[Home]
    scrutineer: User


class Settler:
    """Brings everybody in, at ``began`` or a little later."""

    def __init__(self, *, rng, began: datetime):
        self.rng, self.began = rng, began
        self.officer_names = iter(cast.OFFICER_NAMES)
        self.men, self.women = self._names(cast.MEN), self._names(cast.WOMEN)
        self.areas, self.lines = {}, itertools.count(100)

    def _names(self, first_names):
        pairs = [f"{first} {last}" for first in first_names for last in cast.SURNAMES]
        self.rng.shuffle(pairs)
        return iter(pairs)

    def settle(self) -> Cast:
        coordinator = self._force()
        self._areas(coordinator)
        self._records_officers(coordinator)
        self._staff("administrator", cast.ADMINISTRATOR, "platform_admin", coordinator)
        command = self._unit(
            "police_unit",
            "Ashwell Community Engagement Unit",
            cast.DISTRICT,
            "community_engagement",
            coordinator,
        )
        commander = self.officer_of(command, "commander", "supt", coordinator)
        liaison = self.officer_of(command, "liaison", "sgt", coordinator)
        hate_crime = self.officer_of(command, "liaison", "pc", coordinator)
        teams = [self._team(name, coordinator) for name in cast.NEIGHBOURHOODS]
        set_deputy(
            holding=RoleHolding.objects.get(
                contact=teams[0].inspector.contact, access_role="inspector"
            ),
            deputy=teams[1].inspector.contact,
            acts_from=localdate(self.began),
            acts_until=localdate(self.began) + timedelta(days=900),
            by=coordinator,
            at=self.began,
        )
        engagement = Team(command, liaison, commander, [hate_crime], is_command=True)
        homes = [
            self._home(number, entry, teams, engagement, coordinator)
            for number, entry in enumerate(cast.INSTITUTIONS)
        ]
        self._memberships(homes)
        return Cast(coordinator, teams, homes, self._scrutineer())

    def _force(self):
        made = set_up_force(
            force=PoliceForce.objects.order_by("pk").first() or PoliceForce(labels={"en": ""}),
            name=cast.FORCE,
            coordinator_name="Miriam Ellison",
            coordinator_email=cast.SIGN_INS["coordinator"],
            district=cast.DISTRICT,
            at=self.began,
        )
        self.areas = {area.name: area for area in PolicingArea.objects.all()}
        return self.accept(made.coordinator, cast.SIGN_INS["coordinator"])

    def _records_officers(self, by):
        """Two of them: nothing is erased or ended by one alone."""
        for who, name in cast.RECORDS_OFFICERS.items():
            self._staff(who, name, "records_officer", by)

    def _staff(self, who, name, access_role, by):
        person = add_officer(
            unit=by.contact.institution,
            name=name,
            email=cast.SIGN_INS[who],
            rank=Rank.objects.get(code="staff"),
            access_role=access_role,
            by=by,
            at=self.began,
        )
        self.accept(person, cast.SIGN_INS[who])

    def _scrutineer(self):
        email = cast.SIGN_INS["scrutineer"]
        panel = add_panel_member(
            force=self.areas[cast.FORCE], name=cast.SCRUTINEER, email=email, at=self.began
        )
        return self.accept(Contact.objects.get(institution=panel.institution), email)

    def _areas(self, by):
        for neighbourhood, wards in cast.NEIGHBOURHOODS.items():
            above = self._area("neighbourhood", neighbourhood, cast.DISTRICT, by)
            for ward in wards:
                self._area("ward", ward, above.name, by)

    def _area(self, level, name, parent, by):
        parent = self.areas[parent]
        self.areas[name] = add_area(level=level, name=name, parent=parent, by=by, at=self.began)
        return self.areas[name]

    def _unit(self, kind, name, area, function, by):
        slug = area.lower().replace(" ", ".")
        return add_police_team(
            kind=kind,
            name=name,
            area=self.areas[area],
            unit_function=function,
            inbox_email=f"team.{slug}@northshire.example",
            public_phone="0161 496 0100",
            by=by,
            at=self.began,
        )

    def _team(self, neighbourhood, by):
        unit = self._unit(
            "police_team", f"{neighbourhood} Neighbourhood Team", neighbourhood, "neighbourhood", by
        )
        team = Team(
            unit,
            sergeant=self.officer_of(unit, "sergeant", "sgt", by),
            inspector=self.officer_of(unit, "inspector", "insp", by),
        )
        team.officers = [self.officer_of(unit, "officer", rank, by) for rank in ("pc", "pcso")]
        return team

    def officer_of(self, unit, access_role, rank, by):
        name = next(self.officer_names)
        email = f"{name.lower().replace(' ', '.')}@northshire.example"
        wanted = cast.SIGN_INS.get(access_role)
        if wanted and not User.objects.filter(email=wanted).exists():
            email = wanted
        is_named_officer = access_role in {"sergeant", "inspector", "commander"}
        person = add_officer(
            unit=unit,
            name=name,
            email=email,
            rank=Rank.objects.get(code=rank),
            access_role=access_role,
            phone=f"0161 496 0{next(self.lines)}" if is_named_officer else "",
            by=by,
            at=self.began,
        )
        return self.accept(person, email)

    def accept(self, contact, email, *, named=True, at=None):
        password = cast.PASSWORD if email in cast.SIGN_INS.values() else None
        user = User.objects.create_user(email, password)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        invitation = Invitation.objects.get(contact=contact)
        accept_invitation(invitation=invitation, user=user, named=named, at=at or self.began)
        return user

    def _home(self, number, entry, teams, engagement, by):
        kind, name, local_name, ward = entry
        team = engagement if kind == "umbrella_body" else self._team_over(ward, teams)
        partnership = add_institution(
            kind=kind,
            name=name,
            local_name=local_name,
            area=self.areas[cast.DISTRICT if kind == "umbrella_body" else ward],
            police_unit=team.unit,
            public_phone=f"0161 496 0{900 + number:03}",
            by=by,
            at=self.began,
        )
        named, cover = team.sergeant.contact, team.officers[0].contact
        set_leads(partnership=partnership, named=named, cover=cover, by=by, at=self.began)
        home = Home(partnership, team)
        if name in cast.NOT_JOINED:
            if stage := cast.STAGES.get(name):
                at = self.began + timedelta(days=530)
                stop_at(self, home, stage, number=number, coordinator=by, at=at)
            return home
        joined_at = self.began + timedelta(days=self.rng.randint(3, 120) if number else 3)
        self._people(home, number, by, joined_at, only_invited=name in cast.INVITED)
        if name not in cast.INVITED:
            home.joined_at = joined_at
            self._open(home, name, by, joined_at)
        return home

    def _team_over(self, ward, teams):
        above = self.areas[ward].parent_id
        return next(team for team in teams if team.unit.area_id == above)

    def _people(self, home, number, by, at, *, only_invited):
        is_umbrella = home.partnership.institution.kind == "umbrella_body"
        roles = cast.COMMUNITY_ROLES[: 5 if number == 0 else self.rng.choice((3, 4, 4))]
        for place, (role, access_role, named) in enumerate(roles):
            if is_umbrella:
                role, access_role = "umbrella_officer", "umbrella_lead"
            email = self._address(number, place, role, is_umbrella)
            invitation = invite_partner(
                partnership=home.partnership,
                name=next(self.women if role in cast.WOMENS_ROLES else self.men),
                email=email,
                access_role=access_role,
                role_type=RoleType.objects.get(code=role),
                by=by,
                at=at,
            )
            if not only_invited:
                user = self.accept(invitation.contact, email, named=named, at=at)
                home.people.append(user)

    def _address(self, number, place, role, is_umbrella):
        if number == 0 and role == "imam":
            return cast.SIGN_INS["imam"]
        if number == 0 and role == "womens_lead":
            return cast.SIGN_INS["women's lead"]
        known = User.objects.filter(email=cast.SIGN_INS["umbrella lead"]).exists()
        if is_umbrella and not known:
            return cast.SIGN_INS["umbrella lead"]
        return f"{role.replace('_', '.')}{place}@place{number:02}.example"

    def _open(self, home, name, by, at):
        days = None if name in cast.ONLY_WHEN_ASKED else self.rng.choice((60, 90, 90, 120, 180))
        join(home, days=days, coordinator=by, at=at)
        home.partnership.refresh_from_db()
        institution = home.partnership.institution
        write_house_rules(
            institution=institution,
            text=self.rng.choice(words.BEFORE_YOU_COME),
            drop_in=self.rng.choice(("welcome", "entrance_only", "please_call_first")),
            by=home.lead,
            at=at,
        )
        for kind, weekday, starts, ends in (
            ("jumuah", 4, time(12, 45), time(14, 15)),
            ("madrasah", 1, time(16, 30), time(19, 30)),
        ):
            add_weekly_time(
                institution=institution,
                kind=kind,
                weekday=weekday,
                starts=starts,
                ends=ends,
                by=home.lead,
                at=at,
            )

    def pause(self, cast_of_all, *, at):
        for home in cast_of_all.homes:
            if home.partnership.institution.name in cast.PAUSED:
                pause_partnership(partnership=home.partnership, by=home.lead, at=at)

    def _memberships(self, homes):
        umbrella = next(h for h in homes if h.partnership.institution.kind == "umbrella_body")
        roles = iter((Membership.Role.CHAIR, *[Membership.Role.COMMITTEE] * 2))
        for home in homes:
            institution = home.partnership.institution
            if institution.kind in {"mosque", "islamic_centre"} and home.joined_at:
                Membership.objects.create(
                    umbrella=umbrella.partnership.institution,
                    member=institution,
                    role=next(roles, Membership.Role.MEMBER),
                    member_from=localdate(self.began),
                )
