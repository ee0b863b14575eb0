"""Pytest's loop, once for the tests and once more for each mutant of its kinds.

Each mutant has a process of its own, forked with the database connection and what the tests share:
the parent waits, the child runs the tests that touch what was changed, stops at the first failure
and leaves without closing anything.
"""

import builtins
import gc
import json
import os
import time
from collections import Counter

import pytest
import rules
from _pytest.runner import runtestprotocol
from django.db import connection, transaction
from pytest_django.plugin import blocking_manager_key

from contacts.querysets import asked as asked_roles
from tests.access.cast import LOADED
from tests.access.permissions import TABLE

from . import policies, targets
from .graft import graft
from .mutants import HIT, watched

SAVE_SECONDS = 5


class Plugin:
    """``state`` is a file of names: those left to kill, and what became of the others."""

    def __init__(self, state, kinds):
        self.state, self.kinds = state, kinds

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        if session.testsfailed:
            raise session.Failed("The tests could not be collected.")
        state = json.loads(self.state.read_text())
        Loop(session, lambda now: self.state.write_text(json.dumps(now))).run(state, self.kinds)
        return True


class Loop:
    def __init__(self, session, save):
        self.save = save  # a run that is stopped keeps what it found
        self.blocker = session.config.stash[blocking_manager_key]
        self.items = [item for item in session.items if not _is_heavy(item)]
        self.touched = {}  # node id of a test: what it runs and asks
        self.seconds = {}
        self.kills = Counter()
        self.killers = {}  # by which test a mutant was killed in an earlier run

    def run(self, state, kinds):
        left, self.killers = set(state["left"]), state["killers"]
        self.rest = {module: _original(module) for module in targets.RULES}
        self._watch()
        self.mentioned = targets.mentions()
        chosen = frozenset(name for name in left if targets.kind_of(name) in kinds)
        # What is done to the database is taken back; a scene has begun a transaction anyway.
        with self.blocker.unblock(), transaction.atomic():
            policies.prepare()
            self._try_all(chosen, state, left)
            transaction.set_rollback(True)

    def _try_all(self, chosen, state, left):
        saved = time.monotonic()
        for mutant in targets.all_mutants(chosen):
            what, by = self._try(mutant)
            state[what][mutant.name] = by
            if what != "survived":
                left.remove(mutant.name)
            if time.monotonic() - saved > SAVE_SECONDS:
                self.save(state | {"left": sorted(left)})
                saved = time.monotonic()
            print("." if what == "killed" else f"\n{what} {mutant.name}\n", end="", flush=True)

        self.save(state | {"left": sorted(left)})

    # --- Which tests touch what --------------------------------------------------------------

    def _watch(self):
        """Run every test once as it is, with functions and permissions that tell of their use."""
        first = max(self.items, key=lambda item: len(item.fixturenames))
        # Makes here what the tests share: of a module, where there is no other one in the round.
        elsewhere = (item for item in self.items if item.module is not first.module)
        list(self._results([first], then=next(elsewhere, self.items[-1])))
        gc.collect()
        gc.freeze()  # so that children do not copy what they only look at
        told = self._in_child(self._run_watched)
        if told["failed"]:
            raise pytest.UsageError(f"Without any mutant there fail: {told['failed'][:3]}")
        self.touched = {test: set(hits) for test, hits in told["touched"].items()}
        self.seconds = told["seconds"]

    def _run_watched(self):
        hits = set()
        setattr(builtins, HIT, hits.add)
        asked = rules.permissions.permissions.test_rule

        def test_rule(name, *args, **kwargs):
            hits.add(f"perm:{name}")
            return asked(name, *args, **kwargs)

        rules.permissions.permissions.test_rule = test_rule
        graft({name: watched(name, targets.source_of(name)) for name in targets.ALL})
        told = {"touched": {}, "seconds": {}, "failed": []}
        began = time.perf_counter()
        for item, passed in self._results(self.items):
            told["failed"] += [] if passed else [f"{item.nodeid}: {self.said[0][-500:]}"]
            told["seconds"][item.nodeid] = time.perf_counter() - began
            told["touched"][item.nodeid] = sorted(hits)
            hits.clear()
            asked_roles._roles.cache_clear()
            began = time.perf_counter()
        return told

    def _that_touch(self, mutant):
        if mutant.module in (policies.MODULE, policies.ASKED):
            return self._likely_first(mutant, self.items)
        wanted = {f"{mutant.module}:{mutant.owner}", f"perm:{mutant.owner}"}
        if not any(wanted & touched for touched in self.touched.values()):
            wanted = targets.resting_on(mutant.owner, self.mentioned)
        touching = [item for item in self.items if self.touched[item.nodeid] & wanted]
        return self._likely_first(mutant, touching)

    def _likely_first(self, mutant, items):
        def key(item):
            test = item.nodeid
            is_its_own = getattr(item, "callspec", None) and mutant.owner in item.callspec.id
            of_owner, ever = self.kills[mutant.owner, test], self.kills[test]
            is_known = test == self.killers.get(mutant.name)
            return not is_known, not is_its_own, -of_owner, -ever, self.seconds[test]

        return sorted(items, key=key)

    # --- One mutant --------------------------------------------------------------------------

    def _try(self, mutant):
        """Ask at first no more of the table than rests on the mistake; then everything."""
        items = self._that_touch(mutant)
        perms = self._perms_resting_on(mutant)
        of_table = [item for item in items if item.originalname == targets.ASKS_THE_TABLE]
        told = {}
        if perms and of_table:
            told = self._in_child(lambda: self._run_mutant(mutant, of_table, perms))
        if not told.get("killed"):
            told = self._in_child(lambda: self._run_mutant(mutant, items))
        if killer := told.get("killed"):
            self.kills.update((killer, (mutant.owner, killer)))
            return "killed", killer
        return ("broken", told["broken"]) if "broken" in told else ("survived", len(items))

    def _perms_resting_on(self, mutant):
        if mutant.module not in targets.RULES:
            return set()
        tags = targets.resting_on(mutant.owner, self.mentioned) | {f"perm:{mutant.owner}"}
        perms = {tag.removeprefix("perm:") for tag in tags}
        return perms & {perm for grant in TABLE for perm in (grant.perm, grant.guest_perm)}

    def _run_mutant(self, mutant, items, perms=()):
        if perms:
            asked = [grant for grant in TABLE if perms & {grant.perm, grant.guest_perm}]
            items[0].module.TABLE = asked
        try:
            self._make(mutant)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody could deploy it
            return {"broken": repr(error)}
        failed = (item.nodeid for item, passed in self._results(items) if not passed)
        return {"killed": next(failed, None)}

    def _make(self, mutant):
        if mutant.module in (policies.MODULE, policies.ASKED):
            policies.apply(mutant)
            return
        rules.permissions.permissions.clear()  # every module of rules follows
        graft({mutant.module: mutant.code} | self._after(mutant.module))
        if mutant.module not in targets.RULES:
            LOADED.clear()  # whose roles were loaded before the mistake was made

    def _after(self, module):
        return {name: code for name, code in self.rest.items() if name != module}

    def _results(self, items, then=None):
        """Run tests, the next one only when it is asked for; what they share stays to the end."""
        for index, item in enumerate(items):
            after = [*items[index + 1 : index + 2], then, *self.items[:2]]
            other = next(other for other in after if other and other is not item)
            item._initrequest()
            reports = runtestprotocol(item, log=False, nextitem=other)
            self.said = [report.longreprtext for report in reports if not report.passed]
            yield item, not self.said

    def _in_child(self, work):
        """Do some work in a process that uses our connection while we wait, and put that back."""
        database = connection.connection.cursor()
        if connection.in_atomic_block:
            database.execute("SAVEPOINT before_child")
        told = self._told_by_child(work)
        is_inside = connection.in_atomic_block
        database.execute("ROLLBACK TO SAVEPOINT before_child" if is_inside else "ROLLBACK")
        return told

    def _told_by_child(self, work):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.write(writing, json.dumps(work()).encode())
            finally:
                os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
        os.waitpid(child, 0)
        return json.loads(told)


def _original(module):
    return compile(targets.source_of(module), module, "exec")


def _is_heavy(item):
    own_database = {"transactional_db", "live_portal", "worker_and_beat"} & set(item.fixturenames)
    return own_database or item.originalname in targets.LEFT_OUT
