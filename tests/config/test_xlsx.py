import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from config.web import xlsx
from config.web.tables import XLSX, table_file
from tests.support.tables import xlsx_cells, xlsx_rows

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def written(headers, rows) -> bytes:
    file = io.BytesIO()
    xlsx.write_xlsx(file, headers, rows, title="A table")
    return file.getvalue()


def sheet_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


@settings(max_examples=60, deadline=None)
@given(TEXTS)
@example("=1+1")
@example('=HYPERLINK("http://x.example")')
@example("{=1+1}")
@example("https://x.example/")
@example("mailto:a@x.example")
@example("007")
@example("\x00\x01\x0b\x1f\x7f\x85\u2028\ufffe\uffff")
@example("a\r\nBcc: b")
@example("_x0041_ _x005F_")
@example("  مسجد النور \u202e")
@example("]]></t><f>1+1</f>&amp;")
def test_any_text_is_a_text_cell_and_comes_back_whole(text):
    content = written(["Name"], [[text]])

    assert xlsx_rows(content) == [["Name"], [text]]
    assert xlsx_cells(content)[1][0].data_type == "s"
    assert "<f>" not in sheet_of(content)
    assert "hyperlink" not in sheet_of(content)


@pytest.mark.parametrize(
    ("value", "cell", "shape"),
    [
        (-3, -3, "General"),
        (2.5, 2.5, "General"),
        (True, True, "General"),
        (None, None, "General"),
        (dt.date(2026, 3, 1), dt.datetime.fromisoformat("2026-03-01"), "yyyy-mm-dd"),
        (dt.date(1899, 3, 1), "1899-03-01", "General"),
        (
            dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC),
            dt.datetime.fromisoformat("2026-07-01T23:30"),
            "yyyy-mm-dd hh:mm",
        ),
    ],
)
def test_numbers_and_days_are_what_they_are(value, cell, shape):
    row = xlsx_cells(written(["n", "last"], [[value, "."]]))[1]

    assert (row[0].value, row[0].number_format) == (cell, shape)


def test_a_text_too_long_for_a_cell_is_cut_and_not_left_out():
    assert xlsx_rows(written(["n"], [["a" * 40_000]]))[1] == ["a" * 32_767]


def test_sheet_runs_as_the_language_does():
    left = sheet_of(written(["n"], [["مسجد"]]))
    with translation.override("ur"):
        right = sheet_of(written(["n"], [["مسجد"]]))

    assert "rightToLeft" not in left
    assert 'rightToLeft="1"' in right


@pytest.mark.parametrize("fails", [False, True])
def test_nothing_stays_on_the_disk(tmp_path, monkeypatch, fails):
    seen = []

    def rows():
        yield ["first"]
        seen.extend(path.name for path in tmp_path.rglob("*") if path.is_file())
        if fails:
            raise RuntimeError("Broken on purpose")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    if fails:
        with pytest.raises(RuntimeError):
            written(["n"], rows())
    else:
        written(["n"], rows())

    assert seen
    assert list(Path(tmp_path).rglob("*")) == []


def test_a_file_in_another_script_has_a_name_that_browsers_read():
    response = table_file(XLSX, "کس نے دیکھا", ["n"], [])

    assert "filename*=utf-8''" in response["Content-Disposition"]
    assert response["Content-Disposition"].endswith(".xlsx")
