"""Nothing takes a file. Whoever adds the first has to bring the rules for files with it:

type by content, size, images written anew, random names, served as attachments after a check.
"""

import re

import pytest
from django import forms
from django.apps import apps
from django.db import models

from config.local.store import BASE
from tests.config.test_architecture import OURS, tracked

# The form pack can draw what no form has.
DRAWS = {"templates/portal/whole_uni_form.html", "templates/portal/whole_uni_formset.html"}
TAKES_FILES = re.compile(
    r"multipart/form-data|type=[\"']file|\.FILES\b|request\.files|dropzone", re.I
)


def every_form(below=forms.BaseForm):
    for form in below.__subclasses__():
        yield form
        yield from every_form(form)


def our_forms():
    return [form for form in every_form() if form.__module__.split(".")[0] in (*OURS, "config")]


def test_no_model_keeps_a_file():
    kept = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField | models.FilePathField | models.BinaryField)
        and not (model._meta.app_label == "outbox" and field.name == "secret")
    ]

    assert kept == []


def test_no_form_takes_a_file():
    found = our_forms()
    taking = [
        (form, name)
        for form in found
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.FileField) or field.widget.needs_multipart_form
    ]

    assert len(found) > 20
    assert taking == []


@pytest.mark.parametrize("folder", ["templates", "config", "contacts", "partnerships", "events"])
def test_no_template_or_view_asks_for_a_file(folder):
    paths = [*tracked(f"{folder}/**/*.html"), *tracked(f"{folder}/**/*.py")]
    asking = {str(path.relative_to(BASE)) for path in paths if TAKES_FILES.search(path.read_text())}

    assert paths
    assert asking <= DRAWS
