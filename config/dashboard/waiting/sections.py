"""What waits for somebody, in sections: the first few of each, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

SHOWN = 3


@dataclass(frozen=True)
class Section:
    """One heading of the home page. ``code`` names its words; ``total`` counts beyond ``rows``."""

    code: str
    rows: tuple = ()
    total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    def __bool__(self):
        return bool(self.rows)


def sections(
    queryset: QuerySet, conditions: dict, *, order_by: Sequence, size: int = SHOWN
) -> dict[str, Section]:
    """Sort rows into sections by the first condition that holds; issues one query.

    ``conditions`` maps a section's code to its ``Q``; a row that meets none is left out.
    """
    section_code = Case(
        *(When(condition, then=Value(code)) for code, condition in conditions.items()),
        default=Value(""),
    )
    ranked = (
        queryset.annotate(section_code=section_code)
        .exclude(section_code="")
        .annotate(
            section_place=Window(RowNumber(), partition_by="section_code", order_by=order_by),
            section_total=Window(Count("pk"), partition_by="section_code"),
        )
        .filter(section_place__lte=size)
        .order_by("section_code", "section_place")
    )
    found: dict[str, list] = {}
    for row in ranked:
        found.setdefault(row.section_code, []).append(row)
    return {
        code: Section(code, tuple(found[code]), found[code][0].section_total)
        if code in found
        else Section(code)
        for code in conditions
    }
