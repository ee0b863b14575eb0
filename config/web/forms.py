"""Form classes whose messages name the field, and the portal's fields for days and times."""

import datetime as dt
import re
import unicodedata

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import pretty_name
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from config.web.phones import validate_phone
from config.web.typed import validate_box, validate_line, with_plain_line_ends

UNPRINTABLE = _("holds signs that cannot be shown: type it again instead of pasting it")
TURNED = _(
    "holds hidden signs that turn the direction of writing: type it again instead of pasting it"
)
QUESTIONS = ("what", "who", "whom", "whose", "when", "where", "which", "why", "how")
YES_NO = ("is", "are", "was", "were", "do", "does", "did", "has", "have", "can", "may", "will")
SPEAKERS = ("you", "we", "they")
DETERMINERS = ("the", "a", "an", "your", "their", "our", "any", "this", "these", "one")


def _made(make, *given):
    return str(make(*given))


# A sentence made when it is shown, so that it follows the label and the language. Made once, since
# Django writes a class for every function that is made lazy: a third of the time of a form.
_late = lazy(_made, str)


def _plain(label):
    return str(label).strip().rstrip("?:").replace("%", "%%")


def _is_question(label):
    """Tell "Where were you?", which fits into no other sentence, from "What was done"."""
    return str(label).strip().endswith("?")


def _inside(label):
    """Write a label as it stands inside a sentence: its first letter small, unless it is "FOI"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _required_message(field, label):
    """Return "Enter the date of the visit" for a field labelled "Date of the visit"."""
    text = _plain(label)
    first = text.split(" ", 1)[0].lower()
    if isinstance(field, forms.BooleanField):
        return _("Tick “%s” to go on") % text
    if _is_question(label) or first in YES_NO:
        return _("Answer the question “%s?”") % text
    if first in SPEAKERS:  # "You said" stands in no other sentence
        return _("Fill in “%s”") % text
    choosing = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
    if first in QUESTIONS or first in DETERMINERS:
        return (_("Select %s") if choosing else _("Enter %s")) % _inside(text)
    return (_("Select the %s") if choosing else _("Enter the %s")) % _inside(text)


def _label_of(field, name):
    return field.label or pretty_name(name)


def _about(sentence, label):
    text = _plain(label)
    subject = _("The answer to “%s?”") % text if _is_question(label) else text
    return f"{subject} {sentence}"


def _time_message(label):
    text = _plain(label)
    if _is_question(label):
        return _("Answer “%s?” in hours and minutes, like 18:30") % text
    return _("Enter the %s as hours and minutes, like 18:30") % _inside(text)


def _messages(field, label):
    """Return our words for what can be wrong with ``field``, by Django's codes."""
    words = {
        "required": _late(_required_message, field, label),
        "max_length": _late(_about, _("must be %(limit_value)d characters or fewer"), label),
        "min_length": _late(_about, _("must be %(limit_value)d characters or more"), label),
        "max_value": _late(_about, _("must be %(limit_value)s or fewer"), label),
        "min_value": _late(_about, _("must be %(limit_value)s or more"), label),
        "line_break": _late(_about, _("must be on one line"), label),
        "control": _late(_about, UNPRINTABLE, label),
        "turning": _late(_about, TURNED, label),
    }
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        words["invalid_choice"] = _("Select one of the answers that are offered")
    if isinstance(field, TimeField):
        words["max_length"] = _late(_time_message, label)
    if isinstance(field, forms.EmailField):
        words["invalid"] = _("Enter an e-mail address like name@example.org")
    elif isinstance(field, forms.IntegerField):
        words["invalid"] = _late(_about, _("must be a whole number, like 12"), label)
    return words


def name_fields(form):
    """Give every field messages that name it, except where its author wrote other ones."""
    for name, field in form.fields.items():
        is_text = type(field) is forms.CharField and not field.widget.is_hidden
        if is_text and field.max_length is None and not field.disabled:
            raise ImproperlyConfigured(f"{type(form).__name__}.{name} must declare max_length.")
        _look_at_signs(field)
        standard = {}
        for each in reversed(type(field).__mro__):
            standard |= getattr(each, "default_error_messages", {})
        label = _late(_label_of, field, name)  # a form may give it another one yet
        for code, text in _messages(field, label).items():
            if field.error_messages.get(code) is standard.get(code):
                field.error_messages[code] = text


def _look_at_signs(field):
    """Let a field that takes text decline signs that hide or spill over, in words of ours."""
    closed = forms.JSONField | forms.UUIDField
    is_secret = isinstance(field.widget, forms.PasswordInput)
    if not isinstance(field, forms.CharField) or isinstance(field, closed) or is_secret:
        return
    look = validate_box if isinstance(field.widget, forms.Textarea) else validate_line
    others = [each for each in field.validators if each != look]
    field.validators = [
        look,
        *(v for v in others if not isinstance(v, ProhibitNullCharactersValidator)),
    ]


class NamedMessages:
    """Lets any form's messages name the field; goes before the form class among the bases.

    ``hints`` and ``reveals`` say more about options, as ``{field: {value: …}}``: a hint below one
    option; the field, or a tuple of them, that choosing it shows. A revealed field is drawn there
    only.
    """

    use_required_attribute = False  # the error summary says it, in the user's language
    hints = {}
    reveals = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_fields(self)

    def _widget_data_value(self, widget, html_name):
        """Count and keep the end of a line as one sign, as the counter beside a box does."""
        value = super()._widget_data_value(widget, html_name)
        is_box = isinstance(widget, forms.Textarea) and isinstance(value, str)
        return with_plain_line_ends(value) if is_box else value


