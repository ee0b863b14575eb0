"""What is recorded on the way from "we would like to join" to a signed agreement."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.joining import JoiningCheckQuerySet, LimitsTalkQuerySet

from .partnerships import Partnership

is_number = RegexValidator(
    r"^\+?[A-Za-z0-9][A-Za-z0-9 /()-]{3,}$",
    _("Enter the number alone, like 1234567 or SC012345."),
)


class JoiningCheck(Tenant):
    """One of three checks that a mosque is who it says; by a named person, on a day.

    ``reference`` is the number in a public register, or the published number that was rung.
    """

    class Kind(models.TextChoices):
        REGISTER = "register", _("Its number in a public register")
        PHONE_BACK = "phone_back", _("A call back to its published number")
        IN_PERSON = "in_person", _("A meeting in person")

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="checks")
    kind = CodeField(choices=Kind)
    reference = models.CharField(
        max_length=40,
        blank=True,
        validators=[is_number],
    )
    checked_on = models.DateField()
    checked_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")

    objects = JoiningCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind"],
                name="joining_check_once",
                violation_error_message=_("That check was recorded already."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="in_person") | ~models.Q(reference=""),
                name="joining_check_says_which_number",
                violation_error_message=_("Enter the number that was checked."),
            ),
        ]

    def __str__(self):
        return f"JoiningCheck #{self.pk}"


class LimitsTalk(Tenant):
    """A lead says that they went through "What this portal can't promise" with an officer."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="limits_talks")
    lead = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    held_on = models.DateField()

    objects = LimitsTalkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "lead"],
                name="limits_talk_once_a_lead",
                violation_error_message=_("You have said so already."),
            ),
        ]

    def __str__(self):
        return f"LimitsTalk #{self.pk}"
