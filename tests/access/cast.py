"""One person of each role, and where each of them looks: the people of the permission table."""

import datetime as dt

from django.db.models.functions import Now

from contacts.actions.people import add_officer
from contacts.actions.retention import place_hold
from contacts.models import BreakGlassGrant, Contact, Invitation, RoleHolding, SharingPermission
from partnerships.models import Partnership
from tests.contacts.sharing_kit import again, let_in, make_unit
from tests.factories import make_institution, make_partnership, make_person
from tests.factories.world import LONG_AGO, _area
from tests.roles import as_owner

from .record import AT, HOUR, make_record
from .rights import add_rights

LOADED = {}  # people by role and standing; one scene has the same people in every test
OVER = dt.date(2025, 1, 1)


class Cast:
    """One person of each role, and one whose role has ended; three records to look at."""

    def __init__(self, scene):
        world = self.world = scene.world
        self.records = {"own": scene.ours, "area": scene.records["far"]}
        self.records["other_force"] = self._elsewhere()
        self.records["opened"] = self.records["area"]
        self.rows = {}  # by record and noun, as their pages load them
        self.records["forum"] = make_record(
            "forum",
            world.umbrella_partnership,
            lead=world.umbrella_lead,
            sergeant=world.sergeant,
            officer=make_person(world.command, "inspector"),
            member="umbrella_lead",
        )
        keeper = make_person(world.force, "records_officer")
        add_rights(self.records["forum"], "person", keeper=keeper)
        self.records["unit"] = self._unit_record()
        self.records["command"] = self._people_of(world.command, world.commander)
        self.records["headquarters"] = self._people_of(world.force, world.coordinator)
        self.unit = make_unit(world, name="Northshire CT")
        with as_owner():
            panel = make_institution("panel", "Scrutiny panel", world.force_area)
        self.places = {
            **dict.fromkeys(("mosque_lead", "mosque_member", "mosque_safety"), world.mosque),
            **dict.fromkeys(("officer", "sergeant", "inspector", "liaison"), world.team),
            **dict.fromkeys(("coordinator", "records_officer", "platform_admin"), world.force),
            "umbrella_lead": world.umbrella,
            "commander": world.command,
            "invited_unit": self.unit,
            "scrutineer": panel,
        }
        self.people = {role: make_person(place, role) for role, place in self.places.items()}
        self.former = {role: make_person(place, role) for role, place in self.places.items()}
        self.ids = {role: Contact.objects.get(user=u).pk for role, u in self.people.items()}
        with as_owner():
            gone = [user.pk for user in self.former.values()]
            RoleHolding.objects.filter(contact__user__in=gone).update(held_until=OVER)

    def _elsewhere(self):
        """A mosque of another force, with its team."""
        with as_owner():
            force = _area("force", "Westmere Police")
            area = _area("neighbourhood", "Westmere North", _area("district", "Westmere", force))
        team = make_institution("police_team", "Westmere team", area)
        mosque = make_institution("mosque", "Westmere Mosque", area)
        sergeant = make_person(team, "sergeant")
        lead = make_person(mosque, "mosque_lead")
        partnership = make_partnership(mosque, team, named=sergeant)
        near = {"sergeant": sergeant, "officer": sergeant}
        record = make_record("abroad", partnership, lead=lead, **near)
        with as_owner():
            headquarters = make_institution("police_force", "Westmere Police", force)
        add_rights(record, "promise", keeper=make_person(headquarters, "records_officer"))
        return record

    def _unit_record(self):
        """What there is of a police unit: its people, an invitation, a hold."""
        world = self.world
        invited = add_officer(
            unit=world.team,
            name="Dana Ellis",
            email="dana@police.example",
            rank=world.officer.contact.officer.rank,
            access_role="officer",
            by=world.coordinator,
            at=AT,
        )
        keeper = make_person(world.force, "records_officer")
        return self._people_of(world.team, world.officer) | {
            "invitation": Invitation.objects.get(contact=invited),
            "hold": place_hold(institution=world.team, reason="complaint", by=keeper, at=AT),
        }

    def _people_of(self, unit, somebody):
        return {
            "institution": unit,
            "second_person": somebody.contact,
            "holding": RoleHolding.objects.get(contact=somebody.contact),
        }

    def person(self, role, standing):
        """Return somebody as a request of theirs would find them, with the roles of the day."""
        key = role, standing if standing in ("let_in", "opened", "ended") else "own"
        if key not in LOADED:
            LOADED[key] = again((self.former if standing == "ended" else self.people)[role])
            LOADED[key].standing  # noqa: B018 - loads it
        return LOADED[key]

    def record(self, standing):
        return self.records.get(standing, self.records["own"])

    def arrange(self, standing):
        """Bring about what the standing says, for the test."""
        if standing == "paused":
            with as_owner():
                ours = Partnership.objects.filter(pk=self.world.partnership.pk)
                ours.update(state="paused_by_institution")
        elif standing == "let_in":
            self.let_guests_in()
        elif standing == "opened":
            self.open_the_record()

    def let_guests_in(self):
        place, lead = self.records["own"].institution, self.records["own"].lead
        let_in(place, self.unit, lead)
        let_in(place, self.world.umbrella, lead, kind="umbrella", until=None)

    def let_guests_out(self):
        with as_owner():
            SharingPermission.objects.filter(grantee__isnull=False).update(
                valid_from=LONG_AGO, valid_until=OVER
            )

    def open_the_record(self):
        """Let everybody hold a grant for hours, by the database's clock."""
        with as_owner():
            for user in self.people.values():
                BreakGlassGrant.objects.create(
                    institution=self.records["opened"].institution,
                    contact=Contact.objects.get(user=user),
                    reason="emergency",
                    opened_at=Now(),
                    closes_at=Now() + HOUR,
                )
