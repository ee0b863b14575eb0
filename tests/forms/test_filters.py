"""Lists and figures that are narrowed in the address: an answer that is none changes nothing."""

from unittest import mock

import pytest
from django.forms.forms import BaseForm
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.access.table import PAGES, ROLES

from .fields import asked_by
from .hostile import JUNK, KINDS
from .reach import FILTERS, filter_classes
from .sending import Page, arrived, send

pytestmark = pytest.mark.django_db

READ = {name: row for name, row in PAGES.items() if "GET" in row.methods and row.may}
TYPED = st.one_of(JUNK, *KINDS.values())
drawn = settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def forms_of(caller, name):
    """Return the forms that a page makes of its address, by the names that they know."""
    made, plain = [], BaseForm.__init__

    def init(form, *args, **kwargs):
        plain(form, *args, **kwargs)
        made.append(form)

    with mock.patch.object(BaseForm, "__init__", init):
        caller.client.get(caller.address(name))
    return [form for form in made if type(form).__name__ in FILTERS]


def who_opens(name):
    return next(role for role in ROLES if READ[name].verdict(role) == 200)


def try_out(client, url, asked):
    @drawn
    @given(TYPED)
    def opens(typed):
        sent = send(client, url, dict.fromkeys(asked.boxes, typed), verb="get")

        assert (sent.response.status_code, sent.crashes) == (200, [])
        if asked.shape == "text":
            page = Page(sent.response.content.decode())
            assert page.values[asked.name] == arrived(typed)

    opens()


@pytest.mark.parametrize("name", READ)
def test_page_opens_whatever_stands_in_its_address(scene, caller, name):
    caller.sign_in(getattr(scene.world, who_opens(name)))
    for form in forms_of(caller, name):
        for asked in asked_by(form):
            try_out(caller.client, caller.address(name), asked)


def test_every_filter_is_tried(scene, make_caller):
    tried = set()
    for name in READ:
        caller = make_caller()
        caller.sign_in(getattr(scene.world, who_opens(name)))
        tried |= {type(form).__name__ for form in forms_of(caller, name)}

    assert tried == FILTERS.keys()
    assert {kind.__name__ for kind in filter_classes()} == FILTERS.keys()


@pytest.mark.parametrize("query", ["after=%00", "after=%ff", "after=W1siYSJd", "institution=%00"])
@pytest.mark.parametrize("name", ["events:visit-list", "events:request-list", "home"])
def test_no_address_crashes_a_list(scene, name, query):
    response = scene.clients["sergeant"].get(f"{reverse(name)}?{query}")

    assert response.status_code in {200, 404}
