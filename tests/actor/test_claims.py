"""The database believes nobody but the portal about whom it acts for."""

import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from config.actor import claims
from contacts.models import Invitation
from partnerships.actions.partnerships import invite_partner
from partnerships.models import Partnership
from tests.roles import as_owner, as_role

pytestmark = pytest.mark.django_db
SOON = 60


@pytest.fixture(autouse=True)
def _web_server(world):
    with as_role("portal_app"):
        yield


def ask(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def enter(kind, who, until, mac):
    ask("SELECT portal.enter(%s, %s, %s, %s, true)", kind, who, until, mac)


def until(seconds=SOON):
    return int(time.time()) + seconds


def nothing_is_seen():
    return not Partnership.objects.exists()


def test_without_a_claim_no_row_of_an_institution_is_seen():
    assert nothing_is_seen()


def test_a_signed_claim_shows_ones_own_and_ends_when_one_leaves(world):
    claims.enter(world.imam.pk)
    assert list(Partnership.objects.all()) == [world.partnership]

    claims.leave()
    assert nothing_is_seen()


def test_a_claim_needs_a_transaction(world, monkeypatch):
    monkeypatch.setattr(connection, "in_atomic_block", False)

    with pytest.raises(RuntimeError, match="none is open"):
        claims.enter(world.imam.pk)


@pytest.mark.parametrize("missing", range(4))
def test_a_claim_with_a_missing_part_is_refused(world, missing):
    when = until()
    parts = ["user", str(world.imam.pk), when, claims.token("user", str(world.imam.pk), when)]
    parts[missing] = None

    with pytest.raises(DatabaseError, match="not signed"):
        enter(*parts)
    assert nothing_is_seen()


def test_a_claim_whose_missing_part_is_put_into_another_one_is_refused(world):
    when = until()
    mac = claims.token("system", "sweep", when)

    for kind, who, late in ((None, "system:sweep", when), ("system", f"sweep:{when}", None)):
        with pytest.raises(DatabaseError, match="not signed"):
            enter(kind, who, late, mac)
    with pytest.raises(DatabaseError, match="not signed"):
        ask("SELECT portal.enter('system', 'sweep', %s, %s, NULL)", when, mac)


@pytest.mark.parametrize("mac", ["", "0" * 64, "forged"])
def test_a_forged_signature_is_refused(world, mac):
    with pytest.raises(DatabaseError, match="not signed"):
        enter("user", str(world.imam.pk), until(), mac)


def test_a_signature_for_somebody_else_is_refused(world):
    when = until()
    mac = claims.token("user", str(world.imam.pk), when)

    with pytest.raises(DatabaseError, match="not signed"):
        enter("user", str(world.other_imam.pk), when, mac)
    with pytest.raises(DatabaseError, match="not signed"):
        enter("system", str(world.imam.pk), when, mac)
    with pytest.raises(DatabaseError, match="not signed"):
        enter("user", str(world.imam.pk), when + 1, mac)


def test_a_signature_whose_time_is_over_is_refused(world):
    when = until(-1)

    with pytest.raises(DatabaseError, match="not signed"):
        enter("user", str(world.imam.pk), when, claims.token("user", str(world.imam.pk), when))


def test_a_signature_by_another_key_is_refused(world, settings):
    settings.ACTOR_KEYS = ["another key than the database's"]

    assert not claims.are_understood()
    with pytest.raises(DatabaseError, match="not signed"), transaction.atomic():
        claims.enter(world.imam.pk)


def test_a_signature_for_another_connection_is_refused(world):
    when, who = until(), str(world.imam.pk)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            ours = claims.token("user", who, when)
            with pytest.raises(DatabaseError, match="not signed"):
                cursor.execute("SELECT portal.enter('user', %s, %s, %s, true)", [who, when, ours])
    finally:
        other.close()


@pytest.mark.parametrize(
    "claim",
    [
        "{who}",
        '{{"user": {who}}}',
        '{{"user": {who}, "until": 9999999999, "narrow": [1, 2, 3], "wide": [1, 2, 3]}}',
        '{{"system": "anything", "until": 9999999999}}',
        "",
        "null",
    ],
)
@pytest.mark.parametrize("mac", ["", "0" * 64])
def test_a_claim_that_is_merely_set_opens_nothing(world, claim, mac):
    ask(
        "SELECT set_config('portal.claim', %s, true), set_config('portal.mac', %s, true)",
        claim.format(who=world.imam.pk),
        mac,
    )

    assert nothing_is_seen()


def test_a_claim_that_was_widened_opens_nothing(world):
    claims.enter(world.imam.pk)
    ask(
        "SELECT set_config('portal.claim', replace(current_setting('portal.claim'), "
        "'\"wide\": []', %s), true)",
        f'"wide": [{world.force_area.pk}]',
    )
    assert ask("SELECT current_setting('portal.claim') LIKE %s", f"%[{world.force_area.pk}]%")[0]

    assert nothing_is_seen()


def test_a_claim_dies_with_its_time(world, monkeypatch):
    monkeypatch.setattr(claims, "REQUEST_SECONDS", 1)
    claims.enter(world.imam.pk)
    assert not nothing_is_seen()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(2.1)")

    assert nothing_is_seen()


def test_the_web_server_is_shown_nothing_for_work_of_the_portals_own():
    with claims.as_system("test"):
        assert nothing_is_seen()


def test_the_worker_sees_rows_for_declared_work_alone():
    with as_role("portal_task"):
        assert nothing_is_seen()
        with claims.as_system("test"):
            assert not nothing_is_seen()
        assert nothing_is_seen()


def test_the_web_servers_process_cannot_declare_work_of_the_portals_own(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "USER", "portal_app")

    with pytest.raises(ImproperlyConfigured, match="Set PORTAL_ROLE=task"), claims.as_system("a"):
        pass


@pytest.mark.parametrize("role", ["portal_app", "portal_task"])
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM portal.actor_key",
        "SELECT portal.mac('user:1:9999999999:1', 'a', 'b')",
        "SELECT portal.is_signed('user:1', 'x')",
        "SELECT portal.keep_claim('{}', true)",
        "SELECT portal.standing_of(1)",
        "SELECT portal.protect('contacts_contact', 'true')",
    ],
)
def test_no_role_of_the_portal_can_read_the_key_or_make_a_claim_by_itself(role, sql):
    with as_role(role), pytest.raises(DatabaseError, match="permission denied"):
        ask(sql)


