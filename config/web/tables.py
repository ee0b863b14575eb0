"""A table as a file to download. Whoever offers one offers each of these formats."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from .csv import write_csv
from .xlsx import write_xlsx


class Format(NamedTuple):
    """``code`` is the file's ending, and part of the names and addresses of its routes."""

    code: str
    content_type: str
    label: str | Promise
    build: Callable[..., bytes]


def _csv(headers, rows, title):
    file = io.StringIO(newline="")
    write_csv(file, headers, rows)
    return file.getvalue().encode()


def _xlsx(headers, rows, title):
    file = io.BytesIO()
    write_xlsx(file, headers, rows, title=title)
    return file.getvalue()


CSV = Format("csv", "text/csv; charset=utf-8", _("Download as CSV"), _csv)
XLSX = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _("Download as Excel"),
    _xlsx,
)


def table_file(
    file_format: Format, name: str, headers: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Return the table as an attachment called ``name``, with the format's ending."""
    response = HttpResponse(
        file_format.build(headers, rows, name), content_type=file_format.content_type
    )
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}.{file_format.code}"
    )
    return response
