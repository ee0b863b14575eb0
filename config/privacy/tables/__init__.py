"""The catalogue's entries, one module for each app and one for what came with packages."""

from . import (
    bulletins,
    consultations,
    contacts,
    events,
    packages,
    panel,
    partnerships,
    portal,
    reviews,
    safety,
)

TABLES = {
    **packages.TABLES,
    **portal.TABLES,
    **contacts.TABLES,
    **partnerships.TABLES,
    **bulletins.TABLES,
    **consultations.TABLES,
    **reviews.TABLES,
    **panel.TABLES,
    **safety.TABLES,
    **events.TABLES,
}
