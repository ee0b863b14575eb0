import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from config import health
from config import settings as production
from config.outbox.actions import freeze
from tests.roles import as_owner

NO_BROKER = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _started_afresh(monkeypatch):
    monkeypatch.setattr(health.Readyz, "has_migrated", False)


def test_healthz_asks_nothing_of_the_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_readyz_says_that_all_is_well(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "state": "ready",
        "database": "ok",
        "migrations": "ok",
        "outbox": "ok",
        "oldest_due_message_seconds": 0,
        "broker": "ok",
    }


@pytest.mark.django_db
def test_readyz_says_that_mail_is_frozen(client):
    freeze(at=timezone.now())

    assert client.get("/readyz").json()["outbox"] == "frozen"


@pytest.mark.django_db
@override_settings(REDIS_URL=NO_BROKER)
def test_readyz_without_broker_is_degraded_and_serves(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert (response.json()["state"], response.json()["broker"]) == ("degraded", "down")


@pytest.mark.django_db
def test_readyz_with_a_migration_to_run_is_down(client):
    with as_owner():
        MigrationRecorder(connection).record_unapplied("contacts", "0001_initial")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert (response.json()["state"], response.json()["migrations"]) == ("down", "missing")


def test_readyz_without_database_is_down(client, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(health, "unapplied_migrations", refuse)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert (response.json()["state"], response.json()["database"]) == ("down", "down")


@pytest.mark.django_db
def test_readyz_reads_the_migrations_until_they_are_there(client, monkeypatch):
    answers = iter([True, False])
    monkeypatch.setattr(health, "unapplied_migrations", lambda: next(answers))

    states = [client.get("/readyz").json()["migrations"] for _again in range(3)]

    assert states == ["missing", "ok", "ok"]


def test_a_database_that_swallows_packets_is_given_up_within_seconds():
    for database in production.DATABASES.values():
        assert database["OPTIONS"]["connect_timeout"] <= 3
        assert database["OPTIONS"]["tcp_user_timeout"] <= 5000


def test_health_pages_are_plain_paths():
    """Load balancers have them in their settings, and SECURE_REDIRECT_EXEMPT names them."""
    assert (reverse("healthz"), reverse("readyz")) == ("/healthz", "/readyz")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
@override_settings(SECURE_SSL_REDIRECT=True)
def test_health_pages_answer_a_load_balancer_without_https(client, path):
    assert client.get(path).status_code == 200
