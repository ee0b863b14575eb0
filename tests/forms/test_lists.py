"""The lists that a force edits in Django's admin: what is typed there, every page shows."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contacts.models import Language, PoliceForce, Purpose, Rank, RoleType, Signpost, Topic
from tests.access.routes import routes
from tests.factories import make_editor

from .fields import asked_by
from .hostile import JUNK, KINDS
from .sending import Page, send

pytestmark = pytest.mark.django_db

VALID = {
    "code": "new_code",
    "labels": '{"en": "A label"}',
    "what_for": '{"en": "What it is for"}',
    "position": 7,
    "direction": "ltr",
    "nation": "England",
    "_save": "Save",
}
LISTS = (Language, PoliceForce, Purpose, Rank, RoleType, Signpost, Topic)
LABELS = st.one_of(
    JUNK,
    st.sampled_from(
        ("[]", '"en"', "{}", "7", '{"ur": "a"}', '{"en": ""}', '{"en": 7}', '{"en": "a", "ur": []}')
    ),
    st.sampled_from(('{"en": "a\\u0000b"}', '{"en": "a\\nb"}', '{"en": "\\ud800"}', "[" * 9000)),
)
drawn = settings(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def editor(caller):
    caller.sign_in(make_editor("lists@example.org"))
    return caller.client


def addresses(model):
    name = f"contacts_{model._meta.model_name}"
    entry = model.objects.first() or model.objects.create(code="kept", labels={"en": "Kept"})
    return [reverse(f"admin:{name}_add"), reverse(f"admin:{name}_change", args=[entry.pk])]


def faults(sent):
    if sent.response.status_code not in (200, 302):
        return [sent.response.status_code, *sent.crashes]
    if not sent.was_declined:
        return [] if sent.response.status_code == 302 else ["neither declined nor kept"]
    text = sent.response.content.decode()
    page = Page(text)
    return [
        name
        for form in sent.forms
        for name in form.errors
        if form[name].auto_id not in page.ids or f'id="{form[name].auto_id}_error"' not in text
    ]


def try_out(editor, url, asked):
    kinds = st.one_of(*KINDS.values())

    @drawn
    @given(LABELS if asked.name in {"labels", "what_for"} else st.one_of(JUNK, kinds))
    def is_answered(typed):
        assert faults(send(editor, url, VALID | dict.fromkeys(asked.boxes, typed))) == []

    is_answered()


@pytest.mark.parametrize("model", LISTS)
def test_whatever_is_typed_into_a_list_is_kept_or_named(editor, model):
    for url in addresses(model):
        sent = send(editor, url, VALID)
        assert (sent.response.status_code, sent.errors) == (302, {})
        for asked in {each.name: each for form in sent.forms for each in asked_by(form)}.values():
            try_out(editor, url, asked)


def test_no_list_is_left_out():
    named = {f"admin:contacts_{model._meta.model_name}_add" for model in LISTS}

    assert {r.name for r in routes() if r.name.startswith("admin:contacts_")} >= named
    assert {r.name for r in routes() if r.name.endswith("_add") and "contacts_" in r.name} == named


@pytest.mark.parametrize(
    "labels", ["[]", "{}", '{"ur": "a"}', '{"en": "a\\u0000b"}', '{"en": "a\\u202eb"}']
)
def test_labels_that_no_page_could_show_are_declined(editor, labels):
    sent = send(editor, reverse("admin:contacts_topic_add"), VALID | {"labels": labels})

    assert list(sent.errors) == ["labels"]
