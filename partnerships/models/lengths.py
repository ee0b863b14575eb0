from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def require_lengths(row, *names: str) -> None:
    """Decline words beyond their ``max_length``, which Django checks of a TextField in forms alone.

    Raises:
        ValidationError: beside each field whose words are too long.
    """
    limits = {name: row._meta.get_field(name).max_length for name in names}
    too_long = _("This must be %(limit)s characters or fewer.")
    wrong = {
        name: too_long % {"limit": limit}
        for name, limit in limits.items()
        if len(getattr(row, name)) > limit
    }
    if wrong:
        raise ValidationError(wrong)
