"""What every form says where an answer is missing: a sentence that names the field."""

import copy
import importlib
import pkgutil
from types import SimpleNamespace

import config
import contacts
import events
import partnerships
from config.web.forms import NamedMessages, name_fields

# The account forms get some of their fields when they are made: tests/contacts/test_accounts.py.
ELSEWHERE = ("tests.", "contacts.forms.accounts")


def forms_of_the_portal():
    for package in (config, contacts, events, partnerships):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".forms" in module.name:
                importlib.import_module(module.name)
    waiting = [NamedMessages]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        yield from (kind for kind in kinds if not kind.__module__.startswith(ELSEWHERE))


def required_messages():
    """List each visible field's label and what it says when it must be answered and is not."""
    for kind in forms_of_the_portal():
        form = SimpleNamespace(fields=copy.deepcopy(kind.base_fields))
        name_fields(form)
        for name, field in form.fields.items():
            if field.required and not field.widget.is_hidden:
                where = f"{kind.__name__}.{name}"
                yield where, str(field.label or ""), str(field.error_messages["required"])


def is_glued(label, message):
    """Whether a question was put behind a verb, as in "Select what is it"."""
    question = label.rstrip("?").lower()
    glued = {f"{verb} {the}{question}" for verb in ("select", "enter") for the in ("", "the ")}
    return label.endswith("?") and message.lower() in glued


def test_every_missing_answer_is_asked_for_in_a_sentence_that_names_it():
    found = list(required_messages())

    assert len(found) > 60
    assert [where for where, label, message in found if is_glued(label, message)] == []
    assert [where for where, _label, text in found if text == "This field is required."] == []
