"""What an institution's page loads besides its timeline."""

from datetime import date

from django.db.models import Q

from contacts.models import Institution, User, WeeklyTime
from partnerships.models import Partnership


def partnerships_of(institution: Institution, user: User):
    """Build the queryset of its live partnerships, primary first, with their officers."""
    visible = Partnership.objects.visible_to(user).live().for_detail()
    return visible.filter(institution=institution).order_by("-is_primary", "pk")


def busy_times_of(institution: Institution, *, on: date):
    """Build the queryset of the times of the week that it keeps for itself on a day."""
    times = WeeklyTime.objects.filter(
        Q(kept_until__isnull=True) | Q(kept_until__gt=on),
        institution=institution,
        kept_from__lte=on,
    )
    return times.order_by("weekday", "starts", "pk")
