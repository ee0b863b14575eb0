"""A photograph that is sent is looked at by content and written anew; nothing comes along."""

from io import BytesIO

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from config.web import pictures
from config.web.pictures import NotAPicture, PictureField, TooLarge, written_anew
from tests.support.pictures import (
    GPS,
    SCRIPT,
    SVG,
    bomb,
    from_a_phone,
    picture,
    sent,
)

SPREADSHEET = b"PK\x03\x04" + b"[Content_Types].xml" + b"\0" * 60
NO_PICTURES = {
    "nothing much": b"x",
    "an SVG": SVG,
    "a page": b"<!doctype html><html>" + SCRIPT,
    "a GIF": picture("GIF"),
    "what says it is a GIF": b"GIF89a/*" + SCRIPT + b"*/",
    "what begins like a JPEG": b"\xff\xd8\xff\xe0" + SCRIPT * 20,
    "what begins like a PNG": b"\x89PNG\r\n\x1a\n" + SCRIPT * 20,
    "half a JPEG": picture(size=(900, 900))[:3000],
    "a BMP": picture("BMP"),
    "a TIFF": picture("TIFF"),
    "an icon": picture("ICO", size=(16, 16)),
    "a PDF": b"%PDF-1.7\n" + SCRIPT,
    "a workbook": SPREADSHEET,
    "a table": b"=cmd|' /C calc'!A0,1\r\n",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}


class OnePicture(forms.Form):
    picture = PictureField()


def opened(content):
    return Image.open(BytesIO(content), formats=("JPEG",))


def declined_because(file):
    form = OnePicture({}, {"picture": file})
    return form.errors.as_data()["picture"][0].code


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_each_kind_becomes_a_plain_jpeg(kind):
    made = written_anew(picture(kind))

    assert opened(made.content).size == (made.width, made.height) == (60, 40)
    assert made.content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_nothing_beside_the_pixels_comes_along_and_it_stands_upright(kind):
    raw = from_a_phone(kind) + SCRIPT
    before = Image.open(BytesIO(raw)).getexif()
    made = written_anew(raw)

    assert GPS in before
    assert (dict(opened(made.content).getexif()), opened(made.content).info.get("exif")) == (
        {},
        None,
    )
    assert (SCRIPT in made.content, b"Phone" in made.content) == (False, False)
    assert (made.width, made.height) == (40, 60)


def test_words_and_colour_tables_inside_a_picture_go_too():
    made = written_anew(picture(icc_profile=SCRIPT * 9, comment=SCRIPT))

    assert SCRIPT not in made.content
    assert opened(made.content).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("content", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_photograph_is_declined_whatever_it_is_called(content):
    with pytest.raises(NotAPicture):
        written_anew(content)
    assert declined_because(sent(content, "holiday.jpg", "image/jpeg")) == "not_a_picture"


def test_a_picture_is_known_by_content_and_not_by_what_it_is_called():
    form = OnePicture({}, {"picture": sent(picture("PNG"), "x.exe", "application/x-msdownload")})

    assert form.is_valid()


@pytest.mark.parametrize("side", [30_000, 12_000, 5_001])
def test_a_small_file_that_opens_into_a_field_is_declined_at_once(side):
    content = bomb(side)

    assert len(content) < 5_000
    with pytest.raises(TooLarge):
        written_anew(content)
    assert declined_because(sent(content)) == "pixels"


def test_the_limit_of_bytes_is_the_last_that_passes():
    padded = picture() + bytes(pictures.MOST_BYTES - len(picture()))

    assert OnePicture({}, {"picture": sent(padded)}).is_valid()
    assert declined_because(sent(padded + b"x")) == "too_large"
    assert declined_because(sent(b"")) == "empty"
    assert declined_because(None) == "required"


def test_a_large_photograph_is_made_as_large_as_a_page_needs():
    made = written_anew(picture(size=(4000, 3000)))

    assert (made.width, made.height) == (1600, 1200)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16"])
def test_every_mode_of_a_png_is_drawn(mode):
    made = written_anew(picture("PNG", mode=mode, colour=0))

    assert opened(made.content).mode == "RGB"


def test_what_is_clear_becomes_white_and_not_black():
    made = written_anew(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert opened(made.content).getpixel((3, 3)) == (255, 255, 255)


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(st.sampled_from(pictures.FORMATS), st.data())
def test_damage_of_any_kind_is_declined_and_breaks_nothing(kind, data):
    raw = bytearray(from_a_phone(kind))
    for _each in range(data.draw(st.integers(1, 9))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(raw)))
    try:
        made = written_anew(bytes(raw[:end]))
    except (NotAPicture, TooLarge):
        return
    assert opened(made.content).info.keys() <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }
