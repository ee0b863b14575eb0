"""What may be typed as a phone number."""

import pytest
from django.core.exceptions import ValidationError

from config.web.forms import PhoneField, PortalForm
from config.web.phones import validate_phone


class NumberForm(PortalForm):
    phone = PhoneField(label="Work phone", required=False)


@pytest.mark.parametrize(
    "number",
    ["0161 496 0100", "(0161) 496-0100", "07700900123", "+44 7700 900123", "+92 51 2345678", "101"],
)
def test_validate_phone_takes_what_people_write(number):
    validate_phone(number)


@pytest.mark.parametrize(
    "number",
    [
        "0161",
        "999",
        "ask at the desk",
        "07700 900 12x",
        "0" * 16,
        "0161 496 0100 ext 7",
        "++441614",
    ],
)
def test_validate_phone_declines_what_nobody_could_ring(number):
    with pytest.raises(ValidationError):
        validate_phone(number)


def test_phone_field_has_a_keypad_and_its_own_message():
    form = NumberForm({"phone": "0161"})

    assert form.errors["phone"] == ["Enter a phone number like 0161 496 0100 or +44 161 496 0100"]
    assert 'type="tel"' in str(form["phone"])
    assert NumberForm({"phone": ""}).is_valid()
