"""Turns a broken named database constraint into the sentence that its model declares."""

from django.apps import apps
from django.db import IntegrityError


def message_for(error: IntegrityError) -> str | None:
    """Return the sentence of the constraint that ``error`` names, or None if it is not ours."""
    diagnostics = getattr(error.__cause__, "diag", None)
    name = getattr(diagnostics, "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return constraint.get_violation_error_message()
    return None
