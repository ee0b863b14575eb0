"""Whether an institution has joined, for what changes hands with that."""

from django.db.models import Exists, OuterRef

from .models import Partnership


def with_joining(institutions):
    """Load ``has_joined`` with each institution: from then on its own leads speak for it."""
    begun = Partnership.objects.begun().filter(institution=OuterRef("pk"))
    return institutions.annotate(has_joined=Exists(begun))
