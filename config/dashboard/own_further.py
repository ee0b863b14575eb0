"""What stands in no row of one institution, for the copy of its record: all the words of it."""

from collections.abc import Callable

from contacts.models import Institution
from partnerships.models import (
    Bulletin,
    BulletinQuestion,
    BulletinVersion,
    Consultation,
    ConsultationTheme,
    PanelComment,
    PanelItem,
    WiderEvent,
)

NOT_SAID = (
    "areas",
    "number",
    "bulletin",
    "told",
    "sample",
    "item",
    "comment",
)  # numbers that say nothing outside of the portal
BELOW = {"wordings": BulletinVersion, "questions": BulletinQuestion}


def bulletins_sent_to(institution: Institution, tell: Callable) -> dict[int, dict]:
    """Return each bulletin that it was sent, by its id, as ``tell`` puts a row. Three queries."""
    sent = Bulletin.objects.sent_to_institution(institution).select_related("institution")
    found = {
        bulletin.pk: {"unit": bulletin.institution.name} | _plain(tell(bulletin))
        for bulletin in sent
    }
    for name, model in BELOW.items():
        for row in model._default_manager.filter(bulletin__in=list(found)).order_by("pk"):
            found[row.bulletin_id].setdefault(name, []).append(_plain(tell(row)))
    return found


def consultations_sent_to(institution: Institution, tell: Callable) -> dict[int, dict]:
    """Return each consultation that it was asked in, with its themes, by its id. Two queries."""
    sent = Consultation.objects.sent_to_institution(institution).select_related("institution")
    found = {each.pk: {"unit": each.institution.name} | _plain(tell(each)) for each in sent}
    themes = ConsultationTheme.objects.filter(consultation__in=list(found)).order_by("pk")
    for row in themes:
        found[row.consultation_id].setdefault("themes", []).append(_plain(tell(row)))
    return found


def outside_of(institution: Institution, tell: Callable) -> dict[int, dict]:
    """Return what happened outside and touches it, by its id, as ``tell`` puts a row. One query."""
    events = WiderEvent.objects.filter(touched__institution=institution).order_by("pk")
    return {event.pk: _plain(tell(event)) for event in events}


def panel_items_of(institution: Institution, tell: Callable) -> dict[int, dict]:
    """Return what a panel read of its record and said, by item. Three queries."""
    items = PanelItem.objects.filter(origin__institution=institution).order_by("pk")
    found = {item.pk: _plain(tell(item)) for item in items}
    comments = PanelComment.objects.about_items(list(found)).prefetch_related("answers")
    for comment in comments.order_by("pk"):
        answers = [_plain(tell(answer)) for answer in comment.answers.all()]
        said = _plain(tell(comment)) | ({"answers": answers} if answers else {})
        found[comment.item_id].setdefault("comments", []).append(said)
    return found


def _plain(told):
    return {name: value for name, value in told.items() if name not in NOT_SAID}
