"""The one form that takes a file, and who sees the bytes when."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from contacts.actions.sharing import give_permission
from partnerships.actions import published
from partnerships.models import ItemPhoto, PublishedItem
from tests.partnerships import photo_kit as kit
from tests.partnerships.photo_kit import AT
from tests.support.counting import asks
from tests.support.pictures import GPS, SVG, bomb, picture, sent

pytestmark = pytest.mark.django_db
NAMES = (
    *("..\\..\\x.exe", "../../etc/passwd", "x.jpg\x00.exe", "=cmd.csv", "con"),
    '<svg onload="alert(1)">.png',
)


@pytest.fixture
def form(client, world):
    client.force_login(world.imam)
    return lambda item, **changes: client.post(kit.form_of(item), kit.answers(**changes))


def everything():
    return list(ItemPhoto.objects.values_list("alt", "agreed_by", "has_children"))


def errors_of(response):
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def test_a_photograph_from_a_phone_is_added_without_the_place(form, world):
    item = kit.propose(world)
    response = form(item)
    photo = ItemPhoto.objects.get()
    page = Client()
    page.force_login(world.sergeant)

    assert response.status_code == 302
    assert everything() == [(kit.ALT, kit.AGREED, False)]
    assert GPS not in picture_of(photo).getexif()
    text = page.get(item.get_absolute_url()).content.decode()
    assert (kit.before(photo) in text, kit.ALT in text, kit.AGREED in text) == (True, True, True)


def picture_of(photo):
    return Image.open(BytesIO(kit.bytes_of(photo)))


@pytest.mark.parametrize(
    "content",
    [SVG, b"<html>", picture("GIF"), b"PK\x03\x04", b"a,b\r\n", bomb(), b"\xff\xd8\xff"],
    ids=["svg", "page", "gif", "workbook", "table", "bomb", "stump"],
)
def test_no_other_file_is_taken_and_the_words_come_back(form, world, content):
    response = form(kit.propose(world), picture=sent(content))

    assert list(errors_of(response)) == ["picture"]
    assert 'href="#id_picture"' in response.content.decode()
    assert f'value="{kit.ALT}"' in response.content.decode()
    assert everything() == []


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_is_kept_anywhere(form, world, name):
    item = kit.propose(world)
    file = sent()
    file._name = name
    response = form(item, picture=file)
    with_photo = Client()
    with_photo.force_login(world.imam)
    shown = with_photo.get(item.get_absolute_url()).content.decode()

    assert response.status_code == 302
    assert "x.exe" not in shown
    assert "cmd" not in shown
    assert "onload" not in shown


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"alt": ""}, "alt"),
        ({"is_anybody_known": ""}, "is_anybody_known"),
        ({"agreed_by": " "}, "agreed_by"),
        ({"has_children": ""}, "has_children"),
        ({"agreed_by": "Ring 07700 900123"}, "agreed_by"),
    ],
)
def test_each_answer_is_asked_for_and_the_file_asked_for_again(form, world, changes, field):
    errors = errors_of(form(kit.propose(world), **changes))

    assert set(errors) == {field, "picture"}
    assert "again" in errors["picture"][0]


def test_who_agreed_is_not_asked_where_nobody_can_be_recognised(form, world):
    form(kit.propose(world), is_anybody_known="no", agreed_by="typed before")

    assert everything() == [(kit.ALT, "", False)]


CHILDREN = {"has_children": "yes"}
DAY = {"permitted_on_0": "1", "permitted_on_1": "11", "permitted_on_2": "2026"}


def test_children_need_a_safeguarding_lead_that_there_is(form, world):
    errors = errors_of(form(kit.propose(world), **CHILDREN))

    assert "safeguarding lead" in errors["has_children"][0]
    assert everything() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"permitted_by": ""}, "permitted_by"),
        ({"permitted_by": "imam"}, "permitted_by"),
        ({"permitted_on_0": "", "permitted_on_1": "", "permitted_on_2": ""}, "permitted_on"),
        ({"permitted_on_2": "2199"}, "permitted_on"),
        ({"permitted_on_1": "13"}, "permitted_on"),
    ],
)
def test_the_permission_is_asked_for_beside_its_field(form, world, changes, field):
    lead = kit.safeguarding_lead(world)
    if changes.get("permitted_by"):
        changes = {"permitted_by": world.imam.contact.pk}
    given = CHILDREN | DAY | {"permitted_by": lead.pk} | changes
    errors = errors_of(form(kit.propose(world), **given))

    assert set(errors) == {field, "picture"}
    assert everything() == []


def test_with_the_leads_permission_children_are_shown_and_both_sides_read_of_it(form, world):
    item, lead = kit.propose(world), kit.safeguarding_lead(world)
    response = form(item, permitted_by=lead.pk, **CHILDREN, **DAY)
    officer = Client()
    officer.force_login(world.sergeant)

    assert response.status_code == 302
    assert (
        "permitted it on Sunday 1 November 2026"
        in officer.get(item.get_absolute_url()).content.decode()
    )


def test_a_file_that_no_form_could_take_gets_a_page_that_says_so(client, world):
    client.force_login(world.imam)
    client.raise_request_exception = False
    item = kit.propose(world)
    response = client.post(kit.form_of(item), kit.answers(sent(bytes(33 * 1024 * 1024))))

    assert response.status_code == 413
    assert "10 MB" in response.text


def test_a_file_that_is_too_large_is_declined_and_what_was_typed_comes_back(form, world):
    response = form(kit.propose(world), picture=sent(bytes(11 * 1024 * 1024)))

    assert "smaller" in errors_of(response)["picture"][0]
    assert f'value="{kit.ALT}"' in response.content.decode()


def test_two_files_at_once_are_too_many(client, world):
    client.force_login(world.imam)
    client.raise_request_exception = False
    response = client.post(
        kit.form_of(kit.propose(world)), kit.answers() | {"picture": [sent(), sent()]}
    )

    assert response.status_code == 400


# --- Approving what was seen ---------------------------------------------------------------------


def test_the_page_approves_what_it_showed_and_after_a_change_shows_it_first(client, world):
    item = kit.propose(world)
    client.force_login(world.sergeant)
    url = reverse("partnerships:item-approve", args=[item.ref])
    stale = client.get(url).context["form"].initial
    photo = kit.add(world, item)
    refused = client.post(url, stale)

    assert "have changed" in refused.content.decode()
    assert kit.before(photo) in refused.content.decode()
    assert str(photo.ref) in refused.content.decode().split('name="seen"')[1][:120]
    assert client.post(url, {"seen": str(photo.ref)}).status_code == 302
    assert PublishedItem.objects.get(pk=item.pk).is_live


# --- Who sees the bytes --------------------------------------------------------------------------


def status(url, user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(url).status_code


def test_before_it_is_approved_the_two_sides_alone_see_it(world):
    photo = kit.add(world, kit.propose(world))
    url, people = kit.before(photo), ("imam", "sergeant", "coordinator")
    others = ("other_imam", "far_imam", "far_sergeant", "umbrella_lead", "stranger")

    assert {who: status(url, getattr(world, who)) for who in people} == dict.fromkeys(people, 200)
    assert {who: status(url, getattr(world, who)) for who in others} == dict.fromkeys(others, 404)
    assert status(url) == 302
    assert {status(kit.public(photo), getattr(world, who)) for who in (*people, *others)} == {404}


def test_the_sides_photograph_is_kept_by_no_cache(client, world):
    photo = kit.add(world, kit.propose(world))
    client.force_login(world.imam)
    response = client.get(kit.before(photo))

    assert response["Cache-Control"] == "no-store"
    assert response["Content-Disposition"].startswith("attachment")
    assert response.content == kit.bytes_of(photo)


@pytest.mark.parametrize(("side", "other"), [("imam", "sergeant"), ("sergeant", "imam")])
def test_whoever_proposed_changes_the_photographs_and_nobody_else(world, side, other):
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)
    by = {"by": getattr(world, side), "side": "police" if side == "sergeant" else "institution"}
    photo = kit.add(world, kit.propose(world, **by), by=by["by"])
    urls = [kit.form_of(photo.item), reverse("partnerships:photo-remove", args=[photo.ref])]

    assert {status(url, getattr(world, side)) for url in urls} == {200}
    assert {status(url, getattr(world, other)) for url in urls} == {403}


def test_the_public_page_shows_it_with_words_for_who_cannot_see_it(world):
    photo = kit.live(world)
    page = Client().get(reverse("partnerships:public-area", args=[world.partnership.district_id]))

    assert f'src="{kit.public(photo)}"' in page.content.decode()
    assert f'alt="{kit.ALT}"' in page.content.decode()
    assert kit.AGREED not in page.content.decode()
    published.take_down_item(item=photo.item, side="police", by=world.sergeant, at=AT)
    assert status(kit.public(photo)) == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_page_asks_as_often_however_many_photographs_there_are(world, count):
    item = kit.propose(world)
    for _ in range(count):
        kit.add(world, item)
    kit.approve(world, item)
    url = reverse("partnerships:public-area", args=[world.partnership.district_id])
    Client().get(url)

    with asks(3):
        Client().get(url)
