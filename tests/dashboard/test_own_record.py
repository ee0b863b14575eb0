"""A mosque takes its record along: all of it, disagreements beside the words, of nobody else."""

import io
import json
import zipfile

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from config.dashboard.own_record import OURS, gather
from contacts.models import Tenant
from partnerships.actions.partnerships import leave_partnership
from tests.access.crawl import canaries
from tests.access.record import AT, make_record
from tests.access.test_one_record import SHOWN
from tests.factories import make_world
from tests.support.factors import show_again
from tests.support.scenes import made_once

pytestmark = pytest.mark.django_db
# Not in the copy: see config/dashboard/own_record.py.
SEALED = {"safety-alarm", "safety-layout", "key-holder"}  # on a page of their own
KEPT_BACK = {"unleft-told-us", "unleft-we-said", "unleft-promise"} | SEALED
PRIVATE = {
    "hidden-name",
    "hidden-phone",
    "hidden-mail",
    "lead-phone",
    "lead-mail",
    "invited-name",
    "invited-mail",
}


def make_two():
    """Make the records of two mosques."""
    world = make_world()
    near = {"sergeant": world.sergeant, "officer": world.officer}
    make_record("other", world.other_partnership, lead=world.other_imam, **near)
    return world, make_record("ours", world.partnership, lead=world.imam, **near)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with time_machine.travel(AT, tick=False), made_once(django_db_blocker, make_two) as two:
        yield two


@pytest.fixture
def world(made):
    return made[0]


@pytest.fixture
def record(made):
    return made[1]


def download(client, user, place):
    client.force_login(user)
    show_again(client, user)
    answer = client.post(reverse("record-copy", args=[place.ref]))
    if answer.status_code != 200:
        return answer.status_code, None, None
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        texts = ("record.html", "record.json")
        files = {name: archive.read(name).decode() for name in texts}
    return answer, files["record.html"], json.loads(files["record.json"])


def test_record_copy_holds_every_word_that_both_sides_share(client, world, record):
    answer, page, plain = download(client, world.imam, world.mosque)

    assert answer["Content-Disposition"].startswith('attachment; filename="masjid-an-noor-')
    words = {canary for field, (_thing, canary) in SHOWN.items() if "Institution." not in field}
    for text in (page, json.dumps(plain)):
        told = {field for _place, field in canaries(text)}
        assert words - told == SEALED


def test_record_copy_holds_the_photographs_that_its_page_names(client, world, record):
    answer, page, _plain = download(client, world.imam, world.mosque)
    photo = record["photo"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = set(archive.namelist()) - {"record.html", "record.json"}
        assert files == {f"photographs/{photo.ref}.jpg"}
        assert archive.read(*files) == bytes(photo.content)

    assert f"photographs/{photo.ref}.jpg" in page


def test_record_copy_keeps_back_what_its_leads_may_not_read_here_either(client, world, record):
    _answer, page, plain = download(client, world.imam, world.mosque)

    for text in (page, json.dumps(plain)):
        told = {field for _place, field in canaries(text)}
        assert told & (KEPT_BACK | PRIVATE) == set()


def test_record_copy_holds_nothing_of_another_mosque(client, world, record):
    _answer, page, plain = download(client, world.imam, world.mosque)

    assert {place for place, _field in canaries(page + json.dumps(plain))} == {"ours"}


def test_disagreements_and_corrections_stand_beside_the_words(client, world, record):
    _answer, _page, plain = download(client, world.imam, world.mosque)

    texts = plain["record"]["sharedtext"]
    (one,) = [text for text in texts if record.say("disagreed-told-us") in str(text["wordings"])]
    assert one["disagreements"][0]["statement"] == record.say("disagreement")
    assert any("corrections" in text for text in texts)


def test_every_table_of_an_institution_is_in_it(world, record):
    """A table with a row is told; none is left out by being new."""
    held = {
        model._meta.model_name
        for model in apps.get_models()
        if issubclass(model, Tenant)
        and model._meta.app_label in OURS
        and model.objects.filter(institution=world.mosque).exists()
    }

    told = {section.code for section in gather(world.mosque)}
    hanging = {"sharedtextversion", "correction", "disagreementstatement"}
    assert held - told == hanging | {"premisessafetydetail", "keyholder"}


def test_whoever_left_takes_the_copy_later(client, world, record):
    leave_partnership(partnership=world.partnership, by=world.imam, at=AT)
    client.force_login(world.imam)
    text = client.get(world.partnership.get_absolute_url()).content.decode()

    assert reverse("record-copy", args=[world.mosque.ref]) in text
    assert download(client, world.imam, world.mosque)[1]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("member", 403),
        ("sergeant", 403),
        ("coordinator", 403),
        ("other_imam", 404),
        ("umbrella_lead", 404),
        ("stranger", 404),
    ],
)
def test_record_copy_is_for_the_institutions_leads_alone(client, world, record, who, status):
    assert download(client, getattr(world, who), world.mosque)[0] == status


@pytest.mark.parametrize("name", ["partnership-pause", "partnership-leave"])
def test_pausing_and_leaving_offer_the_copy_in_the_same_two_clicks(client, world, name):
    client.force_login(world.imam)

    page = client.get(reverse(f"partnerships:{name}", args=[world.partnership.ref]))

    assert reverse("record-copy", args=[world.mosque.ref]) in page.content.decode()
