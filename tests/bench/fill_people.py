"""Areas, institutions and people of an invented nation, as statements over partnership numbers.

Partnerships are numbered from 0. A neighbourhood has 6 of them, a district 12, a force 48, so a
number says where everything stands: ids are computed, never looked up.
"""

OF_NEIGHBOURHOOD, OF_DISTRICT, OF_FORCE = 6, 12, 48
FORCE, DISTRICT, NEIGHBOURHOOD = 1, 10_000, 20_000  # ids of areas begin there
MOSQUE, TEAM, COMMAND, HEADQUARTERS = 100_000, 200_000, 300_000, 400_000  # of institutions
LEAD, MEMBER, OFFICER = 1_000_000, 1_100_000, 1_200_000  # of people: account and contact alike
INSPECTOR, COORDINATOR = 1_300_000, 1_400_000
OFFICERS = 4  # of a team; the first one is its sergeant
LONG_AGO = "DATE '2020-01-01'"


def insert(table: str, source: str, **columns: str) -> str:
    """Build an INSERT from what each column gets."""
    names, values = ", ".join(f'"{name}"' for name in columns), ", ".join(columns.values())
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {source}"


def uid(prefix: str, number: str) -> str:
    """Return the expression of a UUID that is the same in every run."""
    return f"md5('{prefix}' || ({number}))::uuid"


def _each(size: int) -> str:
    """Number what holds ``size`` partnerships each, for the partnerships of this step."""
    return f"generate_series(%(first)s / {size}, (%(last)s - 1) / {size}) AS x"


def _area(level, size, first, parent):
    return insert(
        "contacts_policingarea",
        _each(size),
        id=f"{first} + x",
        level=f"'{level}'",
        level_label="''",
        name=f"'{level.capitalize()} ' || x",
        parent_id=parent,
        valid_from=LONG_AGO,
        lineage="'{}'",  # a trigger fills it
    )


def _institution(kind, size, first, area, function=""):
    return insert(
        "contacts_institution",
        _each(size),
        id=f"{first} + x",
        ref=uid("institution", f"{first} + x"),
        kind=f"'{kind}'",
        name=f"'{kind.replace('_', ' ').capitalize()} ' || x",
        local_name="''",
        area_id=area,
        public_phone="'01632 960000'",
        inbox_email=f"'inbox' || ({first} + x) || '@example.org'",
        unit_function=f"'{function}'",
        drop_in="'welcome'",
        before_you_come="'Please leave shoes at the door.'",
        added_on=LONG_AGO,
    )


def _people(source, number, institution, role, *, rank="", role_type=""):
    """Insert accounts, addresses, contacts, roles; for a rank, profiles and authenticator apps."""
    ref, email = uid("person", number), f"'person' || ({number}) || '@example.org'"
    statements = [
        insert(
            "contacts_user",
            source,
            id=number,
            ref=ref,
            email=email,
            password="'!bench'",
            is_active="TRUE",
            is_staff="FALSE",
            joined_at="now()",
        ),
        insert(
            "account_emailaddress",
            source,
            user_id=number,
            email=email,
            verified="TRUE",
            primary="TRUE",
        ),
        insert(
            "contacts_contact",
            source,
            id=number,
            ref=ref,
            user_id=number,
            institution_id=institution,
            name=f"'Person ' || ({number})",
            name_agreed_on=LONG_AGO,
            shown_role_id=_code("contacts_roletype", role_type),
            phone="''",
            email="''",
            not_asked_for_information="FALSE",
            added_on=LONG_AGO,
        ),
        insert(
            "contacts_roleholding",
            source,
            id=number,
            ref=ref,
            contact_id=number,
            institution_id=institution,
            access_role=f"'{role}'",
            held_from=LONG_AGO,
        ),
    ]
    if rank:
        profile = insert(
            "contacts_officerprofile",
            source,
            id=number,
            contact_id=number,
            institution_id=institution,
            rank_id=_code("contacts_rank", rank),
            is_detective="FALSE",
            shoulder_number="''",
            languages="'{}'",
        )
        app = insert(
            "mfa_authenticator",
            source,
            user_id=number,
            type="'totp'",
            data="'{}'",
            created_at="now()",
        )
        statements += [profile, app]
    return statements


def _code(table, code):
    return f"(SELECT id FROM {table} WHERE code = '{code}')" if code else "NULL::bigint"


def _officers(rank, role, which):
    numbers = f"{_each(OF_NEIGHBOURHOOD)}, generate_series(0, {OFFICERS - 1}) AS k WHERE {which}"
    number = f"{OFFICER} + x * {OFFICERS} + k"
    return _people(numbers, number, f"{TEAM} + x", role, rank=rank)


def _partnerships():
    team = f"x / {OF_NEIGHBOURHOOD}"
    yield insert(
        "partnerships_partnership",
        _each(1),
        id="x + 1",
        ref=uid("partnership", "x"),
        institution_id=f"{MOSQUE} + x",
        police_unit_id=f"{TEAM} + {team}",
        state="'active'",
        is_primary="TRUE",
        cadence_days="90",
        added_on=LONG_AGO,
        joined_on=LONG_AGO,
        state_since=LONG_AGO,
        last_contact_on="%(today)s::date - 1",
    )
    for place, role in enumerate(("named_officer", "cover")):
        yield insert(
            "partnerships_leadassignment",
            _each(1),
            id=f"2 * x + 1 + {place}",
            partnership_id="x + 1",
            institution_id=f"{MOSQUE} + x",
            role=f"'{role}'",
            officer_id=f"{OFFICER} + {team} * {OFFICERS} + {place}",
            held_from=LONG_AGO,
        )


def statements() -> list[str]:
    """Return what adds the partnerships from ``first`` up to, not including, ``last``."""
    in_force, in_district = OF_FORCE // OF_DISTRICT, OF_DISTRICT // OF_NEIGHBOURHOOD
    return [
        _area("force", OF_FORCE, FORCE, "NULL::bigint"),
        _area("district", OF_DISTRICT, DISTRICT, f"{FORCE} + x / {in_force}"),
        _area("neighbourhood", OF_NEIGHBOURHOOD, NEIGHBOURHOOD, f"{DISTRICT} + x / {in_district}"),
        _institution("police_force", OF_FORCE, HEADQUARTERS, f"{FORCE} + x"),
        _institution("police_unit", OF_DISTRICT, COMMAND, f"{DISTRICT} + x", "neighbourhood"),
        _institution(
            "police_team", OF_NEIGHBOURHOOD, TEAM, f"{NEIGHBOURHOOD} + x", "neighbourhood"
        ),
        _institution("mosque", 1, MOSQUE, f"{NEIGHBOURHOOD} + x / {OF_NEIGHBOURHOOD}"),
        *_people(_each(1), f"{LEAD} + x", f"{MOSQUE} + x", "mosque_lead", role_type="imam"),
        *_people(_each(1), f"{MEMBER} + x", f"{MOSQUE} + x", "mosque_member", role_type="imam"),
        *_officers("sgt", "sergeant", "k = 0"),
        *_officers("pc", "officer", "k > 0"),
        *_people(
            _each(OF_DISTRICT), f"{INSPECTOR} + x", f"{COMMAND} + x", "inspector", rank="insp"
        ),
        *_people(
            _each(OF_FORCE),
            f"{COORDINATOR} + x",
            f"{HEADQUARTERS} + x",
            "coordinator",
            rank="staff",
        ),
        *_partnerships(),
    ]