class PortalForm(NamedMessages, forms.Form):
    pass


class OpenFirst:
    """Mixin of a list's filter: without a ``state`` chosen, what is over is left out."""

    @property
    def shows_open(self):
        return not (self.is_valid() and self.cleaned_data["state"])


class TopicChips(forms.CheckboxSelectMultiple):
    """Checkboxes drawn as large taps; :class:`ChoiceChips` is the same for one answer."""

    chips = True


class ChoiceChips(forms.RadioSelect):
    chips = True


class IfShown:
    """A field that another answer reveals: it is not optional, but asked only where it shows."""

    def clean(self, value):
        if value in self.empty_values:
            return getattr(self, "empty_value", "")
        return super().clean(value)


class OneOf(IfShown):
    """One of several fields of which at least one is needed: none is optional by itself."""

    def clean(self, value):
        return super().clean(value.strip() if isinstance(value, str) else value)


class YesNoField(forms.TypedChoiceField):
    """True, False, or None where nothing was said."""

    widget = ChoiceChips

    def __init__(self, **kwargs):
        super().__init__(
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **kwargs,
        )


class DateInput(forms.MultiWidget):
    """Day, month and year in three boxes."""

    template_name = "portal/date_input.html"
    use_fieldset = True
    PARTS = ((_("Day"), 2), (_("Month"), 2), (_("Year"), 4))

    def __init__(self, attrs=None):
        super().__init__([forms.TextInput() for _part in self.PARTS], attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name, value, attrs):
        attrs = dict(attrs or {})
        bad = attrs.pop("bad_parts", ())
        context = super().get_context(name, value, attrs)
        parts = zip(context["widget"]["subwidgets"], self.PARTS, strict=True)
        for index, (part, (label, width)) in enumerate(parts):
            part |= {"label": label, "width": width, "is_bad": index in bad}
        return context


class PhoneField(forms.CharField):
    """A number that can be rung, as people write it (``config.web.phones``)."""

    default_validators = [validate_phone]

    def __init__(self, **kwargs):
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value):
        """Leave out the hidden signs between which phones copy a number."""
        text = super().to_python(value)
        return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()

    def widget_attrs(self, widget):
        return {"type": "tel", "class": "govuk-input--width-20", "autocomplete": "off"}


DIGITS = re.compile(r"[0-9]{1,4}")


class DateField(forms.MultiValueField):
    """A date in three parts; ``bad_parts`` are the indexes of the boxes that the error is about."""

    widget = DateInput

    def __init__(self, **kwargs):
        parts = [forms.CharField(required=False, max_length=20) for _part in DateInput.PARTS]
        super().__init__(parts, require_all_fields=False, **kwargs)
        self.bad_parts = ()

    def clean(self, value):
        texts = [str(part or "").strip() for part in (value or ["", "", ""])]
        self.bad_parts = ()
        if not any(texts):
            if self.required:
                self._decline((0, 1, 2), self.error_messages["required"])
            return None
        if missing := [index for index, text in enumerate(texts) if not text]:
            names = _(" and a ").join(str(DateInput.PARTS[index][0]).lower() for index in missing)
            self._decline(missing, self._about(_("must include a %(parts)s") % {"parts": names}))
        if wrong := [index for index, text in enumerate(texts) if not DIGITS.fullmatch(text)]:
            self._decline(wrong, self._about(_("must be numbers, like 27 3 2026")))
        return self._real_date(*map(int, texts))

    def _real_date(self, day, month, year):
        if not 1900 <= year <= 2200:
            self._decline((2,), self._about(_("must have a year like 2026")))
        try:
            date = dt.date(year, month, day)
        except ValueError:
            self._decline((0, 1, 2), self._about(_("must be a real date")))
        try:
            self.run_validators(date)
        except ValidationError:
            self.bad_parts = (0, 1, 2)
            raise
        return date

    def _about(self, sentence):
        return _about(sentence, self.label or _("The date"))

    def _decline(self, parts, message):
        self.bad_parts = tuple(parts)
        raise ValidationError(message)

    def has_changed(self, initial, data):
        try:
            return initial != self.clean(data)
        except ValidationError:
            return True


class RevealedDateField(DateField):
    """A day that is asked for only beside something that was typed."""

    def clean(self, value):
        typed = any(str(part or "").strip() for part in value or ())
        return super().clean(value) if typed else None


TIME = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)


class TimeField(forms.CharField):
    """A time of day as people write it: 19:30, 1930, 7.30pm. Gives a ``datetime.time``."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("help_text", _("For example, 19:30 or 7.30pm"))
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {"class": "govuk-input--width-5", "autocomplete": "off"}

    def prepare_value(self, value):
        return value.strftime("%H:%M") if isinstance(value, dt.time) else value

    def clean(self, value):
        text = super().clean(value)
        return self._parse(text.strip()) if text else None

    def _parse(self, text):
        if text.lower() in ("midday", "noon"):
            return dt.time(12)
        if text.lower() == "midnight":
            return dt.time(0)
        found = TIME.fullmatch(text)
        if not found:
            raise ValidationError(_("Enter the time like 19:30 or 7.30pm"))
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if not half and found[2] is None:
            raise ValidationError(_("Say if it is morning or evening, like 7pm or 19:00"))
        if half and not 1 <= hour <= 12:
            raise ValidationError(_("Enter the time like 19:30 or 7.30pm"))
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour > 23 or minute > 59:
            raise ValidationError(_("Enter a real time between 00:00 and 23:59"))
        return dt.time(hour, minute)

    def has_changed(self, initial, data):
        try:
            return initial != self.clean(data)
        except ValidationError:
            return True
