"""What an institution was sent, for the copy of its record: words, questions and answers."""

from collections.abc import Callable

from contacts.models import Institution
from partnerships.models import Bulletin, BulletinQuestion, BulletinVersion

NOT_SAID = ("areas", "number", "bulletin", "told")  # numbers that say nothing outside of the portal
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


def _plain(told):
    return {name: value for name, value in told.items() if name not in NOT_SAID}
