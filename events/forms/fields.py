"""Fields that more than one form about visits and notes asks with."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import IfShown, YesNoField
from contacts.models import Contact
from contacts.presenters import shown_name

ELSEWHERE = "elsewhere"
LENGTHS = (15, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 360, 480)


def length_label(minutes):
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)d minutes") % {"n": rest}
    return f"{hours} h {rest} min" if rest else f"{hours} h"


class OfficersField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(Contact.objects.none(), **kwargs)

    def label_from_instance(self, contact):
        return shown_name(contact)


class PlaceField(forms.ChoiceField):
    """The ``ref`` of an institution. The long list is loaded to be drawn, not to be checked."""

    def valid_value(self, value):
        if value == ELSEWHERE:
            return True
        try:
            return bool(uuid.UUID(value))
        except ValueError:
            return False


class RevealedField(IfShown, forms.ChoiceField):
    pass


class RevealedPlaceField(IfShown, PlaceField):
    pass


class RevealedYesNoField(IfShown, YesNoField):
    pass


class PersonField(forms.ModelChoiceField):
    """One of ``people``, which the form sets; with their role beside a name."""

    def __init__(self, **kwargs):
        super().__init__(Contact.objects.none(), **kwargs)

    def label_from_instance(self, contact):
        role = contact.shown_role.label if contact.shown_role else ""
        name = shown_name(contact)
        return f"{name} ({role})" if role and role != name else name
