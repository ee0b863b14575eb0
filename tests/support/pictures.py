"""Pictures to send, good and bad, drawn here."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

SCRIPT = b"<script>alert(1)</script><?php system($_GET[0]);"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112
PLACE = {1: "N", 2: (53.0, 48.0, 0.0), 3: "W", 4: (1.0, 45.0, 0.0)}


def picture(kind="JPEG", size=(60, 40), mode="RGB", colour="teal", **options) -> bytes:
    buffer = BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **options)
    return buffer.getvalue()


def from_a_phone(kind="JPEG", **changes) -> bytes:
    """Return a picture that lies on its side and says where it was taken."""
    exif = Image.Exif()
    exif[MAKE], exif[GPS], exif[ORIENTATION] = "Phone", PLACE, 6
    return picture(kind, exif=exif, **changes)


def bomb(side=30_000) -> bytes:
    """Return a PNG of a few hundred bytes that says it is as large as a field."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(side // 8 + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def sent(content=None, name="a.jpg", content_type="image/jpeg"):
    return SimpleUploadedFile(name, picture() if content is None else content, content_type)
