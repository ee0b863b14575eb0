"""Writing the trail: one call in each action, inside the action's own transaction."""

from datetime import datetime
from typing import Any

from django.db import models

from config.codes import require_codes

from .models import Entry


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
