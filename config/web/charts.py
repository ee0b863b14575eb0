"""Charts as SVG made on the server: no script, no inline style, a title and a description each.

Colours and strokes come from classes in static/css/site.css, so that print and forced colours work.
Show a chart through templates/components/_figure.html, which puts its table beside it.
"""

import math
import secrets

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 400  # small, so that the letters stay legible on a phone
ROW = 44  # a bar and its label above it
BAR = 16
PLOT_HEIGHT = 180
LEFT, RIGHT, TOP = 44, 16, 16
LETTER, APART = 9, 8  # a letter of 15 pixels, no wider than this; the least between two labels
COLOURS = 4  # a fifth series would repeat the first one's


def bar_chart(title: str, description: str, rows: list[tuple[str, float]]) -> SafeString:
    """Draw one horizontal bar for each ``(label, value)``."""
    return stacked_chart(title, description, [], [(label, [value]) for label, value in rows])


def stacked_chart(
    title: str, description: str, series: list[str], rows: list[tuple[str, list[float]]]
) -> SafeString:
    """Draw one bar for each ``(label, values)``, with a part for each name in ``series``."""
    longest = max((sum(values) for _label, values in rows), default=0) or 1
    scale = (WIDTH - 60) / longest
    key, top = _key(series, _square)
    parts = [key]
    for i, (label, values) in enumerate(rows):
        y, x = top + i * ROW, 0.0
        parts.append(_text(0, y + 15, label))
        for number, value in enumerate(values):
            parts.append(_rect(number, x, y + 21, value * scale))
            x += value * scale
        parts.append(_text(x + 8, y + 34, _write(sum(values))))
    return _frame(title, description, top + max(len(rows), 1) * ROW, parts)


def line_chart(
    title: str, description: str, labels: list[str], series: list[tuple[str, list[float | None]]]
) -> SafeString:
    """Draw a line for each ``(name, values)`` over ``labels``; a None leaves a gap."""
    known = [value for _name, values in series for value in values if value is not None]
    ceiling = _ceiling(max(known, default=0))
    names = [name for name, _values in series] if len(series) > 1 else []
    key, top = _key(names, _dash)
    floor = top + TOP + PLOT_HEIGHT
    step = (WIDTH - LEFT - RIGHT) / max(len(labels) - 1, 1)
    parts = [key, _grid(ceiling, floor), _ticks(labels, step, floor)]
    for number, (_name, values) in enumerate(series):
        heights = [value and value * PLOT_HEIGHT / ceiling for value in values]
        points = [
            None if height is None else (_size(LEFT + i * step), _size(floor - height))
            for i, height in enumerate(heights)
        ]
        parts.append(_line(points, number))
    return _frame(title, description, floor + 30, parts)


def _frame(title, description, height, parts):
    uid = secrets.token_hex(4)
    return format_html(
        '<svg class="portal-chart" viewBox="0 0 {w} {h}" role="img" focusable="false" '
        'aria-labelledby="{u}-t {u}-d"><title id="{u}-t">{t}</title>'
        '<desc id="{u}-d">{d}</desc>{b}</svg>',
        w=WIDTH,
        h=height,
        u=uid,
        t=title,
        d=description,
        b=_join(parts),
    )


def _join(parts):
    return format_html_join("", "{}", ((part,) for part in parts))


def _text(x, y, content, anchor="start"):
    markup = '<text x="{}" y="{}" text-anchor="{}">{}</text>'
    return format_html(markup, _size(x), _size(y), anchor, content)


def _rect(number, x, y, width):
    markup = '<rect class="c-{}" x="{}" y="{}" width="{}" height="{}"/>'
    return format_html(markup, _colour(number), _size(x), y, _size(width), BAR)


def _line(points, number):
    path, pen = [], "M"
    for point in points:
        if point:
            path.append(f"{pen}{point[0]} {point[1]}")
        pen = "L" if point else "M"
    dot = '<circle class="c-{}" cx="{}" cy="{}" r="4"/>'
    dots = format_html_join("", dot, ((_colour(number), *point) for point in points if point))
    markup = '<path class="c-line s-{}" d="{}"/>{}'
    return format_html(markup, _colour(number), " ".join(path), dots)


def _grid(ceiling, floor):
    parts = []
    for fraction in (0, 0.5, 1):
        y = _size(floor - PLOT_HEIGHT * fraction)
        markup = '<line class="c-grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        parts.append(format_html(markup, LEFT, WIDTH - RIGHT, y, y))
        parts.append(_text(LEFT - 8, y + 5, _write(ceiling * fraction), "end"))
    return _join(parts)


def _ticks(labels, step, floor):
    """Write the labels below the floor; one that would touch the one before is left out."""
    every = math.ceil(len(labels) / 6) or 1  # as many as fit on a phone
    last, free, parts = len(labels) - 1, 0.0, []
    for i in range(0, len(labels), every):
        x, width = LEFT + i * step, len(labels[i]) * LETTER
        at_edge = i == last and last
        start = x - (width if at_edge else width / 2)
        if start >= free:
            parts.append(_text(x, floor + 22, labels[i], "end" if at_edge else "middle"))
            free = start + width + APART
    return _join(parts)


def _square(number, x, y):
    return _rect(number, x, y, BAR), x + 24


def _dash(number, x, y):
    markup = '<path class="c-line s-{}" d="M{} {}h28"/>'
    return format_html(markup, _colour(number), x, y + BAR // 2), x + 36


def _key(names, mark):
    """Draw which colour is what, two to a row; return it with the height that it takes."""
    parts = []
    for number, name in enumerate(names):
        y = number // 2 * 26
        drawn, x = mark(number, number % 2 * WIDTH // 2, y)
        parts += [drawn, _text(x, y + 13, name)]
    return _join(parts), math.ceil(len(names) / 2) * 26


def _colour(number):
    return number % COLOURS + 1


def _ceiling(value):
    """Return a round number at or above ``value``, for the top of the scale."""
    if value <= 0:
        return 1
    magnitude = 10 ** math.floor(math.log10(value))
    return next(m * magnitude for m in (1, 2, 4, 5, 10) if m * magnitude >= value)


def _write(value):
    whole = float(value).is_integer()
    return f"{int(value):,}" if whole else f"{value:,.1f}"


def _size(value):
    return round(value, 1)
