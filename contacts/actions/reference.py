"""Loading and changing the lists that a force keeps."""

import csv
from datetime import datetime
from pathlib import Path

from django.db import transaction

from config.audit.actions import record
from contacts.models import Language, PoliceForce, Purpose, Rank, RoleType, Signpost, Topic, User

FOLDER = Path(__file__).resolve().parent.parent / "reference"
FILES = {
    "forces": PoliceForce,
    "ranks": Rank,
    "role_types": RoleType,
    "languages": Language,
    "topics": Topic,
    "purposes": Purpose,
    "signposts": Signpost,
}


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Add the entries that are missing; return how many each list got.

    What a force has changed stays as the force left it. ``verified_on`` is the day on which
    somebody last held the file against its sources.
    """
    return {name: _load(name, model) for name, model in FILES.items()}


@transaction.atomic
def set_reference_editor(*, user: User, allowed: bool, at: datetime) -> None:
    """Let ``user`` edit the lists in Django's admin, or no longer. Done from the command line."""
    user.is_staff = allowed
    user.save(update_fields=["is_staff"])
    record("contacts.reference_editor_set", subject=user, by=None, at=at, allowed=allowed)


@transaction.atomic
def save_reference(*, entry, by: User, at: datetime):
    """Keep a new or changed entry of one of the lists. Its code never changes."""
    verb = "added" if entry._state.adding else "changed"
    entry.full_clean()
    entry.save()
    record(f"contacts.reference_{verb}", subject=entry, by=by, at=at, code=entry.code)
    return entry


def _load(name, model):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = set(model.objects.values_list("code", flat=True))
    missing = [
        _entry(model, row, position=10 * number)
        for number, row in enumerate(rows, start=1)
        if row["code"] not in known
    ]
    model.objects.bulk_create(missing)
    return len(missing)


def _entry(model, row, *, position):
    values = {"position": position} | row
    labels = {"en": values.pop("label")}
    if "what_for" in values:
        values["what_for"] = {"en": values["what_for"]}
    fields = {name: model._meta.get_field(name).to_python(text) for name, text in values.items()}
    return model(labels=labels, **fields)
