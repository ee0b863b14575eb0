"""Files of tables, read back as a spreadsheet reads them."""

import csv
import io
import zipfile

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_cells(content: bytes) -> list[list]:
    """Return openpyxl's cells of the one sheet."""
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    return [list(row) for row in sheet.iter_rows()]


def xlsx_rows(content: bytes) -> list[list]:
    """Return the values; what Excel keeps as ``_x000D_`` is the sign again, as in Excel."""
    return [
        [unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in row]
        for row in xlsx_cells(content)
    ]


def rows_of(response) -> list[list]:
    is_workbook = response["Content-Type"] == XLSX
    return (xlsx_rows if is_workbook else csv_rows)(response.content)


def text_of(response) -> str:
    """Return all that an answer says; of a workbook, all its parts; of a picture, its bytes."""
    if response.headers.get("Content-Type", "").startswith("image/jpeg"):
        return response.content.decode("latin-1")
    if response.headers.get("Content-Type") != XLSX or not response.content:
        return response.content.decode()
    with zipfile.ZipFile(io.BytesIO(response.content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())
