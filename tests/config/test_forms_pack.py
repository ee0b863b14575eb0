"""The form template pack, rendered without a database, and the messages of the portal's forms."""

import datetime as dt
from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.template import engines

from config.web.forms import ChoiceChips, DateField, PortalForm, TimeField, TopicChips

pytestmark = pytest.mark.urls("config.web.urls")

KINDS = [("planned", "Planned"), ("called_in", "Called in"), ("other", "Something else")]
WAYS = {
    "filter": "{% load crispy_forms_filters %}{% error_summary form %}"
    "<form>{{ form|crispy }}</form>",
    "tag": "{% load crispy_forms_tags %}{% crispy form %}",
    "fields": "{% load crispy_forms_filters %}{% error_summary form %}"
    "<form>{% for field in form %}{{ field|as_crispy_field }}{% endfor %}</form>",
}


class EveryKind(PortalForm):
    institution = forms.ChoiceField(choices=[("", "Choose"), ("a", "Masjid An-Noor")])
    kind = forms.ChoiceField(label="Kind of visit", choices=KINDS, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(choices=KINDS, widget=ChoiceChips)
    topics = forms.MultipleChoiceField(choices=KINDS, widget=TopicChips)
    ways = forms.MultipleChoiceField(
        label="How to reach you", choices=KINDS, widget=forms.CheckboxSelectMultiple
    )
    held_on = DateField(label="Date of the visit", help_text="For example, 27 3 2026")
    held_at = TimeField(label="Time")
    officers = forms.IntegerField(label="Number of officers", max_value=20)
    told = forms.CharField(label="What was said", max_length=20, widget=forms.Textarea)
    mail = forms.EmailField(label="E-mail address")
    secret = forms.CharField(label="Password", max_length=100, widget=forms.PasswordInput)
    paper = forms.FileField(label="Letter")
    agreed = forms.BooleanField(label="The chair agreed")
    page = forms.CharField(max_length=10, widget=forms.HiddenInput, required=False)
    helper = FormHelper()
    helper.add_input(Submit("save", "Save"))


class Revealing(PortalForm):
    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)
    other = forms.CharField(label="What was it?", max_length=80)
    hints = {"kind": {"called_in": "They rang and asked."}}
    reveals = {"kind": {"other": "other"}}


