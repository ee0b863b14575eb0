"""A list that leaves out what is over says so, and how to see it."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "open_heading", "heading"),
    [
        ("partnerships:promise-list", "Open promises", "Promises"),
        ("events:request-list", "Open requests", "Requests"),
    ],
)
def test_list_says_that_it_leaves_out_what_is_over(world, client, name, open_heading, heading):
    client.force_login(world.imam)

    shown = client.get(reverse(name)).text
    whole = client.get(reverse(name), {"state": "all"}).text

    assert f">{open_heading}</h1>" in shown
    assert "are left out." in shown
    assert 'href="?state=all"' in shown
    assert f">{heading}</h1>" in whole
    assert "are left out." not in whole
