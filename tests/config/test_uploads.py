"""One form takes a file, a photograph; no other view is handed one, and no disk sees one."""

import re
import tempfile
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import get_resolver, reverse

from config.local.store import BASE
from config.web.pictures import MOST_BYTES, PictureField
from config.web.uploads import OneFile
from partnerships.forms.photos import PhotoForm
from partnerships.models import ItemPhoto
from partnerships.views.photos import PhotoAdd
from tests.config.test_architecture import OURS, tracked
from tests.partnerships import photo_kit as kit
from tests.support.pictures import sent

# The form pack can draw what one form has; that form's page; and where the rules for files stand.
DRAWS = {"templates/portal/whole_uni_form.html", "templates/portal/whole_uni_formset.html"}
ASKS = {"templates/partnerships/photo_add.html"}
RULES = {"config/web/uploads.py"}
TAKES_FILES = re.compile(
    r"multipart/form-data|type=[\"']file|\.FILES\b|request\.files|dropzone", re.I
)
KEPT = {"outbox.Message.secret", "partnerships.ItemPhoto.content"}


def every_form(below=forms.BaseForm):
    for form in below.__subclasses__():
        yield form
        yield from every_form(form)


def our_forms():
    return [form for form in every_form() if form.__module__.split(".")[0] in (*OURS, "config")]


def views_below(patterns):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from views_below(each.url_patterns)
        elif view := getattr(each.callback, "view_class", None):
            yield view


def test_no_model_keeps_a_file_on_a_disk_and_one_the_bytes_of_a_photograph():
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    on_disk = [f for f in fields if isinstance(f, models.FileField | models.FilePathField)]
    bytes_of = {str(field) for field in fields if isinstance(field, models.BinaryField)}

    assert on_disk == []
    assert bytes_of == KEPT


def test_one_form_takes_a_file_and_that_is_a_photograph():
    found = our_forms()
    taking = [
        (form, type(field))
        for form in found
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.FileField) or field.widget.needs_multipart_form
    ]

    assert len(found) > 20
    assert taking == [(PhotoForm, PictureField)]


def test_one_view_is_handed_files():
    views = list(views_below(get_resolver().url_patterns))

    assert len(views) > 100
    assert {view for view in views if getattr(view, "takes_file", False)} == {PhotoAdd}
    assert PhotoAdd.form_class is PhotoForm


@pytest.mark.parametrize("folder", ["templates", "config", "contacts", "partnerships", "events"])
def test_no_other_template_or_view_asks_for_a_file(folder):
    paths = [*tracked(f"{folder}/**/*.html"), *tracked(f"{folder}/**/*.py")]
    asking = {str(path.relative_to(BASE)) for path in paths if TAKES_FILES.search(path.read_text())}

    assert paths
    assert asking <= DRAWS | ASKS | RULES


# --- Whatever is sent ----------------------------------------------------------------------------


@pytest.fixture
def handed(monkeypatch):
    """What views were handed, by the name of the field."""
    kept = []
    plain = OneFile.file_complete

    def file_complete(handler, size):
        kept.append(handler.field_name)
        return plain(handler, size)

    monkeypatch.setattr(OneFile, "file_complete", file_complete)
    return kept


@pytest.mark.django_db
def test_a_file_sent_to_any_other_form_is_dropped_and_the_form_answered(world, handed):
    client = Client()
    client.force_login(world.imam)
    item = {"kind": "done", "title": "An open day", "words": "Forty neighbours came."}
    url = reverse("partnerships:item-propose", args=[world.partnership.ref])

    assert client.post(url, item | {"picture": sent()}).status_code == 302
    assert client.post("/nowhere/", {"picture": sent()}).status_code == 404
    assert handed == []
    client.post(kit.form_of(kit.propose(world)), kit.answers())
    assert handed == ["picture"]
    assert ItemPhoto.objects.count() == 1


@pytest.mark.django_db
def test_no_disk_sees_what_is_sent(world, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings_of = (settings.MEDIA_ROOT, settings.FILE_UPLOAD_HANDLERS)
    client = Client()
    client.force_login(world.imam)
    client.post(kit.form_of(kit.propose(world)), kit.answers(sent(bytes(MOST_BYTES))))

    assert settings_of == ("", ["config.web.uploads.OneFile"])
    assert list(Path(tmp_path).rglob("*")) == []