class Page(HTMLParser):
    """What of a page the tests look at: its elements, in order."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def values(self, name):
        return [attrs[name] for _tag, attrs in self.elements if attrs.get(name)]

    def shapes(self):
        return [(tag, attrs.get("class", "")) for tag, attrs in self.elements]


def render(form, way="filter"):
    html = engines["django"].from_string(WAYS[way]).render({"form": form})
    return html, Page(html)


BAD = {"held_on_0": "3", "officers": "many", "told": "x" * 21, "kind": "gone", "mail": "nobody"}


@pytest.mark.parametrize("data", [None, {}, BAD], ids=["fresh", "empty", "bad"])
@pytest.mark.parametrize("way", WAYS)
def test_pack_draws_a_form_whose_references_all_resolve(way, data):
    html, page = render(EveryKind(data), way)

    ids = page.values("id")
    described = " ".join(page.values("aria-describedby")).split()
    linked = [href[1:] for href in page.values("href")]
    assert html.count("<form") == 1
    assert len(ids) == len(set(ids))
    assert {*described, *linked, *page.values("for"), *page.values("aria-controls")} <= set(ids)


@pytest.mark.parametrize("way", WAYS)
def test_pack_gives_every_control_a_design_system_class(way):
    _html, page = render(EveryKind({}), way)

    controls = [
        attrs
        for tag, attrs in page.elements
        if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden"
    ]
    assert controls
    assert all(attrs.get("class", "").startswith("govuk-") for attrs in controls)


def test_error_summary_links_to_the_first_bad_control_of_each_field():
    _html, page = render(EveryKind(BAD))

    assert [href[1:] for href in page.values("href")] == [
        "id_institution",
        "id_kind_0",
        "id_purpose_0",
        "id_topics_0",
        "id_ways_0",
        "id_held_on_1",  # the day is there, the month is not
        "id_held_at",
        "id_officers",
        "id_told",
        "id_mail",
        "id_secret",
        "id_paper",
        "id_agreed",
    ]


def test_error_summary_reaches_into_a_formset():
    promises = forms.formset_factory(Revealing, extra=2)
    formset = promises({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-kind": "x"})
    template = "{% load crispy_forms_filters %}{% error_summary formset %}{{ formset|crispy }}"

    page = Page(engines["django"].from_string(template).render({"formset": formset}))

    assert page.values("href") == ["#id_form-0-kind_0", "#id_form-0-other"]
    assert "id_form-0-other" in page.values("id")


def test_required_message_names_the_field():
    form = EveryKind({})

    assert [form.errors[name][0] for name in form.errors] == [
        "Select the institution",
        "Select the kind of visit",
        "Select the purpose",
        "Select the topics",
        "Select how to reach you",
        "Enter the date of the visit",
        "Enter the time",
        "Enter the number of officers",
        "Enter what was said",
        "Enter the e-mail address",
        "Enter the password",
        "Select the letter",
        "Tick “The chair agreed” to go on",
    ]


class Named(PortalForm):
    you_said = forms.CharField(max_length=5)
    kind = forms.ChoiceField(label="What do you want?", choices=KINDS)

    def __init__(self, *args):
        super().__init__(*args)
        self.fields["kind"].label = "What do they want?"


def test_required_message_names_the_field_as_the_form_shows_it():
    assert list(Named({}).errors.values()) == [
        ["Fill in “You said”"],
        ["Answer the question “What do they want?”"],
    ]


class Questions(PortalForm):
    where = forms.ChoiceField(label="Where were you?", choices=KINDS)
    sure = forms.ChoiceField(label="Is it so?", choices=KINDS)
    told = forms.CharField(label="What should officers know?", max_length=5)
    begins = TimeField(label="At what time?")
    starts = TimeField(label="Start of the visit")


def test_message_about_a_question_is_a_sentence():
    form = Questions({"told": "x" * 6, "begins": "9" * 21, "starts": "9" * 21})

    assert form.errors == {
        "where": ["Answer the question “Where were you?”"],
        "sure": ["Answer the question “Is it so?”"],
        "told": ["The answer to “What should officers know?” must be 5 characters or fewer"],
        "begins": ["Answer “At what time?” in hours and minutes, like 18:30"],
        "starts": ["Enter the start of the visit as hours and minutes, like 18:30"],
    }


def test_other_messages_name_the_field():
    form = EveryKind(BAD)

    assert form.errors["told"] == ["What was said must be 20 characters or fewer"]
    assert form.errors["officers"] == ["Number of officers must be a whole number, like 12"]
    assert form.errors["kind"] == ["Select one of the answers that are offered"]
    assert form.errors["mail"] == ["Enter an e-mail address like name@example.org"]
    assert EveryKind({"officers": "21"}).errors["officers"] == [
        "Number of officers must be 20 or fewer"
    ]


def test_message_that_a_form_gives_itself_is_kept():
    class Own(PortalForm):
        name = forms.CharField(max_length=5, error_messages={"required": "Who is it?"})

    assert Own({}).errors["name"] == ["Who is it?"]


def test_form_without_max_length_is_refused():
    class Endless(PortalForm):
        name = forms.CharField()

    with pytest.raises(ImproperlyConfigured, match="Endless.name must declare max_length"):
        Endless()


def test_revealed_field_is_drawn_once_below_its_option():
    html, page = render(Revealing({"kind": "other"}))

    assert page.values("id").count("id_other") == 1
    assert html.index('id="id_kind_2"') < html.index("portal-reveal") < html.index('id="id_other"')
    assert page.values("href") == ["#id_other"]


def test_option_hint_describes_its_option():
    _html, page = render(Revealing())

    described = {attrs.get("id"): attrs.get("aria-describedby") for _tag, attrs in page.elements}
    assert described["id_kind_1"] == "id_kind_1_hint"
    assert described["id_kind_0"] is None


def test_number_is_a_plain_box_with_the_keyboard_of_digits():
    _html, page = render(EveryKind())

    box = next(attrs for _tag, attrs in page.elements if attrs.get("name") == "officers")
    assert (box["type"], box["inputmode"]) == ("text", "numeric")


def test_chips_and_long_texts_carry_their_classes():
    _html, page = render(EveryKind())

    classes = " ".join(page.values("class"))
    assert "govuk-checkboxes portal-chips" in classes
    assert "govuk-radios portal-chips" in classes
    assert "govuk-textarea govuk-js-character-count" in classes
    assert page.values("data-maxlength") == ["20"]


def test_single_control_has_the_structure_of_the_design_system():
    class One(PortalForm):
        mail = forms.EmailField(label="E-mail address", help_text="We write to it.")

    _html, page = render(One({}), "fields")

    assert page.shapes()[-6:] == [
        ("div", "govuk-form-group govuk-form-group--error"),
        ("label", "govuk-label"),
        ("div", "govuk-hint"),
        ("p", "govuk-error-message"),
        ("span", "govuk-visually-hidden"),
        ("input", "govuk-input govuk-input--error"),
    ]


def test_date_has_the_structure_of_the_design_system():
    class One(PortalForm):
        held_on = DateField(label="Date of the visit")

    _html, page = render(One({"held_on_0": "3", "held_on_2": "2026"}), "fields")

    box = "govuk-input govuk-date-input__input govuk-input--width-"
    assert [shape for shape in page.shapes() if shape[0] in ("fieldset", "legend", "input")] == [
        ("fieldset", "govuk-fieldset"),
        ("legend", "govuk-fieldset__legend"),
        ("input", f"{box}2"),
        ("input", f"{box}2 govuk-input--error"),
        ("input", f"{box}4"),
    ]


def date_form(*parts):
    class One(PortalForm):
        held_on = DateField(label="Date of the visit")

    return One({f"held_on_{index}": part for index, part in enumerate(parts)})


def test_date_field_gives_a_date():
    form = date_form("3", "03", " 2026 ")

    assert form.is_valid()
    assert form.cleaned_data["held_on"] == dt.date(2026, 3, 3)


@pytest.mark.parametrize(
    ("parts", "message", "bad"),
    [
        (("", "", ""), "Enter the date of the visit", (0, 1, 2)),
        (("3", "", ""), "Date of the visit must include a month and a year", (1, 2)),
        (("", "3", "2026"), "Date of the visit must include a day", (0,)),
        (("31", "2", "2026"), "Date of the visit must be a real date", (0, 1, 2)),
        (("3", "March", "2026"), "Date of the visit must be numbers, like 27 3 2026", (1,)),
        (("3", "3", "26"), "Date of the visit must have a year like 2026", (2,)),
        (("9" * 30, "3", "2026"), "Date of the visit must be numbers, like 27 3 2026", (0,)),
        (("٣", "3", "2026"), "Date of the visit must be numbers, like 27 3 2026", (0,)),
    ],
)
def test_date_field_says_what_is_wrong_and_where(parts, message, bad):
    form = date_form(*parts)

    assert form.errors["held_on"] == [message]
    assert form.fields["held_on"].bad_parts == bad


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("19:30", dt.time(19, 30)),
        ("1930", dt.time(19, 30)),
        ("19.30", dt.time(19, 30)),
        ("7.30pm", dt.time(19, 30)),
        ("7:30 PM", dt.time(19, 30)),
        ("7.30 p.m.", dt.time(19, 30)),
        ("7pm", dt.time(19)),
        ("12am", dt.time(0)),
        ("12pm", dt.time(12)),
        ("0905", dt.time(9, 5)),
        ("9:05", dt.time(9, 5)),
        ("midday", dt.time(12)),
        ("midnight", dt.time(0)),
    ],
)
def test_time_field_reads_what_people_write(text, time):
    assert TimeField().clean(text) == time


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "This field is required."),
        ("7", "Say if it is morning or evening, like 7pm or 19:00"),
        ("25:00", "Enter a real time between 00:00 and 23:59"),
        ("19:75", "Enter a real time between 00:00 and 23:59"),
        ("19pm", "Enter the time like 19:30 or 7.30pm"),
        ("after Isha", "Enter the time like 19:30 or 7.30pm"),
        ("123456", "Enter the time like 19:30 or 7.30pm"),
    ],
)
def test_time_field_declines_the_rest(text, message):
    with pytest.raises(forms.ValidationError) as declined:
        TimeField().clean(text)

    assert declined.value.messages == [message]


def test_time_field_shows_the_time_it_was_given():
    assert TimeField().prepare_value(dt.time(7, 5)) == "07:05"
