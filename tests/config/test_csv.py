import csv
import datetime as dt
import io

import pytest

from config.web.csv import safe_cell, write_csv


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 1632 960123",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "\N{NO-BREAK SPACE}=1+1",
        "\N{ZERO WIDTH SPACE}=1+1",
        "\N{RIGHT-TO-LEFT MARK}=1+1",
        "\ufeff=1+1",
        "\x00=1+1",
        "\N{FULLWIDTH EQUALS SIGN}1+1",
        "\N{FULLWIDTH PLUS SIGN}1",
        "\N{FULLWIDTH HYPHEN-MINUS}1",
        "\N{FULLWIDTH COMMERCIAL AT}SUM",
        "\N{MINUS SIGN}1",
        "|cmd",
        "%0A",
    ],
)
def test_safe_cell_lets_no_text_start_a_formula(text):
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["Masjid An-Noor", "مسجد النور", "3 = 2 + 1", "'quoted'", "", "a\n=1", "–"]
)
def test_safe_cell_leaves_other_texts_alone(text):
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [(-3, -3), (2.5, 2.5), (None, ""), (dt.date(2026, 3, 1), "2026-03-01"), (True, True)],
)
def test_safe_cell_leaves_numbers_and_dates_plain(value, cell):
    assert safe_cell(value) == cell


def test_write_csv_is_read_back_whole_by_a_spreadsheet():
    file = io.StringIO(newline="")

    write_csv(file, ["Name", "n"], [["Masjid “An-Noor”, Millbrook", 3], ['a "b"\nc', None]])

    assert file.getvalue().startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(file.getvalue().lstrip("\ufeff"), newline="")))
    assert rows == [["Name", "n"], ["Masjid “An-Noor”, Millbrook", "3"], ['a "b"\nc', ""]]
