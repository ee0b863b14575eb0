"""Pictures that a phone's camera reads, as SVG: no image file, no style, nothing fetched."""

import qrcode
from qrcode.image.svg import SvgPathFillImage


def svg_of(text: str) -> str:
    """Draw ``text``; the drawing is black on white whatever the page's colours are."""
    image = qrcode.make(text, image_factory=SvgPathFillImage, border=2)
    return image.to_string(encoding="unicode")
