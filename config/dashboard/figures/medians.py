"""Exact medians, by the database."""

from django.db.models import Aggregate, FloatField


class Percentile(Aggregate):
    """``percentile_cont``: exact, between the two middle values where there are two."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression, *, fraction: float, **extra):
        super().__init__(expression, fraction=float(fraction), **extra)
