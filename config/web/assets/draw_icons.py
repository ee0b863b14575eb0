"""Draw static/img/icon-*.png, the same figure as favicon.svg. For maintainers."""

import struct
import zlib
from pathlib import Path

OUT = Path(__file__).resolve().parents[3] / "static" / "img"
GROUND, LEFT, RIGHT = (11, 79, 85), (255, 255, 255), (255, 209, 102)
STEPS = 3  # samples along each side of a pixel


def colour(x, y):
    """Return the colour at a point of the 64 by 64 drawing: two linked rings."""
    for centre, shade in ((39, RIGHT), (25, LEFT)):
        if 10.5 <= ((x - centre) ** 2 + (y - 32) ** 2) ** 0.5 <= 15.5:
            return shade
    return GROUND


def pixel(column, row, size):
    samples = [
        colour((column + (i + 0.5) / STEPS) * 64 / size, (row + (j + 0.5) / STEPS) * 64 / size)
        for i in range(STEPS)
        for j in range(STEPS)
    ]
    return bytes(sum(channel) // len(samples) for channel in zip(*samples, strict=True))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(size):
    rows = (b"\0" + b"".join(pixel(x, y, size) for x in range(size)) for y in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", body), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


if __name__ == "__main__":
    for size in (192, 512):
        (OUT / f"icon-{size}.png").write_bytes(png(size))
