"""Whoever finds a weakness finds whom to tell, and a list of proofs that are really there."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from config.local.store import BASE

AT = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
FILE = "/.well-known/security.txt"


@time_machine.travel(AT, tick=False)
def test_the_contact_that_the_force_has_set_is_published(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@force.example"
    settings.SITE_URL = "https://portal.force.example/"

    answer = client.get(FILE)

    assert answer["Content-Type"] == "text/plain"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:security@force.example",
        "Expires: 2027-02-01T10:00:00Z",
        "Canonical: https://portal.force.example/.well-known/security.txt",
    ]


@pytest.mark.django_db
def test_without_a_contact_there_is_no_file(client, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get(FILE).status_code == 404


def test_every_proof_named_in_the_threat_model_is_there():
    text = (BASE / "SECURITY.md").read_text()
    proofs = set(re.findall(r"`(tests/[^`]+)`", text))

    assert len(proofs) > 15
    assert {path for path in proofs if not (BASE / path).exists()} == set()
