"""What each role is told at each address, asked once for all the proofs that read it."""

import hashlib
import re
import uuid
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection
from django.urls import reverse

from tests.support.tables import text_of

from .record import FOUND
from .table import AS_IF, PAGES, ROLES

STANDINGS = ("ours", "other", "far", "missing")
# At the next mosque and in the other area, those who stand otherwise than at ours, and one who
# does not; what is missing, one of each kind of people, for it looks at nobody's institution.
ASKED = {
    "ours": ROLES,
    "other": (*AS_IF["other"], "sergeant", "umbrella_lead"),
    "far": (*AS_IF["far"], "coordinator", "commander"),
    "missing": ("officer", "commander", "far_sergeant", "imam", "member", "other_imam", "far_imam"),
}
MISSING = uuid.UUID(int=0, version=4)
# A session, and the device's line in "where you are signed in", are not the portal's record; who
# read what has tests of its own.
PASSING = ("django_session", "usersessions_usersession", "audit_accessevent")
CHANGES = {"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE"}


class Answer(NamedTuple):
    """``told`` digests all that may not tell what is hidden from what is not there.

    ``canaries`` are the (place, field) whose words the page or its headers hold. ``leads_nowhere``
    tells of a link without an address, by which a browser stays where it is.
    """

    status: int
    told: str
    changes: tuple
    canaries: frozenset
    headers: dict
    leads_nowhere: bool


class Crawl:
    """Asks as each role; what is only read is asked once."""

    def __init__(self, scene):
        self.scene, self._got = scene, {}

    def get(self, name, role, standing="ours"):
        key = (name, role, standing)
        if key not in self._got:
            self._got[key] = self.ask("get", name, role, standing)
        return self._got[key]

    def ask(self, verb, name, role, standing="ours", **data):
        return self.ask_at(verb, self.address(name, standing), role, **data)

    def ask_at(self, verb, url, role, **data):
        with written() as changes:
            response = getattr(self.scene.clients[role], verb)(url, **data)
        return answer(response, url, changes)

    def address(self, name, standing="ours"):
        row = PAGES[name]
        if not row.of:
            return reverse(name, args=row.args)
        is_there = standing != "missing"
        return reverse(
            name,
            args=[
                *row.args,
                self.scene.records[standing][row.of].ref if is_there else MISSING,
            ],
        )

    def seen(self):
        """Yield role, route and standing with the answer, for every page that opens."""
        for name, row in PAGES.items():
            for role in ROLES:
                for standing in places(row, role):
                    if row.verdict(role, standing) == 200 and "GET" in row.methods:
                        yield role, name, standing, self.get(name, role, standing)


def places(row, role):
    """Return the standings at which to ask as ``role``; elsewhere it stands as at ours."""
    return [place for place in STANDINGS if role in ASKED[place]] if row.of else ["ours"]


def answer(response, url, changes=()):
    page, headers = text_of(response), response.headers
    # What differs between any two answers, and the address as it was asked, are no news.
    same = re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", page).replace(url, "")
    named = sorted((k, v) for k, v in headers.items() if k != "X-Request-ID")
    told = hashlib.sha256(f"{same}{named}".encode()).hexdigest()
    found = canaries(f"{page}{named}")
    nowhere = 'href=""' in page
    return Answer(response.status_code, told, tuple(changes), found, dict(headers), nowhere)


def canaries(text):
    """Return the (place, field) whose words stand in ``text``; folded lines are unfolded."""
    unfolded = text.replace("\r\n ", "").replace("=\n", "")
    return frozenset((place.lower(), what.lower()) for place, what in FOUND.findall(unfolded))


@contextmanager
def written():
    """Collect the statements that change a row, but for sessions."""
    changes = []

    def look(execute, sql, params, many, context):
        if sql.lstrip().partition(" ")[0].upper() in CHANGES:
            if not any(f'"{table}"' in sql for table in PASSING):
                changes.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield changes
