"""What is said about words that both sides share, wherever they stand. Every box is guarded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from config.web.guard import GuardedForm
from partnerships.actions.texts import PART_LIMIT
from partnerships.models import SharedText


def box(label, *, limit=PART_LIMIT, required=True, rows=6, help_text=""):
    """Make a field for words that both sides read."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=limit,
        required=required,
        widget=forms.Textarea({"rows": rows, "dir": "auto"}),
    )


class WordsForm(GuardedForm, PortalForm):
    """The words of a row as they stand, part by part, to be changed; leaves ``parts``."""

    def __init__(self, *args, words, **kwargs):
        self.guarded = tuple(words.columns)
        super().__init__(*args, **kwargs)
        for code, label in words.columns.items():
            limit = words.kind.limit(code)
            rows = 6 if limit > PART_LIMIT // 3 else 3
            self.fields[code] = box(label, limit=limit, required=False, rows=rows)
        self.order_fields([*words.columns, *self.fields])

    def clean(self):
        data = super().clean()
        return {"parts": {code: data.get(code, "") for code in self.guarded}}


class DisagreeForm(GuardedForm, PortalForm):
    guarded = ("statement",)
    statement = box(_("What you hold against it"))


class KeepWordingForm(GuardedForm, PortalForm):
    guarded = ("reason",)
    reason = box(_("Why you keep the wording"), limit=1000)


class RemoveForm(PortalForm):
    reason = forms.ChoiceField(
        label=_("Why it is removed"),
        choices=SharedText.Withdrawal.choices,
        widget=forms.RadioSelect,
    )
