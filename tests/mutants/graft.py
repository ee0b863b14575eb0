"""Put changed code into the modules that are loaded, wherever it was imported or composed.

The module is executed anew, and so is every module of rules; what came of it is written into the
objects that others hold. Nothing takes this back: it is for a process that ends.
"""

import sys
from types import FunctionType

import rules

HOME = ("config.", "contacts.", "partnerships.", "events.")


def graft(changed):
    """Execute ``{module name: code}`` in the order given, in the place of what is loaded."""
    rules.add_perm = rules.set_perm
    for name, code in changed.items():
        module = sys.modules[name]
        fresh = {key: value for key, value in vars(module).items() if key.startswith("__")}
        exec(code, fresh)  # noqa: S102 - the portal's own code, with one mistake in it
        for key, new in fresh.items():
            old = vars(module).get(key)
            if not key.startswith("__") and old is not new:
                _write(module, key, old, new)


def _write(module, key, old, new):
    if isinstance(old, rules.Predicate):
        vars(old).update(vars(new))
    elif isinstance(old, FunctionType):
        _function(old, new)
    elif hasattr(old, "cache_clear"):
        _function(old.__wrapped__, new.__wrapped__)
        old.cache_clear()
    elif isinstance(old, type):
        for name, part in vars(new).items():
            if not (name.startswith("__") and name.endswith("__")):
                _part(vars(old).get(name), part)
    else:
        _everywhere(old, new)
        setattr(module, key, new)


def _part(old, new):
    if isinstance(old, FunctionType):
        _function(old, new)
    elif isinstance(old, property):
        _function(old.fget, new.fget)
    elif isinstance(old, classmethod | staticmethod):
        _function(old.__func__, new.__func__)


def _function(old, new):
    old.__code__ = new.__code__
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def _everywhere(old, new):
    """A set of codes is imported by name: put the new one wherever the old one was."""
    if not isinstance(old, frozenset | tuple | dict):
        return
    for name, module in list(sys.modules.items()):
        if name.startswith(HOME):
            for key, value in list(vars(module).items()):
                if value is old:
                    setattr(module, key, new)
