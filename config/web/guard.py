"""A look at free text before it is shared: things that point to a person, never names.

It warns and lets people go on: a pattern cannot know what is private. It errs on the side of
silence for dates of promises, prayer times and emergency numbers.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

REGISTRATION, BIRTH_DATE, PHONE = "registration", "birth_date", "phone"
EMAIL, ADDRESS = "email", "address"

LABELS = {
    REGISTRATION: _("a vehicle registration"),
    BIRTH_DATE: _("a date of birth"),
    PHONE: _("a phone number"),
    EMAIL: _("an e-mail address"),
    ADDRESS: _("a home address or postcode"),
}

# --- Registrations: DVLA's formats since 1903, with or without spaces and hyphens ---------------

# Letters that stand apart from the digits and read like these are words, not half a plate.
_WORDS = """
THE AND FOR ARE BUT NOT YOU ALL ANY CAN HAD HER WAS ONE OUR OUT DAY GET HAS HIM HIS HOW MAN
MEN NEW NOW OLD SEE TWO WAY WHO BOY DID ITS LET PUT SAY SHE TOO USE SIX TEN VIA OFF PER ASK
SAW YES MET BUS CAR ROW END JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU
FRI SAT SUN GMT BST GBP EID ISO BSI ITV BBC AGM FOI NPT RAF NHS AH AD CE BC AM PM PC PS DC DS
DI CI SC ON AT BY TO OF IN IS AS NO OR WE UP SO DO MY HE IT US BE IF GO ID
"""
WORDS = frozenset(_WORDS.split())
_APART = r"[ \t-]?"
_SPACED = re.compile(
    rf"\b(?P<a>[A-Z]{_APART}[A-Z])(?P<gap>{_APART})\d{_APART}\d{_APART}"
    rf"(?P<b>[A-Z]{_APART}[A-Z]{_APART}[A-Z])\b"
)
_CURRENT = re.compile(r"\b[A-Z]{2}\d{2}(?P<gap>[ -]?)(?P<b>[A-Z]{3})\b", re.IGNORECASE)
_PREFIX = re.compile(r"\b[A-HJ-NPR-Y]\d{1,3}(?P<gap>[ -]?)(?P<b>[A-Z]{3})\b", re.IGNORECASE)
_SUFFIX = re.compile(r"\b(?P<a>[A-Z]{3})(?P<gap>[ -]?)\d{1,3}[A-HJ-NPR-Y]\b", re.IGNORECASE)
_DIPLOMATIC = re.compile(r"\b\d{3}[ -]?[DX][ -]?\d{3}\b")
# Before 1963, and Northern Ireland to this day (I or Z among the letters). Capitals only.
_DATELESS = re.compile(
    r"\b(?:(?P<a>[A-Z]{3})[ -]?\d{2,3}|\d{2,3}[ -]?(?P<b>[A-Z]{3})"
    r"|(?P<c>[A-Z]{2})[ -]?\d{3,4}|\d{3,4}[ -]?(?P<d>[A-Z]{2})"
    r"|(?P<e>[A-Z]?(?:[IZ][A-Z]|[A-Z][IZ]))[ -]?\d{2,4})\b"
)
# One letter and digits is a road, too, so it counts beside a word about vehicles only.
_NAMED = re.compile(
    r"\b(?:reg|registration|vrm|plate|number plate)\b\W{0,4}(?:is |was |no\.? |number )?"
    r"(?:[A-Z]{1,3}[ -]?\d{1,4}|\d{1,4}[ -]?[A-Z]{1,3})\b",
    re.IGNORECASE,
)


def _is_words(found):
    groups = {name: text for name, text in found.groupdict().items() if name != "gap" and text}
    return any(text.upper() in WORDS for text in groups.values())


def _has_registration(text):
    for pattern in (_CURRENT, _PREFIX, _SUFFIX):
        for found in pattern.finditer(text):
            if not found["gap"] or not _is_words(found):
                return True
    shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text)) > 0
    loose = [_SPACED] if shouted else [_SPACED, _DATELESS]
    if any(not _is_words(found) for pattern in loose for found in pattern.finditer(text)):
        return True
    return bool(_DIPLOMATIC.search(text) or _NAMED.search(text))


# --- Dates of birth ------------------------------------------------------------------------------

# A later year is a promise or a visit, unless the words around it speak of birth.
LAST_BIRTH_YEAR = 2021
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"(?<![\d.:])(?:[0-3]?\d(?P<sep>[/.\s-])[01]?\d(?P=sep)(?P<y1>(?:19|20)\d\d|\d\d)"
    rf"|(?P<y2>(?:19|20)\d\d)[/.-]\d{{1,2}}[/.-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}\.?,?[\s-]+(?P<y3>(?:19|20)\d\d)"
    rf"|{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?P<y4>(?:19|20)\d\d))(?![\d:.])",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b|y\.?o\.?b\b|(?:date|year) of birth|born|birthday)\D{0,40}\d",
    re.IGNORECASE,
)


def _is_birthish(year):
    if len(year) == 4:
        return int(year) <= LAST_BIRTH_YEAR
    return int(year) <= LAST_BIRTH_YEAR % 100 or int(year) > 35


def _has_birth_date(text):
    years = [
        next(year for name, year in found.groupdict().items() if name != "sep" and year)
        for found in _DATE.finditer(text)
    ]
    return any(map(_is_birthish, years)) or bool(_BIRTH.search(text))


# --- Phones, addresses ---------------------------------------------------------------------------

_PHONE = re.compile(
    r"(?<![\w.:/-])(?:"
    r"(?:\+|00)\s?[1-9]\d{0,2}[\s.-]?(?:\(0\)[\s.-]?)?(?:\d[\s.()-]{0,2}){7,11}\d"
    r"|\(?0[1-35789]\d{1,3}\)?(?:[\s.-]{0,2}\d){6,8}"
    r")(?![\s.-]?\d)"
)
_EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:.]{2,}")
_POSTCODE = re.compile(
    r"\b(?:GIR ?0AA|[A-PR-UWYZ](?:\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRVWXY]?) ?"
    r"\d[ABD-HJLNP-UW-Z]{2})\b",
    re.IGNORECASE,
)
_STREET = (
    r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Crescent|Cres|Terrace|Grove|Gardens|Drive|Dr|Close"
    r"|Court|Ct|Place|Pl|Way|Walk|Mews|Square|Sq|Hill|Row|Green|View|Park|Rise|Mount|Fold|Croft)"
)
_HOUSE = re.compile(
    rf"\b\d{{1,4}}[A-Za-z]?,?\s+(?!{_MONTH.title()}\b)(?:[A-Z][\w'’-]*\s+){{1,3}}{_STREET}\b"
)
_HOUSE_SMALL = re.compile(
    r"\b\d{1,4}[a-z]?,?\s+[a-z'’-]{3,}\s+"
    r"(?:road|rd|street|avenue|ave|lane|crescent|terrace|grove|gardens)\b"
)
_FLAT = re.compile(r"\b(?:flat|apartment|apt\.?)\s+(?:no\.?\s*)?\d{1,4}[a-z]?\b", re.IGNORECASE)


def _has_phone(text):
    for found in _PHONE.finditer(text):
        digits = "".join(filter(str.isdigit, found.group()))
        longest = 15 if found.group()[0] == "+" or digits.startswith("00") else 11
        if 10 <= len(digits) <= longest:
            return True
    return False


def _has_address(text):
    return any(pattern.search(text) for pattern in (_POSTCODE, _HOUSE, _HOUSE_SMALL, _FLAT))


_LOOKS = {
    REGISTRATION: _has_registration,
    BIRTH_DATE: _has_birth_date,
    PHONE: _has_phone,
    EMAIL: lambda text: bool(_EMAIL.search(text)),
    ADDRESS: _has_address,
}


def _plain(text):
    """Fold wide letters and every script's digits to those that the patterns know."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)


