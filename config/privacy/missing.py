"""What the catalogue does not know yet, written as it would stand there: a first guess."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from .tables import TABLES

PEOPLE = {"contacts.Contact", "contacts.User"}
_WORDS = (models.TextField, models.JSONField)
_DETAILS = (models.EmailField, models.GenericIPAddressField, models.BinaryField)


def lines() -> Iterator[str]:
    """Yield an entry for each table that is not in the catalogue, and each column left out."""
    for model in apps.get_models(include_auto_created=True):
        label, table = model._meta.label, TABLES.get(model._meta.label)
        known = table.columns if table else {}
        columns = [f for f in model._meta.local_concrete_fields if f.name not in known]
        if table is None:
            yield from _entry(label, columns)
        elif columns:
            yield f"{label}: " + ", ".join(f"{f.name} ({_guess(f)})" for f in columns)


def _entry(label, columns):
    yield f'"{label}": Table('
    yield '    "what for", Subject.ROLE_HOLDER, Basis.PUBLIC_TASK, "engagement",'
    for kind in ("facts", "people", "details"):
        names = [field.name for field in columns if _guess(field) == kind]
        if names:
            yield f'    {kind}="{" ".join(names)}",'
    words = [field.name for field in columns if _guess(field) == "words"]
    if words:
        yield "    words={" + ", ".join(f'"{name}": "its author"' for name in words) + "},"
    yield "),"


def _guess(field) -> str:
    if field.remote_field and field.related_model._meta.label in PEOPLE:
        return "people"
    if isinstance(field, _DETAILS):
        return "details"
    is_typed = isinstance(field, _WORDS) and not isinstance(field, ArrayField)
    return "words" if is_typed else "facts"
