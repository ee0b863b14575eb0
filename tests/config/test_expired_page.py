"""A page that was open for too long says what to do next."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_expired_page_leads_whoever_is_signed_out_to_sign_in_and_back(world):
    page = Client(enforce_csrf_checks=True).post("/visits/log/?institution=a&b=c", {})

    assert page.status_code == 403
    address = "/accounts/login/?next=%2Fvisits%2Flog%2F%3Finstitution%3Da%26b%3Dc"
    assert f'href="{address}"' in page.content.decode()


def test_an_expired_page_asks_nobody_who_is_signed_in_to_sign_in(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.officer)

    page = client.post("/visits/log/", {}).content.decode()

    assert "This page was open for too long" in page
    assert "sign in" not in page.lower()
