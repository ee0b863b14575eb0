"""What a form asks for, found by looking at it: which boxes take text, which take junk."""

from typing import NamedTuple

from django import forms


class Asked(NamedTuple):
    """One question: ``boxes`` are the names of its controls on the page."""

    name: str
    shape: str
    boxes: tuple
    field: forms.Field


def asked_by(form) -> list[Asked]:
    return [
        Asked(form.add_prefix(name), shape_of(field), _boxes(form, name, field), field)
        for name, field in form.fields.items()
        if not field.disabled
    ]


def shape_of(field) -> str:
    """Say what may be put there: text that is kept as typed, or an answer of a closed kind."""
    if isinstance(field, forms.MultiValueField):
        return "parts"
    if isinstance(field, forms.FileField):
        return "file"
    if field.widget.is_hidden:
        return "hidden"
    if isinstance(field.widget, forms.PasswordInput):
        return "secret"
    if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
        return "text"
    return "answer"


def is_box(field) -> bool:
    """Whether its words may run over several lines."""
    return isinstance(field.widget, forms.Textarea)


def _boxes(form, name, field):
    prefixed = form.add_prefix(name)
    if isinstance(field, forms.MultiValueField):
        return tuple(f"{prefixed}{suffix}" for suffix in field.widget.widgets_names)
    return (prefixed,)
