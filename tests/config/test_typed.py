"""Signs that hide or spill are declined beside their field; any script is taken as it is."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client

from config.web.forms import PhoneField, PortalForm
from config.web.typed import apart, validate_box, validate_line

TURNED = "\u202bمسجد\u202c"


class TypedForm(PortalForm):
    name = forms.CharField(label="Name", max_length=40, required=False)
    words = forms.CharField(label="Words", max_length=10, required=False, widget=forms.Textarea)
    phone = PhoneField(label="Phone", required=False)


def error_of(**typed):
    return {field: list(texts) for field, texts in TypedForm(typed).errors.items()}


@pytest.mark.parametrize("text", ["مسجد النور", "a\u200fb", "👩\u200d👧", "Zoë\tB", "نلتقي، ١٢"])
def test_any_script_is_taken_in_a_line_and_in_a_box(text):
    validate_line(text)
    validate_box(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\nb", "line_break"),
        ("a\rb", "line_break"),
        ("a\x85b", "line_break"),
        ("a\u2028b", "line_break"),
        ("a\x00b", "control"),
        ("a\x1bb", "control"),
        ("a\x9bb", "control"),
        (TURNED, "turning"),
        ("\u2069", "turning"),
    ],
)
def test_a_line_holds_nothing_that_breaks_hides_or_turns(text, code):
    with pytest.raises(ValidationError) as declined:
        validate_line(text)

    assert declined.value.code == code


@pytest.mark.parametrize("text", ["a\nb", f"{TURNED}\n{TURNED}", "\u2067a\u202ab\u202c\u2069 c"])
def test_a_box_may_turn_what_it_turns_back(text):
    validate_box(text)


@pytest.mark.parametrize(
    "text", ["\u202ea", "\u202ba\nb\u202c", "a\u202c", "\u2067\u202ab\u2069\u202c", "a\u2069"]
)
def test_a_box_may_not_leave_a_line_turned(text):
    with pytest.raises(ValidationError) as declined:
        validate_box(text)

    assert declined.value.code == "turning"


def test_a_form_says_which_field_holds_them():
    assert error_of(name="a\x00b") == {
        "name": ["Name holds signs that cannot be shown: type it again instead of pasting it"]
    }
    assert error_of(name="a\nb") == {"name": ["Name must be on one line"]}
    assert "hidden signs that turn" in error_of(words="\u202ea")["words"][0]


def test_the_end_of_a_line_counts_as_one_sign():
    assert error_of(words="abcd\r\nefghi") == {}
    assert TypedForm({"words": "a\r\nb\rc"})["words"].value() == "a\nb\nc"


def test_a_number_copied_from_a_phone_is_taken():
    form = TypedForm({"phone": "\u202a+44 161 496 0100\u202c"})

    assert form.is_valid()
    assert form.cleaned_data["phone"] == "+44 161 496 0100"


def test_a_name_from_right_to_left_ends_where_it_ends():
    assert apart("Masjid An-Noor") == "Masjid An-Noor"
    assert apart("مسجد") == "\u2068مسجد\u2069"


@pytest.mark.django_db
def test_more_than_a_form_may_hold_gets_a_page_that_says_so(settings, world):
    client = Client(raise_request_exception=False)
    client.force_login(world.imam)
    too_much = {"email": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}

    for sent in ({"content_type": "application/x-www-form-urlencoded"}, {}):
        data = "email=" + too_much["email"] if sent else too_much
        response = client.post("/accounts/password/reset/", data, **sent)

        assert response.status_code == 413
        assert "That is too long to send" in response.text
        assert "Nothing was saved" in response.text
