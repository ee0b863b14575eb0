"""The portal's template tags, built into every template (settings: TEMPLATES builtins).

The first half serves the form template pack in templates/portal/; the rest is dates and addresses.
"""

import datetime as dt

from django import forms, template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, ngettext

register = template.Library()

CLASSES = {"file": "govuk-file-upload", "checkbox": "govuk-checkboxes__input"}


# --- Forms ------------------------------------------------------------------------------------


def _shape(widget):
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        return "select"
    return "input"


@register.filter
def kind(field):
    """Name the markup that a bound field needs: one control, a group, or the parts of a date."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.MultiWidget):
        return "parts"
    return "password" if isinstance(widget, forms.PasswordInput) else "single"


@register.simple_tag
def control(field, extra_class="", described_by=""):
    """Render a field's control with the design system's classes.

    Django itself adds ``aria-invalid`` and, for hint and errors, ``aria-describedby``.
    """
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget):
        bad = getattr(field.field, "bad_parts", ()) or range(len(widget.widgets))
        return field.as_widget(attrs={"bad_parts": tuple(bad)} if field.errors else {})
    shape = _shape(widget)
    base = CLASSES.get(shape, f"govuk-{shape}")
    classes = [base, widget.attrs.get("class", ""), extra_class]
    if field.errors and shape != "checkbox":
        classes.append(f"{base}--error")
    attrs = {"class": " ".join(name for name in classes if name)}
    own = widget.attrs.get("aria-describedby") or field.aria_describedby
    if described := " ".join(filter(None, [own, described_by])):
        attrs["aria-describedby"] = described
    if "placeholder" in widget.attrs:
        attrs["placeholder"] = False  # it vanishes on typing and is hard to read: labels say it
    if isinstance(widget, forms.NumberInput):
        # A spinner changes the number on scrolling; a plain box with the digits' keyboard does not.
        widget = forms.TextInput({"inputmode": "numeric"})
        attrs["class"] += " govuk-input--width-5"
    return field.as_widget(widget=widget, attrs=attrs)


@register.filter
def first_id(field):
    """Return the id of the first bad control, to which the error summary links."""
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget):
        return f"{field.auto_id}_{min(getattr(field.field, 'bad_parts', ()) or [0])}"
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def option_extra(field, option, name):
    """Return what the form declares as ``name`` for an option: a hint, or the fields shown."""
    declared = getattr(field.field, name, None) or getattr(field.form, name, {}).get(field.name, {})
    found = declared.get(str(option.data["value"]), "")
    return [field.form[each] for each in _names(found)] if name == "reveals" else found


def _names(revealed):
    return (revealed,) if isinstance(revealed, str) and revealed else tuple(revealed)


@register.filter
def is_revealed(field):
    """Say whether another field's option shows this one, so that it is not rendered twice."""
    declared = list(getattr(field.form, "reveals", {}).values())
    declared += [getattr(each, "reveals", None) or {} for each in field.form.fields.values()]
    return any(field.name in _names(names) for by_value in declared for names in by_value.values())


@register.filter
def character_limit(field):
    """Return the limit that a text box counts down to, or nothing."""
    limited = isinstance(field.field.widget, forms.Textarea)
    return getattr(field.field, "max_length", None) or "" if limited else ""


@register.filter
def is_chips(field):
    return getattr(field.field.widget, "chips", False)


@register.inclusion_tag("portal/error_summary.html")
def error_summary(form):
    """Render the summary of a form's (or formset's) errors, each linked to its control."""
    if hasattr(form, "management_form"):
        parts, general = list(form.forms), list(form.non_form_errors()) if form.is_bound else []
    else:
        parts, general = [form], []
    bad = [part for part in parts if part.is_bound and part.errors]
    return {"general": general, "forms": bad, "any": bool(general or bad)}


# --- Addresses and numbers ---------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """Return this page's query string with ``changes``; an empty value removes the parameter."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return "?" + parameters.urlencode()


@register.filter
def number(value):
    """Write a whole number with its thousands apart: 1,234."""
    return f"{value:,}"


# --- Dates, in London's day ----------------------------------------------------------------------


def _local(value):
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def day(value):
    """Write a date, or the London day of a moment: Tuesday 3 March 2026."""
    return format_date(_local(value), "l j F Y") if value else ""


@register.filter
def clock(value):
    """Write the 24-hour time of a time or of a moment in London: 19:30."""
    return _local(value).strftime("%H:%M") if value else ""


@register.filter
def moment(value):
    """Write a moment in London: Tuesday 3 March 2026, 19:30. Of a plain date, the day."""
    return f"{day(value)}, {clock(value)}" if isinstance(value, dt.datetime) else day(value)


@register.filter
def iso(value):
    """Write a date or moment as the ``datetime`` of a <time> element."""
    return _local(value).isoformat() if value else ""


@register.filter
def in_days(value):
    """Say how far a day is from today: "today", "in 2 days", "3 days ago"."""
    if not value:
        return ""
    local = _local(value)
    away = (local.date() if isinstance(local, dt.datetime) else local) - timezone.localdate()
    if away.days == 0:
        return gettext("today")
    if away.days == 1:
        return gettext("tomorrow")
    if away.days == -1:
        return gettext("yesterday")
    if away.days > 0:
        return ngettext("in %(n)d day", "in %(n)d days", away.days) % {"n": away.days}
    return ngettext("%(n)d day ago", "%(n)d days ago", -away.days) % {"n": -away.days}


register.simple_tag(in_days, name="in_days")
