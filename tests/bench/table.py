"""The one table that a run prints."""

from typing import NamedTuple


class Row(NamedTuple):
    what: str
    goal: str
    measured: str
    verdict: str


def verdict(*met: bool) -> str:
    return "met" if all(met) else "missed"


def show(rows: list[Row]) -> str:
    """Return the rows as a table that Markdown reads too."""
    every = [Row("what", "goal", "measured", "verdict"), *rows]
    widths = [max(len(row[place]) for row in every) for place in range(len(Row._fields))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in every
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
