"""Every form that the portal has, found twice: by its routes and by its classes."""

import importlib
import pkgutil

from django.forms.forms import BaseForm

import config
import contacts
import events
import partnerships
from tests.access.routes import routes

from .doors import FORMLESS, PORTAL
from .doors_accounts import ACCOUNTS

DOORS = PORTAL | ACCOUNTS
OURS = (config, contacts, events, partnerships)
# Those that read the address: tests/forms/test_filters.py.
FILTERS = {
    "FiguresFilter": "the dashboard",
    "LookedFilter": "who looked at a record",
    "ReferenceForm": "whose reference it is",
    "AccountFilter": "accounts",
    "InstitutionFilter": "institutions",
    "BulletinFilter": "bulletins",
    "ConcernFilter": "concerns",
    "ConsultationFilter": "consultations",
    "PanelCommentFilter": "what a panel said",
    "PromiseFilter": "promises",
    "RequestFilter": "requests",
    "VisitFilter": "visits",
}
# Classes that are filled in elsewhere than at a route that takes a form.
NEVER_SENT = {
    "ChangeEmailForm": "for addresses that are verified by a code; here it is by a link",
    "BlankForm": "kept on the phone until there is signal, then sent as VisitLogForm",
}


def routes_of_forms() -> set[str]:
    return {
        route.name for route in routes() if route.takes_forms and not route.name.startswith("admin")
    }


def form_classes() -> set[type]:
    """Return the forms of the portal of which no other is made, but for lists' filters."""
    for package in OURS:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".forms" in module.name or ".views" in module.name:
                importlib.import_module(module.name)
    ours = tuple(package.__name__ for package in OURS)
    return {each for each in _leaves(BaseForm) if each.__module__.startswith(ours)}


def filter_classes() -> set[type]:
    return {each for each in form_classes() if each.__name__ in FILTERS}


def _leaves(kind):
    below = kind.__subclasses__()
    return {leaf for each in below for leaf in _leaves(each)} if below else {kind}


__all__ = ["DOORS", "FORMLESS", "form_classes", "routes_of_forms"]
