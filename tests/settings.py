"""The portal's settings as its tests run it: real Postgres, signed in as a role that owns nothing.

``portal_test`` may become every role; ``assume_role`` makes each connection portal_arranger, and
``tests.roles.AsPortalApp`` makes it portal_app for the time of a request.
"""

import dj_database_url

from config import env
from config.settings import *

DATABASES = {
    "default": {
        **dj_database_url.parse(env.text("DATABASE_TEST_URL", hint="Run `make test`.")),
        "OPTIONS": {"assume_role": "portal_arranger", **PLANNING},
    }
}
MIDDLEWARE = ["tests.roles.AsPortalApp", *MIDDLEWARE]
DATABASE_ROUTERS = []  # one connection, so that a test's transaction holds sessions and cache too
PASSWORD_HASHERS = ["tests.support.hashers.CheapArgon2"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
