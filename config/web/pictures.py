"""Photographs that people send: looked at by content, then written anew, so that nothing else
comes along: no place, no camera, no second file behind the last byte, no name."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST = "10 MB"
# The largest that a phone makes; what cannot be read at a fraction of its size is opened whole.
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
LONGEST_SIDE = 1600
QUALITY = 82
MEDIA_TYPE = "image/jpeg"
WHITE = (255, 255, 255)
# What Pillow raises for bytes that are not what they say.
TROUBLE = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError),
    *(MemoryError, NotImplementedError, struct.error, zlib.error),
)


class NotAPicture(ValueError):
    """The bytes are none of the three kinds, or are damaged."""


class TooLarge(Exception):
    """It would take too much memory to open."""


@dataclass(frozen=True)
class Picture:
    """A photograph as the portal wrote it: a JPEG without anything beside the pixels."""

    content: bytes
    width: int
    height: int


def written_anew(sent: bytes) -> Picture:
    """Make a JPEG of what was sent, upright and no larger than a page needs.

    Raises:
        NotAPicture: it is no JPEG, PNG or WebP by its content, whatever its name says.
        TooLarge: it has more dots than ``MOST_PIXELS`` of its kind.
    """
    try:
        image = Image.open(BytesIO(sent), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS[image.format]:
            raise TooLarge
        return _drawn(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooLarge from None
    except TROUBLE as error:
        raise NotAPicture(type(error).__name__) from None


def _drawn(image) -> Picture:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read at a fraction of its size
    if image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    plain = Image.new("RGB", upright.size, WHITE)
    plain.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    buffer = BytesIO()
    plain.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return Picture(buffer.getvalue(), *plain.size)


class PictureField(forms.FileField):
    """One photograph, from a phone or a computer. Gives a :class:`Picture`."""

    widget = forms.FileInput
    default_error_messages = {
        "empty": _("That file is empty. Choose a photograph."),
        "too_large": _("The photograph must be %(most)s or smaller. This file is larger."),
        "pixels": _("The photograph has too many dots to be opened. Send it in a smaller size."),
        "not_a_picture": _(
            "The file must be a photograph: JPEG, PNG or WebP. This file is something else, or "
            "is damaged."
        ),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text",
            _("JPEG, PNG or WebP, %(most)s at most. Where and when it was taken is not kept.")
            % {"most": MOST},
        )
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        accepted = ",".join(f"image/{each.lower()}" for each in FORMATS)
        return super().widget_attrs(widget) | {"accept": accepted}

    def to_python(self, data):
        """Decline by size, then by content; the name it was sent under is looked at by nobody."""
        if data in self.empty_values:
            return None
        if not data.size:
            self._decline("empty")
        if data.size > MOST_BYTES:
            self._decline("too_large")
        try:
            return written_anew(data.read())
        except TooLarge:
            self._decline("pixels")
        except NotAPicture:
            self._decline("not_a_picture")

    def _decline(self, code):
        raise ValidationError(self.error_messages[code], code=code, params={"most": MOST})
