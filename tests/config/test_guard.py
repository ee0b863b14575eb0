import pytest
from django import forms

from config.web.forms import PortalForm
from config.web.guard import GuardedForm, find_private


class WordsForm(GuardedForm, PortalForm):
    guarded = ("words",)
    words = forms.CharField(widget=forms.Textarea, max_length=500, required=False)


@pytest.mark.parametrize(
    "text",
    [
        "a car, YK19 ABC, was outside",
        "yk19abc",
        "YK 19 ABC",
        "Y K 1 9 A B C",
        "yk19 xyz",
        "the van P123 XYZ",
        "p123xyz",
        "ABC 123D stood there",
        "abc123d",
        "plate reg A1",
        "number plate is 7 XY",
        "KUY 481",
        "481 KUY",
        "BIG 2341",
        "AIZ4321",
        "101 D 234",
        "ＹＫ１９ ＡＢＣ",
    ],
)
def test_find_private_finds_registrations(text):
    assert find_private(text) == ["registration"]


@pytest.mark.parametrize(
    "text",
    [
        "3/4/1984",
        "03.04.84",
        "03-04-2012",
        "1984-04-03",
        "3 March 1984",
        "3rd of March, 2012",
        "March 3, 1984",
        "DOB 3/4/2024",
        "d.o.b. 3 4 25",
        "born in 1984",
        "Date of birth: 3 April",
        "٣/٤/١٩٨٤",
    ],
)
def test_find_private_finds_dates_of_birth(text):
    assert find_private(text) == ["birth_date"]


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123",
        "07700900123",
        "(01632) 960 123",
        "020 7946 0123",
        "+44 7700 900123",
        "+44 (0)7700 900123",
        "0044 7700 900123",
        "+92 300 1234567",
        "01632-960-123",
        "٠٧٧٠٠ ٩٠٠١٢٣",
    ],
)
def test_find_private_finds_phone_numbers(text):
    assert find_private(f"Ring {text}.") == ["phone"]


@pytest.mark.parametrize("text", ["Write to sara@example.org.", "<sara.m+x@mail.example.org>"])
def test_find_private_finds_email_addresses(text):
    assert find_private(text) == ["email"]


@pytest.mark.parametrize(
    "text",
    [
        "BD99 9XX",
        "bd99 9xx",
        "M1 1AA",
        "SW1A 1AA",
        "He lives at 12 Some Road",
        "12a St Mary's Road",
        "12, Oak Tree Close",
        "at 12 oak street",
        "Flat 3",
    ],
)
def test_find_private_finds_addresses(text):
    assert find_private(text) == ["address"]


def test_find_private_names_each_thing_once_in_order():
    text = "12 Some Road, sara@example.org, 07700 900123, born 3/4/1984, AB12 CDE and FG34 HJK"

    assert find_private(text) == ["registration", "birth_date", "phone", "email", "address"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "Ring 101, or 999 in an emergency.",
        "Fajr 05:12, Dhuhr 13.15, Asr 15.40, Maghrib 17:02, Isha 19:30",
        "05.12 07.45 13.15 15.40",
        "0512 0745 1315",
        "We will send the leaflet by 3 March 2027.",
        "By 03/12/2026 and again on 1/2/27",
        "2026-12-01 at 19:30",
        "PC 1234 and PS 22 came; DC 441 did not.",
        "Parking on the A650, the B6144 and the M62 and M606",
        "the A64 was closed, the M62 has works",
        "We met 120 people on Leeds Road.",
        "MEET AT 12 AND RING ON 12 MAY",
        "A bus 12a stops there; the 3rd one",
        "It is 10 minutes walk, 2 miles drive.",
        "Eid 1447 AH; the AGM 2026",
        "EID 1447",
        "Yusuf Rahman asked for 12 new lamps.",
        "3pm at 7, or 8 3pm",
        "Ramadan 2027 timetable, 500 GBP, section 12b",
        "21-50 people, ages 7 to 11, 20 to 30 cars",
        "1 May Street Party",
        "We were born to talk",
    ],
)
def test_find_private_leaves_everyday_words_alone(text):
    assert find_private(text) == []


def test_guarded_form_warns_and_keeps_what_was_typed():
    form = WordsForm({"words": "Ring me on 07700 900123"})

    assert not form.is_valid()
    assert [str(found) for found in form.guard_found] == ["a phone number"]
    assert form["words"].value() == "Ring me on 07700 900123"
    assert "phone number" in form.errors["words"][0]


def test_guarded_form_names_several_things_as_people_do():
    form = WordsForm({"words": "Ring me on 07700 900123 or write to amina@example.org"})

    assert form.errors["words"] == [
        "Check this: it looks as if it holds a phone number and an e-mail address"
    ]


def test_guarded_form_goes_on_once_the_warning_is_acknowledged():
    form = WordsForm({"words": "Ring me on 07700 900123", "guard_seen": "on"})

    assert form.is_valid()
    assert form.cleaned_data == {"words": "Ring me on 07700 900123"}


def test_guarded_form_shows_its_checkbox_in_the_warning_only():
    form = WordsForm()

    assert [field.name for field in form] == ["words"]
    assert form.guard_field.name == "guard_seen"
