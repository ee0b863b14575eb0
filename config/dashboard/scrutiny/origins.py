"""Where the record stands of which an item was made, for the two sides of that record."""

from django.urls import reverse

from partnerships.models import PanelItem, PanelOrigin

PAGES = {
    PanelItem.Kind.VISIT: "events:visit-detail",
    PanelItem.Kind.PROMISE: "partnerships:promise-detail",
    PanelItem.Kind.CONCERN: "partnerships:concern-detail",
    PanelItem.Kind.REQUEST: "events:request-detail",
}


def url_of(origin: PanelOrigin, kind: str) -> str:
    return reverse(PAGES[kind], args=[origin.subject_ref])
