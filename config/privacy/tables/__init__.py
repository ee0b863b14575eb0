"""The catalogue's entries, one module for each app and one for what came with packages."""

from . import bulletins, contacts, events, packages, panel, partnerships, portal

TABLES = {
    **packages.TABLES,
    **portal.TABLES,
    **contacts.TABLES,
    **partnerships.TABLES,
    **bulletins.TABLES,
    **panel.TABLES,
    **events.TABLES,
}
