"""The main menu, by role."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from contacts.standing import RECORDS

from .forum import PARTS
from .rules import measures

FORUM = ("forum", _("Forum"))
MENU = (
    ("home", _("Home")),
    ("events:visit-list", _("Visits")),
    ("events:request-list", _("Requests")),
    ("partnerships:promise-list", _("Promises")),
    ("partnerships:concern-list", _("Concerns")),
    FORUM,
)
OURS = _("Our institution")
MOSQUES = ("contacts:institution-list", _("Mosques"))
RIGHTS = ("contacts:rights-list", _("Data requests"))
FIGURES = ("dashboard", _("Figures"))
ACCOUNTS = ("contacts:account-list", _("Accounts"))
STATE = ("portal-state", _("Portal"))
PANEL = ("panel", _("Scrutiny panel"))


class Navigation:
    """Give the request its menu, ``nav_items``; only a page that draws it asks who is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.nav_items = SimpleLazyObject(lambda: items_for(request))
        return self.get_response(request)


def items_for(request) -> list[dict]:
    """Return the links of the menu; none for somebody without a role."""
    user = request.user
    if not user.is_authenticated or not user.standing.holdings:
        return []
    if user.is_held_up:
        return []  # each would lead to the page for setting one up
    meets = user.standing.is_police or user.standing.is_partner
    entries = [*MENU[: len(MENU) if meets else 1], *([MOSQUES] if user.standing.is_police else [])]
    links = [(reverse(name), label) for name, label in entries]
    home = user.contact.institution if user.contact else None  # none for a mere deputy
    if home and home.pk in user.standing.own_ids:
        links.append((home.get_absolute_url(), OURS))
    if measures(user):
        links.append((reverse(FIGURES[0]), FIGURES[1]))
    if user.standing.has("scrutineer"):  # all others find it in the forum
        links += [(reverse(name), label) for name, label in (FORUM, PANEL)]
    if user.standing.has(*RECORDS):
        links.append((reverse(RIGHTS[0]), RIGHTS[1]))
    if user.standing.has("platform_admin"):
        links += [(reverse(name), label) for name, label in (ACCOUNTS, STATE)]
    return [_item(url, label, request.path) for url, label in links]


def _item(url, label, path):
    under = [url, *(part.url for part in PARTS if label == FORUM[1])]
    current = path == url or (url != "/" and path.startswith(tuple(under)))
    return {"label": label, "url": url, "current": current}
