"""What is said to a note once it is written. Every box is guarded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import PortalForm
from config.web.guard import GuardedForm
from config.web.typed import apart
from events.actions.notes import PARTS
from events.models import SharedNote
from partnerships.forms.texts import RemoveForm, box
from partnerships.models import Side

from .fields import PersonField


def labels_for(side, institution):
    """Return what the two boxes are called for whoever writes them."""
    if side == Side.POLICE:
        wanted = _("What %(name)s told us it wanted") % {"name": apart(institution.name)}
        return {"told_us": wanted, "we_said": _("What we said we would do")}
    return {
        "told_us": _("What we told police we wanted"),
        "we_said": _("What police said they would do"),
    }


class WordingForm(GuardedForm, PortalForm):
    """The two boxes with the words that stand there, to be changed."""

    guarded = PARTS
    told_us = box(_("What they told us they wanted"), required=False)
    we_said = box(_("What we said we would do"), required=False)

    def __init__(self, *args, labels, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in labels.items():
            self.fields[name].label = label


class NothingForm(PortalForm):
    pass


class WithdrawForm(RemoveForm):
    with_promises = forms.BooleanField(
        label=_("Remove the promises of this visit, too"), required=False
    )

    hints = {
        "reason": {
            "wrong_institution": _(
                "The visit and its promises go, too: they were recorded in the wrong place."
            )
        }
    }


class RecordForm(PortalForm):
    """An answer given to an officer by somebody who does not sign in."""

    channel = forms.ChoiceField(
        label=_("How they confirmed it"),
        choices=[c for c in SharedNote.Channel.choices if c[0] != SharedNote.Channel.PORTAL],
        widget=forms.RadioSelect,
    )
    who = PersonField(
        label=_("Who confirmed it"),
        required=False,
        empty_label=_("Somebody whose role is not listed"),
        blank=True,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = people
