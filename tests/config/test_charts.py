from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from config.web import charts

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg):
    return ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def texts(root):
    return [element.text for element in root.iter(f"{SVG}text")]


LINES = [("Ours", [4, None]), ("All", [0, 2.5])]
EVERY = [
    charts.bar_chart("Visits", "Most in May.", [("<b>May</b>", 4), ("June", 1)]),
    charts.bar_chart("Visits", "None yet.", []),
    charts.stacked_chart("Answers", "Most confirmed.", ["Yes", "No"], [("May", [3, 1])]),
    charts.line_chart("Days", "Falling.", ["May", "June"], LINES),
    charts.line_chart("Days", "None yet.", [], []),
]


@pytest.mark.parametrize("svg", EVERY, ids=range(len(EVERY)))
def test_chart_has_title_and_description_and_no_style_of_its_own(svg):
    root = drawn(svg)

    named = root.get("aria-labelledby").split()
    assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == named
    assert root.get("role") == "img"
    assert "style" not in svg


def test_bar_chart_escapes_labels_and_scales_to_the_longest():
    root = drawn(EVERY[0])

    widths = [float(bar.get("width")) for bar in root.iter(f"{SVG}rect")]
    assert texts(root) == ["<b>May</b>", "4", "June", "1"]
    assert widths == [340.0, 85.0]


def test_stacked_chart_names_its_parts_and_writes_the_sum():
    root = drawn(EVERY[2])

    assert texts(root) == ["Yes", "No", "May", "4"]
    assert [bar.get("class") for bar in root.iter(f"{SVG}rect")] == ["c-1", "c-2", "c-1", "c-2"]


def test_line_chart_leaves_a_gap_where_nothing_is_known():
    root = drawn(EVERY[3])

    lines = [path.get("d") for path in root.iter(f"{SVG}path") if "h28" not in path.get("d")]
    assert lines[0] == "M44.0 42.0"
    assert len(list(root.iter(f"{SVG}circle"))) == 3


@pytest.mark.parametrize("count", range(1, 27))
def test_line_chart_never_writes_one_label_over_another(count):
    labels = [f"Mar {number + 10}" for number in range(count)]
    root = drawn(charts.line_chart("Days", "Falling.", labels, [("Days", [1.0] * count)]))

    spans = []
    for text in root.iter(f"{SVG}text"):
        if text.text in labels:
            width, x = len(text.text) * 9, float(text.get("x"))
            start = x - {"middle": width / 2, "end": width}[text.get("text-anchor")]
            spans.append((start, start + width))
    assert spans
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
    assert spans[0][0] >= 0
    assert spans[-1][1] <= charts.WIDTH
