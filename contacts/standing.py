"""Where a person stands: which roles, at which institutions, reaching which policing areas."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

POLICE_ROLES = frozenset({"officer", "sergeant", "inspector", "liaison", "coordinator"})
PARTNER_ROLES = frozenset({"mosque_lead", "mosque_member", "mosque_safety", "umbrella_lead"})
RECORDS = frozenset({"records_officer", "coordinator"})  # who keep a force's records
# Who may know that a law holds a notice back: who keeps the records, and who countersigns.
NOTICES = RECORDS | {"commander"}
ADMINS = frozenset({"platform_admin"})  # of accounts and settings; no record is theirs
PARTNER_LEADS = frozenset({"mosque_lead", "umbrella_lead"})
# What a mosque has to ask in by name; until it has, being of such a unit opens nothing.
INVITED_FUNCTIONS = frozenset(
    {"counter_terrorism", "protective_security", "recruitment", "training"}
)
INVITED_ROLE = "invited_unit"
SECOND_FACTORS = ("totp", "webauthn")  # allauth's codes; recovery codes replace one, and are none


@dataclass(frozen=True)
class Holding:
    """One open role. ``reach`` lists the ids of the areas below its institution's own area."""

    institution_id: int
    access_role: str
    level: str
    area_id: int
    force_id: int
    reach: tuple[int, ...]


