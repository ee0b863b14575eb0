"""What a force may edit: tables with an immutable code, labels by language and dates."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from config.web.typed import validate_line
from contacts.querysets.reference import ReferenceQuerySet

_UNFIT = _("This holds a line break or signs that cannot be shown. Type it again.")
_NOT_LABELS = _('Write one line for each language, English at least, like {"en": "Imam"}.')


class Reference(models.Model):
    """One entry of a list that the force keeps. ``code`` never changes; ``labels`` may."""

    code = models.SlugField(max_length=40, unique=True)
    labels = models.JSONField(help_text=_('By language, English at least: {"en": "Imam"}.'))
    position = models.PositiveIntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.label

    def clean(self):
        """Decline what no page could show; every one of them reads the labels."""
        super().clean()
        texts = {
            field.name: getattr(self, field.name)
            for field in self._meta.fields
            if isinstance(field, models.CharField)
        }
        wrong = {name: _UNFIT for name, text in texts.items() if not _is_fit(text)}
        by_language = [f.name for f in self._meta.fields if isinstance(f, models.JSONField)]
        wrong |= {name: _NOT_LABELS for name in by_language if not _are_labels(getattr(self, name))}
        if wrong:
            raise ValidationError(wrong)

    @property
    def label(self):
        language = (get_language() or "en").split("-")[0]
        labels = self.labels if isinstance(self.labels, dict) else {}  # as a form may have them
        return str(labels.get(language) or labels.get("en") or self.code)


def _are_labels(labels):
    is_whole = isinstance(labels, dict) and bool(labels.get("en"))
    return is_whole and all(isinstance(text, str) and _is_fit(text) for text in labels.values())


def _is_fit(text):
    try:
        validate_line(text)
    except ValidationError:
        return False
    return True


class Topic(Reference):
    """What an engagement or a concern is about."""


class Purpose(Reference):
    """Why police come. Declared before the event, shown to the other side."""


class RoleType(Reference):
    """What a person is at an institution: imam, chair, secretary."""


class Rank(Reference):
    """A police rank or grade; ``position`` orders them, lowest first."""

    abbreviation = models.CharField(max_length=12, blank=True)
    uniformed = models.BooleanField(default=True)


class Language(Reference):
    """A language that people here speak or read; ``code`` is its BCP 47 tag."""

    class Direction(models.TextChoices):
        LTR = "ltr", _("Left to right")
        RTL = "rtl", _("Right to left")

    script = models.CharField(max_length=40, blank=True)
    direction = CodeField(choices=Direction, default=Direction.LTR)
    mode = models.CharField(max_length=60, blank=True, help_text=_("Read, mostly spoken, video."))


class PoliceForce(Reference):
    """A UK police force, from which the first set-up takes its name."""

    nation = models.CharField(max_length=40)


class Signpost(Reference):
    """Where else somebody can turn: a number or page that was held against its owner's own.

    Shown for half a year from ``verified_on``, and no longer: a wrong number is worse than none.
    """

    what_for = models.JSONField(
        default=dict, help_text=_('By language, English at least: {"en": "…"}.')
    )
    phone = models.CharField(max_length=30, blank=True)
    url = models.URLField(max_length=200, blank=True)
    hours = models.CharField(max_length=60, blank=True)

    @property
    def purpose(self):
        language = (get_language() or "en").split("-")[0]
        return self.what_for.get(language) or self.what_for.get("en", "")

    @property
    def tel(self):
        return "".join(char for char in self.phone if char.isdigit() or char == "+")
