"""Words with a photograph beside them, at each stage."""

import datetime as dt

from django.urls import reverse

from config.web.pictures import written_anew
from contacts.models import RoleHolding
from partnerships.actions import photos, published
from partnerships.models import ItemPhoto, PublishedItem
from tests.factories import make_person
from tests.roles import as_owner
from tests.support.pictures import from_a_phone, sent

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ALT, AGREED = "Two people at a table with tea", "The imam and the sergeant"
ANSWERS = {
    "alt": ALT,
    "is_anybody_known": "yes",
    "agreed_by": AGREED,
    "has_children": "no",
}


def propose(world, **changes):
    given = {
        "partnership": world.partnership,
        "kind": "done",
        "title": "An open day",
        "words": "Forty neighbours came, and tea was served.",
        "is_named": True,
        "side": "institution",
        "by": world.imam,
        "at": AT,
    }
    return published.propose_item(**given | changes)


def add(world, item, **changes):
    given = {
        "picture": written_anew(from_a_phone()),
        "alt": ALT,
        "agreed_by": AGREED,
        "has_children": False,
        "permitted_by": None,
        "permitted_on": None,
        "by": world.imam,
        "at": AT,
    }
    return photos.add_photo(item=item, **given | changes)


def seen_of(item):
    return published.named(PublishedItem.objects.for_detail().get(pk=item.pk).pictures)


def approve(world, item, *, at=AT + DAY):
    return published.approve_item(
        item=item, side="police", by=world.sergeant, at=at, seen=seen_of(item)
    )


def live(world):
    """Return a photograph that anybody may see."""
    photo = add(world, propose(world))
    approve(world, photo.item)
    return photo


def safeguarding_lead(world, place=None):
    lead = make_person(place or world.mosque, "mosque_safety", role_code="safeguarding_lead")
    return lead.contact


def end_role(contact, day):
    with as_owner():
        RoleHolding.objects.filter(contact=contact).update(held_until=day)


def bytes_of(photo):
    with as_owner():
        content = ItemPhoto.objects.values_list("content", flat=True).get(pk=photo.pk)
    return None if content is None else bytes(content)


def public(photo):
    return reverse("partnerships:public-photo", args=[photo.ref])


def before(photo):
    return reverse("partnerships:photo-file", args=[photo.ref])


def form_of(item):
    return reverse("partnerships:photo-add", args=[item.ref])


def answers(picture=None, **changes):
    return ANSWERS | {"picture": picture or sent(from_a_phone())} | changes
