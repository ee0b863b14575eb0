"""The environment of a local portal: what is set already stays, the rest is filled in."""

import json
import os
from urllib.parse import urlsplit

import psycopg2
import redis

from config import roles

from .postgres import client_programs
from .servers import Servers
from .store import local_secrets, var
from .trouble import Trouble

SERVER_VARIABLES = ("DATABASE_URL", "DATABASE_TASK_URL", "DATABASE_OWNER_URL", "REDIS_URL")


def environment(name: str) -> tuple[dict, Servers | None]:
    """Return the variables for the portal called ``name`` (demo or test) and a hold on its servers.

    With addresses of servers in the environment those are used, nothing is started, and the hold
    is None.
    """
    given = [key for key in SERVER_VARIABLES if os.environ.get(key)]
    if not given:
        servers = Servers(name)
        values = _defaults(name) | _running_demo(name) | servers.addresses
        return os.environ | values | _chosen(), servers
    missing = [key for key in SERVER_VARIABLES if key not in given]
    if name == "test" and not os.environ.get("DATABASE_TEST_URL"):
        missing.append("DATABASE_TEST_URL")
    if missing:
        raise Trouble(
            f"{given[0]} is set but {missing[0]} is not: set all of {', '.join(SERVER_VARIABLES)}"
            " (and DATABASE_TEST_URL for tests), or none of them."
        )
    values = os.environ | _defaults(name) | _running_demo(name) | _chosen()
    if os.environ.get("DATABASE_ADMIN_URL"):
        roles.bootstrap(values)
    _require_answers(values)
    return values, None


def _require_answers(values: dict) -> None:
    """Say now, in a sentence, that a server which was named is not there."""
    for key in SERVER_VARIABLES[:-1]:
        try:
            psycopg2.connect(values[key], connect_timeout=5).close()
        except psycopg2.Error as error:
            raise _no_answer(key, values[key], error) from None
    try:
        redis.Redis.from_url(values["REDIS_URL"], socket_connect_timeout=5, socket_timeout=5).ping()
    except (redis.RedisError, ValueError) as error:
        raise _no_answer("REDIS_URL", values["REDIS_URL"], error) from None


def _no_answer(key: str, address: str, error: Exception) -> Trouble:
    place = urlsplit(address).netloc.rpartition("@")[2]
    reason = str(error).strip().splitlines()[0]
    return Trouble(
        f"{key} names {place}, where nobody lets us in: start it or mend {key} ({reason})."
    )


def _defaults(name: str) -> dict:
    secrets = local_secrets()
    return {
        "PORTAL_VAR": str(var()),
        "PORTAL_DEMO": "1" if name == "demo" else "0",
        "SECRET_KEY": secrets["SECRET_KEY"],
        "OUTBOX_KEYS": secrets["OUTBOX_KEYS"],
        "ACTOR_KEYS": secrets["ACTOR_KEYS"],
        "MFA_KEYS": secrets["MFA_KEYS"],
        "DETAIL_KEYS": secrets["DETAIL_KEYS"],
        "SAFETY_KEYS": secrets["SAFETY_KEYS"],
        "SITE_URL": "http://localhost:8000",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "HTTPS": "0",
        "STATIC_ROOT": str(var() / name / "static"),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": "1025",
        "LOG_JSON": "0",
        "PG_PROGRAMS": client_programs(),
    }


def _running_demo(name: str) -> dict:
    """Return where a running demo answers and takes mail, so that commands agree with it."""
    try:
        return json.loads((var() / name / "demo.json").read_text())
    except (OSError, ValueError):
        return {}


def _chosen() -> dict:
    """Return what the person set by hand; it wins over the defaults."""
    names = {*_defaults("demo"), *SERVER_VARIABLES, *roles.ROLE_OF, "DATABASE_ADMIN_URL"}
    return {key: os.environ[key] for key in names if os.environ.get(key)}
