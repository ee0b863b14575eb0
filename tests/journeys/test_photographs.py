"""A photograph from a phone without scripts, until anybody sees it and nobody does any more."""

import pytest
from django.urls import reverse

from partnerships.models import PublishedItem
from tests.factories import make_world
from tests.partnerships import photo_kit as kit
from tests.support import browser as browsers
from tests.support.pictures import from_a_phone

from .steps import press, send

pytestmark = pytest.mark.browser
PHONE_PICTURE = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg"}
TABLE = {"name": "people.csv", "mimeType": "image/jpeg", "buffer": b"name,number\r\n"}


@pytest.fixture
def world(live_portal):
    return make_world()


def answer(page, file):
    page.get_by_label("The photograph").set_input_files(file)
    page.get_by_label("What it shows").fill(kit.ALT)
    page.locator("[name=is_anybody_known][value=yes]").check()
    page.get_by_label("Who agreed to be in it?").fill(kit.AGREED)
    page.locator("[name=has_children][value=no]").check()
    send(page)


def test_a_photograph_goes_from_a_phone_to_the_public_page_and_away(world, browser_page):
    item = kit.propose(world)
    phone = browser_page(browsers.PHONE, user=world.imam, javascript=False)
    phone.goto(item.get_absolute_url())
    press(phone, "Add a photograph")
    answer(phone, TABLE)

    assert "must be a photograph" in phone.locator("#id_picture_error").inner_text()
    assert phone.get_by_label("What it shows").input_value() == kit.ALT
    browsers.clean(phone)
    answer(phone, PHONE_PICTURE | {"buffer": from_a_phone(size=(3000, 2000))})
    assert is_drawn(phone)

    desk = browser_page(browsers.DESK, user=world.sergeant)
    desk.goto(item.get_absolute_url())
    press(desk, "Approve")
    assert is_drawn(desk)
    browsers.clean(desk)
    send(desk)

    stranger = browser_page(browsers.PHONE)
    stranger.goto(reverse("partnerships:public-area", args=[world.mosque.district_id]))
    assert is_drawn(stranger)
    browsers.clean(stranger)
    desk.goto(item.get_absolute_url())
    press(desk, "Take it down")
    send(desk)
    assert kit.bytes_of(PublishedItem.objects.get(pk=item.pk).photos.get()) is None


def is_drawn(page):
    """Say whether the browser has the picture, no wider than the page."""
    picture = page.locator("img.portal-photo")
    picture.scroll_into_view_if_needed()
    width = picture.evaluate("at => at.naturalWidth && at.getBoundingClientRect().width")
    return 0 < width <= page.viewport_size["width"]
