"""Sessions in the database that know when they were kept last, and so how long nobody came."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """``kept_at`` comes with the row that is read anyway; None for one that is made just now."""

    kept_at = None

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        if row is not None:
            self.kept_at = row.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return row
