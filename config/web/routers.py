"""Which tables are reached over the second connection."""

SIDE = {"sessions", "django_cache"}


class SideRouter:
    """Sessions and cache go to ``side``, which never joins a request's transaction.

    A request that is rolled back must not undo a rate-limit count or a sign-out. Both connections
    reach the same database, so tables are made on ``default`` only.
    """

    def db_for_read(self, model, **hints):
        return "side" if model._meta.app_label in SIDE else None

    db_for_write = db_for_read

    def allow_relation(self, obj1, obj2, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == "default"
