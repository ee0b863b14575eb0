"""Marks planted in the record, to see where they turn up; found by looking at the models alone."""

import itertools
import json
import zipfile
from io import BytesIO

from django.apps import apps
from django.db import connection, models

from config.privacy.tables import TABLES
from config.web.sealed import seal
from contacts.models import Contact, RoleHolding
from partnerships.models import KeyHolder, PremisesSafetyDetail
from tests.access.record import make_record
from tests.factories import make_person, make_world
from tests.roles import as_owner

PEOPLE = {"contacts.Contact", "contacts.User"}
# Nobody types these: codes of lists, and what the portal makes itself.
CODES = {
    "reference",
    "shown_name",
    "token_digest",
    "password",
    "session_key",
    "session_data",
    "photography_agreed_by",
    "key",
    "kind",
    "lease_by",
    "last_error",
    "about_type",
    "convenor_name",  # of an institution
    "digest",
    "figures",
    "positions",
    "about_id",
    "case_mark",
    "recipient_kind",
    "recipient_id",
    "context",
    "data",
}
PLACES = {"contacts.Institution", "contacts.PolicingArea"}  # whose names are no secret
# The portal writes the signer's own name there, and nobody else's; a number takes no name.
SIGNATURES = {"signed_as", "phone"}
LISTS = {"Language", "PoliceForce", "Purpose", "Rank", "RoleType", "Topic"}
# Codes and numbers, which no role changes: test_panel_samples.py, test_review_figures.py.
FINAL = {"PanelSample", "PanelItem", "PanelOrigin", "ReviewFigures"}
SAFE = {model._meta.db_table: model for model in (KeyHolder, PremisesSafetyDetail)}
NAME = "Zaynab Qureshi-Test"
OURS = ("contacts", "partnerships", "events", "account", "usersessions")
_numbers = itertools.count(1)


def make_scene():
    """Make the record of one mosque and of the next; a member of the first has done much in it.

    ``person`` is that member; ``one`` and ``two`` are records officers.
    """
    world = make_world()
    near = {"sergeant": world.sergeant, "officer": world.officer}
    people = world.people
    people["one"] = make_person(world.force, "coordinator", "Rosa Keeper")
    people["two"] = make_person(world.force, "coordinator", "Max Keeper")
    people["ours"] = make_record("ours", world.partnership, lead=world.imam, **near)
    people["next"] = make_record("next", world.other_partnership, lead=world.other_imam, **near)
    keepers = [world.one.contact, world.two.contact]
    with as_owner():
        Contact.objects.filter(pk=world.ours.hidden.contact.pk).update(name=NAME)
        RoleHolding.objects.filter(contact__in=keepers).update(access_role="records_officer")
    for user in (world.one, world.two, world.ours.hidden):
        user.__dict__.pop("standing", None)  # roles are read once a request
    people["person"] = Contact.objects.select_related("user", "institution").get(name=NAME)
    return world


def texts_of(model):
    """Yield the columns of a model into which somebody types."""
    if model.__name__ in FINAL:
        return
    for field in model._meta.local_concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
        if is_text and not field.choices and field.name not in CODES:
            yield field


def keys_of(model):
    """Yield the columns that name a person, with "Contact" or "User"."""
    for field in model._meta.local_concrete_fields:
        if field.remote_field and field.related_model._meta.label in PEOPLE:
            yield field.attname, field.related_model.__name__
    if model._meta.label in PEOPLE:
        yield "id", model.__name__


def plant(contact) -> tuple[dict, set]:
    """Put a mark of its own into each typed column of the rows that name only this person.

    Returns (marks of theirs by table and column, marks in the rows that do not name them at all).
    """
    own, foreign = {}, set()
    known = {"Contact": contact.pk, "User": contact.user_id}
    with as_owner():
        for label in OURS:
            for model in apps.get_app_config(label).get_models():
                if model.__name__ in LISTS:
                    continue
                for row in model._base_manager.all():
                    named = {
                        getattr(row, name) == known[kind]
                        for name, kind in keys_of(model)
                        if getattr(row, name)
                    }
                    if roundabout := _theirs_by_a_further_row(model, row, contact):
                        for field in texts_of(model):
                            if field.name in roundabout:
                                mark = _mark(row, field, "mine")
                                own.setdefault((model._meta.label, field.name), mark)
                    elif named == {True}:
                        for field in texts_of(model):
                            mark = _mark(row, field, "mine")
                            own.setdefault((model._meta.label, field.name), mark)
                    elif True not in named and model._meta.label not in PLACES:
                        foreign |= {_mark(row, field, "theirs") for field in texts_of(model)}
    return own, foreign - {""}


def _theirs_by_a_further_row(model, row, contact):
    """Return the columns that the person wrote where another row alone says that they did."""
    table = TABLES[model._meta.label]
    return {
        column
        for column in table.words
        for lead in set(table.authors(column)) & set(table.through.split())
        if model._base_manager.filter(pk=row.pk, **{lead: contact.pk}).exists()
    }


def say_everywhere(words):
    """Put the same words into each typed column of shared words, whoever wrote them."""
    with as_owner():
        for label in ("partnerships", "events"):
            for model in apps.get_app_config(label).get_models():
                rows = model._base_manager.all()
                if model is KeyHolder:  # where they have a role, the portal writes their own name
                    rows = rows.filter(contact__isnull=True)
                for row in rows:
                    for field in texts_of(model):
                        if field.name not in SIGNATURES:
                            _write(row, field, words)


def _mark(row, field, whose):
    mark = f"zx{whose}{next(_numbers)}zx"
    return mark if _write(row, field, mark) else ""


def _write(row, field, words):
    old = getattr(row, field.attname)
    if isinstance(field, models.JSONField):
        if not isinstance(old, dict) or not old:
            return False
        new = dict.fromkeys(old, words)
    elif not old and type(row)._meta.app_label != "contacts":
        return False  # nobody has written anything there
    else:
        new = _address(words) if isinstance(field, models.EmailField) else words
    type(row)._base_manager.filter(pk=row.pk).update(**{field.name: new})
    return True


def _address(words):
    return f"{words}@example.org"


def unpacked(zipped) -> tuple[str, str]:
    """Return the JSON and the page of an export, as text."""
    with zipfile.ZipFile(BytesIO(zipped)) as archive:
        assert sorted(archive.namelist()) == ["my-data.html", "my-data.json"]
        told = archive.read("my-data.json").decode()
        json.loads(told)
        return told, archive.read("my-data.html").decode()


def unsealed(table):
    """Yield what a table says that looks different each time it is sealed."""
    for row in SAFE[table]._base_manager.all():
        yield from (getattr(row, field.attname) for field in texts_of(SAFE[table]))


def tables_that_hold(words) -> set:
    """Return the tables of the whole database in which any column holds the words, open or sealed.

    Empty words would be everywhere.
    """
    found = set()
    with as_owner(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in SAFE and any(words.lower() in told.lower() for told in unsealed(table)):
                found.add(table)
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*) FROM {name} AS r WHERE r::text ILIKE ANY (%s)",
                [[f"%{words}%", f"%{seal(words)}%", f"%{seal(_address(words))}%"]],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found
