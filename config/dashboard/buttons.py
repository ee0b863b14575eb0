"""The large buttons at the head of somebody's home page."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from contacts.standing import Standing

from .waiting.desks import TEAM_ROLES
from .waiting.people import Work


class Button(NamedTuple):
    url_name: str
    label: str
    is_main: bool = False


LOG = Button("events:visit-log", _("Log a visit"), is_main=True)
ASK = Button("events:request-create", _("Ask for a visit or talk"), is_main=True)
PLAN = Button("events:visit-plan", _("Plan a visit"))
FIGURES = Button("dashboard", _("Open the figures"), is_main=True)
ADD_INSTITUTION = Button("contacts:institution-add", _("Add an institution"))
ADD_OFFICER = Button("contacts:officer-add", _("Add an officer"))
RIGHTS = Button("contacts:rights-list", _("Data requests"), is_main=True)
PANEL = Button("panel", _("Open the scrutiny panel"), is_main=True)
ACCOUNTS = Button("contacts:account-list", _("Accounts"), is_main=True)
STATE = Button("portal-state", _("How the portal does"))
TIMES = Button("contacts:disposal-list", _("What has reached its time"))
INVITE = Button("contacts:person-invite", _("Invite a partner"))


def buttons_for(standing: Standing, work: list[Work]) -> list[Button]:
    """Return what somebody can begin; a mosque whose partnership has not begun, nothing."""
    buttons = []
    if standing.has(*TEAM_ROLES):
        buttons += [LOG, PLAN]
    if any(entry.desk.has_begun for entry in work if entry.role == "partner"):
        buttons += [ASK, LOG._replace(is_main=False), PLAN]
    if standing.has("coordinator"):
        buttons += [FIGURES, ADD_INSTITUTION, ADD_OFFICER, INVITE]
    if standing.has("scrutineer"):
        buttons += [PANEL]
    if standing.has("records_officer"):
        buttons += [RIGHTS, TIMES]
    if standing.has("platform_admin"):
        buttons += [ACCOUNTS, STATE]
    return list(dict.fromkeys(buttons))