@dataclass(frozen=True)
class Standing:
    """What follows from a person's open roles; loaded once a request."""

    holdings: tuple[Holding, ...] = ()
    contact: object = None
    is_of_invited_unit: bool = False
    has_second_factor: bool | None = None  # unknown where there was no row to say it
    grants: Mapping[int, int] = field(default_factory=dict)  # for now: institution to grant
    invited_units: tuple = ()
    invited_ids: tuple[int, ...] = ()
    shared_ids: tuple[int, ...] = ()

    @classmethod
    def from_holdings(cls, rows, *, of):
        """Build from the rows of ``RoleHoldingQuerySet.that_make_standing``. Issues their query.

        Whoever serves in an invited unit has no police role at all, neither another one of their
        own nor one in which they stand in for somebody. What mosques let such a unit read follows
        from each row's ``let_in``, and so does what members share with an umbrella body.
        """
        rows = list(rows)
        serving = [row for row in rows if _is_invited(row) and row.contact.user_id == of.pk]
        is_invited = bool(serving)
        has_second_factor = rows[0].has_second_factor if rows else None
        rows = [
            row
            for row in rows
            if not _is_invited(row) and not (is_invited and row.institution.is_police)
        ]
        own = [row.contact for row in rows if row.contact.user_id == of.pk]
        return cls(
            holdings=tuple(
                Holding(
                    institution_id=row.institution_id,
                    access_role=row.access_role,
                    level=row.institution.area.level,
                    area_id=row.institution.area_id,
                    force_id=row.institution.force_id,
                    reach=tuple(row.reach),
                )
                for row in rows
            ),
            contact=own[0] if own else None,
            is_of_invited_unit=is_invited,
            has_second_factor=has_second_factor,
            grants={
                grant["institution"]: grant["id"]
                for row in rows
                if row.contact.user_id == of.pk
                for grant in row.grants
            },
            invited_units=tuple({row.institution_id: row.institution for row in serving}.values()),
            invited_ids=_let_in(serving),
            shared_ids=_let_in(row for row in rows if row.access_role == "umbrella_lead"),
        )

    @property
    def contact_id(self) -> int:
        """The person's id, or -1, which no row has: None would mean "is null" in a query."""
        return self.contact.pk if self.contact else -1

    def _of(self, roles):
        return [holding for holding in self.holdings if holding.access_role in roles]

    def has(self, *roles) -> bool:
        return any(holding.access_role in roles for holding in self.holdings)

    @property
    def is_police(self) -> bool:
        return self.has(*POLICE_ROLES, "commander")

    @property
    def is_partner(self) -> bool:
        return self.has(*PARTNER_ROLES)

    @property
    def needs_second_factor(self) -> bool:
        """Whether any role is other than a partner's: those need a passkey or authenticator."""
        others = any(holding.access_role not in PARTNER_ROLES for holding in self.holdings)
        return self.is_of_invited_unit or others

    @property
    def own_ids(self) -> list[int]:
        """Ids of the partner institutions for which this person speaks."""
        return sorted({h.institution_id for h in self._of(PARTNER_ROLES)})

    def ids_with(self, *access_roles) -> list[int]:
        """Ids of the institutions at which this person holds one of these roles."""
        return sorted({h.institution_id for h in self._of(access_roles)})

    @property
    def partner_force_ids(self) -> list[int]:
        """Ids of the forces in whose areas the person's own institutions lie."""
        return sorted({h.force_id for h in self._of(PARTNER_ROLES)})

    @property
    def unit_ids(self) -> list[int]:
        """Ids of the police institutions in which this person serves."""
        return sorted({h.institution_id for h in self._of(POLICE_ROLES | {"commander"})})

    @property
    def bulletin_unit_ids(self) -> list[int]:
        """Ids of the police units in whose name this person may draft, an invited one included."""
        return sorted({*self.unit_ids, *(unit.pk for unit in self.invited_units)})

    @property
    def guest_ids(self) -> list[int]:
        """Ids of the institutions that let this person's unit or umbrella body read their record.

        Reading alone, and not all of it: what somebody may do asks for a role there.
        """
        return sorted({*self.invited_ids, *self.shared_ids})

    def area_ids(self, *access_roles) -> list[int]:
        """Ids of the areas in which this person holds one of these roles, without those below."""
        return sorted({h.area_id for h in self._of(access_roles)})

    def role_at(self, institution_id, *roles) -> bool:
        return any(
            h.institution_id == institution_id and h.access_role in roles for h in self.holdings
        )

    def reaches(self, institution, roles=POLICE_ROLES) -> bool:
        """Say whether a police role reaches ``institution`` (an ``Institution``, no query)."""
        return any(institution.area_id in h.reach for h in self._of(roles))

    def within(self, roles=POLICE_ROLES, prefix: str = "", *, with_grants=True) -> Q:
        """Build the condition for rows whose institution a police role reaches.

        Asked for every police role, it takes in what is open in an emergency: reading, no more.
        ``prefix`` leads to a row with tenant columns (``"partnership__"``). Wide scopes use the
        force or district column, narrow ones the institution's area.
        """
        reach = self._reach(roles, prefix, f"{prefix}institution__area_id__in")
        return reach | self._granted(roles, f"{prefix}institution_id__in") if with_grants else reach

    def within_institutions(self, roles=POLICE_ROLES) -> Q:
        """Build the same condition for rows of ``Institution`` itself."""
        return self._reach(roles, "", "area_id__in") | self._granted(roles, "pk__in")

    def _granted(self, roles, lookup):
        is_reading = roles is POLICE_ROLES and self.grants
        return Q(**{lookup: sorted(self.grants)}) if is_reading else Q(pk__in=[])

    def _reach(self, roles, prefix, area_lookup):
        forces, districts, areas = set(), set(), set()
        for h in self._of(roles):
            if h.level == "force":
                forces.add(h.area_id)
            elif h.level == "district":
                districts.add(h.area_id)
            else:
                areas.update(h.reach)
        condition = Q(pk__in=[])
        if forces:
            condition |= Q(**{f"{prefix}force_id__in": sorted(forces)})
        if districts:
            condition |= Q(**{f"{prefix}district_id__in": sorted(districts)})
        if areas:
            condition |= Q(**{area_lookup: sorted(areas)})
        return condition

    @property
    def reaches_force(self) -> bool:
        """Whether a police role reaches a whole force."""
        return any(h.level == "force" for h in self._of(POLICE_ROLES))

    @property
    def force_of_records(self) -> int:
        """The id of the force whose records this person keeps, or -1, which no row has."""
        return next((h.force_id for h in self._of(RECORDS)), -1)

    @property
    def force_ids(self) -> list[int]:
        """Ids of the forces in which this person serves, whatever the level of the unit."""
        return sorted({h.force_id for h in self._of(POLICE_ROLES | {"commander"})})


def _let_in(rows):
    return tuple(sorted({institution for row in rows for institution in row.let_in}))


def _is_invited(row):
    return row.access_role == INVITED_ROLE or row.institution.is_invited_unit
