"""What recipients ask about a bulletin; every recipient reads the question and its answer."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.web.fields import CodeField
from contacts.models import Contact, Tenant
from partnerships.querysets.bulletin_questions import BulletinQuestionQuerySet

from .bulletins import Bulletin


class BulletinQuestion(Tenant):
    """``institution`` is the unit that is asked. ``asked_as`` is the asker's name, if it wishes.

    Who asked stands in :class:`BulletinAsker`, a row that nobody but the asker may read.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        CANNOT_ANSWER = "cannot_answer", _("Police can’t answer, and say why")

    MOVES = {
        State.OPEN: {State.ANSWERED, State.CANNOT_ANSWER},
        State.ANSWERED: set(),
        State.CANNOT_ANSWER: set(),
    }

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="questions", db_index=False)
    text = models.TextField(max_length=600)
    asked_as = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    state = CodeField(choices=State, default=State.OPEN)
    answer = models.TextField(max_length=1500, blank=True)
    answered_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BulletinQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="bulletin_question_asks_something",
                violation_error_message=_("Enter your question."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_at__isnull=True)
                | (~Q(state="open") & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="bulletin_question_answered_in_words",
                violation_error_message=_("Enter the answer."),
            ),
        ]
        indexes = [
            models.Index(fields=["bulletin", "asked_at", "id"], name="bulletin_question_list"),
            models.Index(fields=["force", "asked_at"], name="bulletin_question_force"),
            models.Index(
                fields=["asked_at"], condition=Q(state="open"), name="bulletin_question_open"
            ),
        ]

    def __str__(self):
        return f"BulletinQuestion #{self.pk}"

    def get_absolute_url(self):
        return f"{reverse('partnerships:bulletin-detail', args=[self.bulletin.ref])}#q-{self.ref}"

    def clean(self):
        for name, limit in (("text", 600), ("answer", 1500)):
            if len(getattr(self, name)) > limit:
                message = _("This must be %(limit)d characters or fewer.") % {"limit": limit}
                raise ValidationError({name: message})

    @property
    def is_open(self):
        return self.state == self.State.OPEN


class BulletinAsker(Tenant):
    """Which institution and person asked a question. Not even police read it."""

    question = models.OneToOneField(BulletinQuestion, models.PROTECT, related_name="asker")
    asked_by = models.ForeignKey(Contact, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["institution", "-id"], name="bulletin_asker_own")]

    def __str__(self):
        return f"BulletinAsker #{self.pk}"
