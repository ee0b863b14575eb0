"""Taking out a table that names institutions: each of them reads of it, and is told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from config.audit.actions import record_read
from contacts.actions.disclosures import record_export
from contacts.models import Institution, User


@transaction.atomic
def take_out(*, refs: Iterable[str], gateway: str, by: User, at: datetime) -> None:
    """Write down, for each institution named, that the file was made and why."""
    named = list(Institution.objects.filter(ref__in=list(refs)).order_by("pk"))
    record_export(institutions=named, gateway=gateway, by=by, at=at)
    record_read(
        "dashboard.take_out_names", subject=by, institutions=[p.pk for p in named], by=by, at=at
    )
