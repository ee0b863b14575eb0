"""One scene for the package: three institutions, people signed in, the clock stopped."""

import logging
from dataclasses import dataclass

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from config.actor import claims
from contacts.actions.break_glass import break_glass
from contacts.actions.disclosures import record_disclosure
from contacts.models import Membership
from tests.factories import World, make_institution, make_person, make_world, panel_member
from tests.factories.world import LONG_AGO, TOTP_KEY
from tests.roles import as_owner, become
from tests.support.factors import show_again

from .client import QuickClient
from .crawl import Crawl
from .record import AT, LAST_WEEK, Record, make_record
from .rights import add_rights
from .table import LEADS, ROLES


@dataclass
class Scene:
    """``records`` by standing: one's own, the next mosque's, the other area's."""

    world: World
    records: dict[str, Record]
    clients: dict[str, QuickClient]

    now = AT

    @property
    def ours(self):
        return self.records["ours"]


@pytest.fixture(scope="package")
def scene(django_db_setup, django_db_blocker):
    """Built in a transaction round the package's tests; each test's own rolls back inside it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(AT, tick=False),
        transaction.atomic(),
    ):
        become("portal_arranger")
        world = make_world()
        _invite_nobody(world)
        world.people["records"] = make_person(world.force, "records_officer", "Rosa Keeper")
        world.people["admin"] = make_person(world.force, "platform_admin", "Ada Keys")
        panel_member(world)
        scene = Scene(world, _records(world), _clients(world))
        claims.leave()  # what an action entered stays until the transaction ends, and ours does not
        yield scene
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def crawl(scene):
    return Crawl(scene)


@pytest.fixture(autouse=True)
def _thousands_of_refusals_need_no_log():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def _invite_nobody(world):
    """Add an officer of a unit that sees nothing unless a mosque invites it; none does."""
    unit = make_institution(
        "police_unit", "Millbrook CT", world.district, unit_function="counter_terrorism"
    )
    world.people["invited"] = make_person(unit, "officer", "Lena Frost")


def _records(world):
    make_person(world.other_mosque, "mosque_member", "Omar Siddiq")
    with as_owner():
        Membership.objects.create(
            umbrella=world.umbrella, member=world.mosque, member_from=LONG_AGO
        )
    near = {"sergeant": world.sergeant, "officer": world.officer}
    far = {"sergeant": world.far_sergeant, "officer": world.far_sergeant}
    records = {
        "ours": make_record("ours", world.partnership, lead=world.imam, **near),
        "other": make_record("other", world.other_partnership, lead=world.other_imam, **near),
        "far": make_record("far", world.far_partnership, lead=world.far_imam, **far),
    }
    keeper = make_person(world.force, "records_officer", "Max Keeper")
    for record, rule in zip(records.values(), ("engagement", "promise", "feedback"), strict=True):
        add_rights(record, rule, keeper=keeper)
        _let_out(record.institution, by=world.coordinator)
    return records


def _let_out(institution, *, by):
    """Let something leave the record, and let somebody have opened it in an emergency."""
    record_disclosure(
        institution=institution,
        recipient="court",
        gateway="court_order",
        content="visits",
        left_on=LAST_WEEK.date(),
        by=by,
        at=AT,
    )
    break_glass(institution=institution, reason="safety", hours=1, by=by, at=LAST_WEEK)


def _clients(world):
    clients = {"signed_out": QuickClient()}
    with as_owner():
        for role in LEADS:  # what mosques keep of their keys needs an app of them, too
            TOTP.activate(getattr(world, role), TOTP_KEY)
            getattr(world, role).__dict__.pop("standing", None)
    for role in ROLES:
        clients[role] = QuickClient()
        clients[role].force_login(getattr(world, role))
        show_again(clients[role], getattr(world, role))
    return clients
