"""Whether the figures of reviews are still those that were frozen; asked with the audit trail."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from config.audit.models import Entry
from partnerships.models import PartnershipReview, ReviewFigures

FROZEN = "partnerships.review_figures_frozen"


def changed_figures() -> Iterator[str]:
    """Yield a sentence for each review whose figures were edited or are gone.

    The hash beside the figures finds an edit; the one in the sealed trail, that it was made to fit.
    """
    kept = {}
    entries = Entry.objects.filter(action=FROZEN).values_list("subject_id", "details")
    for review, details in entries.iterator():
        kept[int(review)] = details.get("digest")
    for figures in ReviewFigures.objects.order_by("pk").iterator():
        known = kept.pop(figures.review_id, None)
        if not figures.is_intact or (known and known != figures.digest):
            yield _("figures: those of review %(n)s were edited") % {"n": figures.review_id}
    gone = set(kept) & set(PartnershipReview.objects.values_list("pk", flat=True))
    for review in sorted(gone):
        yield _("figures: those of review %(n)s were deleted") % {"n": review}
