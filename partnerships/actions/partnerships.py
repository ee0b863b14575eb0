"""What happens to a partnership itself."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from partnerships.models import Partnership


@transaction.atomic
def note_contact(partnership: Partnership, *, on: date) -> None:
    """Move the last contact forward to ``on``, a London day; it never moves back."""
    earlier = Q(last_contact_on__isnull=True) | Q(last_contact_on__lt=on)
    Partnership.objects.filter(earlier, pk=partnership.pk).update(last_contact_on=on)
    partnership.last_contact_on = max(on, partnership.last_contact_on or on)
