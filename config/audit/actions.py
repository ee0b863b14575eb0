"""Writing the trail: one call in each action, inside the action's own transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from config.codes import require_codes

from .models import AccessEvent, Entry


def record(
    action: str,
    *,
    subject: models.Model,
    by: models.Model | None,
    at: datetime,
    institution: models.Model | None = None,
    **details: Any,
) -> Entry:
    """Write what ``by`` did to ``subject``; ``by=None`` means the portal itself.

    ``institution`` is whose "what happened to us" shows the entry. ``details`` holds codes, ids
    and dates only, so that an erasure request never has to touch the trail.

    Raises:
        TypeError: a detail holds words.
    """
    require_codes(action, name="action")
    require_codes(details, name="details")
    return Entry.objects.create(
        at=at,
        action=action,
        actor_kind=Entry.ActorKind.USER if by else Entry.ActorKind.SYSTEM,
        actor_id=by.pk if by else None,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        institution_id=institution.pk if institution else None,
        details=details,
    )


def record_read(
    what: str,
    *,
    subject: models.Model,
    institutions: Iterable[int],
    by: models.Model,
    at: datetime,
    grants: Mapping[int, int] | None = None,
) -> None:
    """Write that ``by`` read ``subject``, of the record of these institutions. One query.

    ``grants`` maps an institution to the break-glass grant by which it was in sight.
    """
    require_codes(what, name="what")
    AccessEvent.objects.bulk_create(
        AccessEvent(
            at=at,
            actor_id=by.pk,
            institution_id=institution,
            what=what,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            grant_id=(grants or {}).get(institution),
        )
        for institution in institutions
    )
