"""The guards: what holds the layers together where import-linter and ruff cannot see it."""

import ast
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import connection, models

from config.local.store import BASE

OURS = ["audit", "outbox", "contacts", "partnerships", "events", "dashboard"]
LINE = ["contenttypes", "auth", *OURS]  # each may point to itself and to those before it
MODULE_LINES, TEMPLATE_LINES = 400, 80

MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]
CODED = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in MODELS
    for field in model._meta.local_concrete_fields
    if field.choices and isinstance(field, models.CharField)
]


def tracked(pattern):
    """Return the project's own files: what git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", pattern]
    listing = subprocess.check_output(command, cwd=BASE, text=True)
    return [path for path in map(BASE.joinpath, listing.splitlines()) if path.exists()]


def too_long(paths, most):
    lengths = {path: len(path.read_text().splitlines()) for path in paths}
    return {str(path.relative_to(BASE)): n for path, n in lengths.items() if n > most}


@pytest.mark.parametrize("model", MODELS)
def test_foreign_keys_point_down(model):
    """A string in a ForeignKey hides a dependency from import-linter."""
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created:
            target = field.related_model._meta.app_label
            assert LINE.index(target) <= LINE.index(model._meta.app_label), field


@pytest.mark.parametrize("model", MODELS)
def test_nothing_goes_with_what_it_points_to(model):
    for field in model._meta.local_fields:
        if field.remote_field and not model._meta.auto_created:
            assert field.remote_field.on_delete is models.PROTECT, field


@pytest.mark.parametrize("model", MODELS)
def test_models_have_no_hidden_behaviour(model):
    assert not model._meta.ordering
    assert not {"save", "delete"} & vars(model).keys()
    assert not any(isinstance(field, GenericForeignKey) for field in model._meta.private_fields)


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field"), CODED)
def test_codes_are_checked_by_the_database_too(model, field):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)"
            " WHERE contype = 'c' AND conrelid = %s::regclass AND attname = %s",
            [model._meta.db_table, field.column],
        )
        checks = " ".join(check for (check,) in cursor.fetchall())

    assert all(f"'{code}'" in checks for code, _label in field.flatchoices if code)


def test_modules_and_templates_stay_short():
    assert too_long(tracked("*.py"), MODULE_LINES) == {}
    assert too_long(tracked("templates/*.html"), TEMPLATE_LINES) == {}


@pytest.mark.parametrize("path", tracked("**/migrations/*.py"), ids=lambda path: path.stem)
def test_migrations_import_no_app(path: Path):
    """An app's code moves on; a migration must run as it was written."""
    tree = ast.parse(path.read_text())
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    modules = [node.module or "" for node in froms]
    modules += [alias.name for node in plain for alias in node.names]

    assert not any(node.level for node in froms)
    assert not [name for name in modules if name.split(".")[0] in OURS]
