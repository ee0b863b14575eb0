"""For the load balancer (/healthz) and whoever watches the portal (/readyz)."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from config.outbox import status


@method_decorator(login_not_required, name="dispatch")
class Healthz(View):
    """Say that this process answers; asks nothing of the database."""

    permission_required = None

    def get(self, request):
        return HttpResponse("ok", content_type="text/plain")


@method_decorator(login_not_required, name="dispatch")
class Readyz(View):
    """Say whether the portal can do its work, and how old the oldest message due is.

    503 without database or with migrations to run; a missing broker only degrades the portal.
    """

    permission_required = None
    has_migrated = False  # once true it stays so: this process gets no newer code

    def get(self, request):
        try:
            report = {
                "database": "ok",
                "migrations": "ok" if self._has_migrated() else "missing",
                "outbox": "frozen" if status.is_frozen() else "ok",
                "oldest_due_message_seconds": oldest_due_message_seconds(timezone.now()),
            }
        except DatabaseError:
            report = {"database": "down"}
        report["broker"] = "ok" if broker_answers() else "down"
        serving = report["database"] == "ok" and report["migrations"] == "ok"
        state = "down" if not serving else "ready" if report["broker"] == "ok" else "degraded"
        return JsonResponse({"state": state, **report}, status=200 if serving else 503)

    @classmethod
    def _has_migrated(cls):
        cls.has_migrated = cls.has_migrated or not unapplied_migrations()
        return cls.has_migrated


def unapplied_migrations() -> bool:
    """Tell whether the code is newer than the database. Issues queries."""
    loader = MigrationLoader(connection)
    return any(migration not in loader.applied_migrations for migration in loader.graph.nodes)


def oldest_due_message_seconds(now) -> int:
    age = status.oldest_due_age(now)
    return int(age.total_seconds()) if age else 0


def broker_answers() -> bool:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    try:
        return client.ping()
    except redis.RedisError:
        return False
    finally:
        client.close()
