"""The scene of tests/access, and somebody who sends forms through a shut door."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.access import conftest as access
from tests.access.client import QuickClient
from tests.access.crawl import Crawl
from tests.access.table import TABLE
from tests.support.factors import show_again

from .doors import Door
from .sending import SECRET, TOKEN, packed, send

scene = access.scene
_thousands_of_refusals_need_no_log = access._thousands_of_refusals_need_no_log


class Caller:
    """Sends as one person, with a token: the check against forged forms is on."""

    def __init__(self, scene):
        self.scene, self.client = scene, QuickClient(enforce_csrf_checks=True)
        self.client.cookies[settings.CSRF_COOKIE_NAME] = SECRET

    def sign_in(self, user):
        self.client.force_login(user)
        show_again(self.client, user)
        self.client.cookies[settings.CSRF_COOKIE_NAME] = SECRET

    def address(self, name, thing=None):
        if thing is not None:
            return reverse(name, args=[thing.ref])
        if name in TABLE and not hasattr(TABLE[name], "of"):
            return reverse(name, args=TABLE[name].args)
        return Crawl(self.scene).address(name)

    def send(self, url, body):
        """Send for good; what a door needs beforehand."""
        encoded, content_type = packed(body | {TOKEN: SECRET})
        return self.client.post(url, encoded, content_type=content_type)

    def go_to(self, name, door: Door):
        """Arrange what the door needs; return a way to send its form, and its valid answers."""
        if door.who and door.who != "signed_out":
            self.sign_in(getattr(self.scene.world, door.who))
        url = door.arrange(self.scene, self) or self.address(name)
        valid = door.body(self.scene)
        return lambda body: send(self.client, url, body), valid


@pytest.fixture
def make_caller(scene):
    return lambda: Caller(scene)


@pytest.fixture
def caller(make_caller):
    return make_caller()