def find_private(text: str) -> list[str]:
    """Return the codes of what ``text`` seems to hold, in the order of :data:`LABELS`."""
    text = _plain(text or "")
    return [code for code, look in _LOOKS.items() if look(text)]


class GuardedForm:
    """Form mixin: the fields named in ``guarded`` are looked at before the form is valid.

    What was found makes the form invalid until its checkbox is ticked; nothing typed is lost. The
    page must show ``form.guard_found`` and ``form.guard_field`` through
    ``components/_guard_warning.html``; going over the form's fields leaves the checkbox out.
    """

    guarded = ()
    GUARD = "guard_seen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.guard_found = []
        self.fields[self.GUARD] = forms.BooleanField(
            required=False, label=_("I have checked it, and it needs to stay")
        )

    def __iter__(self):
        return (field for field in super().__iter__() if field.name != self.GUARD)

    @property
    def guard_field(self):
        return self[self.GUARD]

    def guarded_texts(self):
        """Return what is to be looked at, by field."""
        return {name: self.cleaned_data.get(name) or "" for name in self.guarded}

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        found = {name: find_private(text) for name, text in self.guarded_texts().items()}
        self.guard_found = [
            LABELS[code] for code in LABELS if any(code in codes for codes in found.values())
        ]
        if not cleaned.pop(self.GUARD, False):
            for name, codes in found.items():
                if codes:
                    self.add_error(name, self._warning(codes))
        return cleaned

    def _warning(self, codes):
        things = get_text_list([str(LABELS[code]) for code in codes], gettext("and"))
        return ValidationError(
            _("Check this: it looks as if it holds %(things)s"),
            code="guard",
            params={"things": things},
        )
