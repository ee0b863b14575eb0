"""A person's export as one zip: a page to read, and the same as JSON."""

import io
import json
import zipfile
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

# Of use to a program, not to a reader.
KEYS = {"ID", "id", "ref", "force", "district"}


def _readable(section: dict) -> dict:
    """Leave out keys, and what is empty."""
    rows = [
        {
            name: value
            for name, value in row.items()
            if name not in KEYS and value not in (None, "", [], {})
        }
        for row in section["rows"]
    ]
    return section | {"rows": rows}


def pack(sections: list[dict], *, at: datetime) -> bytes:
    told = {"made_at": at.isoformat(timespec="seconds"), "sections": sections}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        as_json = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("my-data.json", as_json)
        to_read = {"at": at, "sections": [_readable(section) for section in sections]}
        archive.writestr("my-data.html", render_to_string("privacy/export.html", to_read))
    return buffer.getvalue()