@pytest.mark.parametrize("role", ["portal_app", "portal_task"])
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE contacts_contact DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY open ON contacts_contact USING (true)",
        "DROP POLICY standing ON contacts_contact",
        "SET ROLE portal_owner",
    ],
)
def test_no_role_of_the_portal_can_open_a_table(role, sql):
    session_may = sql.startswith("SET ROLE")  # the tests' own session may; the portal's roles not
    with as_role(role):
        if session_may:
            assert ask("SELECT pg_has_role(current_user, 'portal_owner', 'MEMBER')") == (False,)
        else:
            with pytest.raises(DatabaseError, match="must be owner"):
                ask(sql)


def test_keys_may_be_changed_while_the_portal_runs(world, settings):
    old = settings.ACTOR_KEYS
    settings.ACTOR_KEYS = ["a new key that signs from now on", *old]
    with as_owner():
        claims.share_keys()
    claims.enter(world.imam.pk)
    settings.ACTOR_KEYS = old
    claims.enter(world.imam.pk)

    assert not nothing_is_seen()


@pytest.fixture
def invitation(world):
    with as_role("portal_arranger"):
        return invite_partner(
            partnership=world.partnership,
            name="Halima",
            email="halima@example.org",
            access_role="mosque_member",
            by=world.imam,
            at=timezone.now(),
        )


def test_an_open_invitation_shows_the_institution_that_it_comes_from(world, invitation):
    claims.enter_invited(invitation.token_digest)

    assert list(Partnership.objects.all()) == [world.partnership]


@pytest.mark.parametrize("end", ["accepted_at", "ended_at", "expires_at"])
def test_an_invitation_that_is_over_shows_nothing(invitation, end):
    with as_role("portal_arranger"):
        Invitation.objects.filter(pk=invitation.pk).update(**{end: timezone.now()})

    claims.enter_invited(invitation.token_digest)

    assert nothing_is_seen()


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_an_invitation_that_is_not_there_shows_nothing(digest):
    claims.enter_invited(digest)

    assert nothing_is_seen()
