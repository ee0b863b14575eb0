"""Photographs beside words for the public page; each change asks the other side anew."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.web.pictures import Picture
from contacts.models import Contact, RoleHolding, User
from partnerships.models import ItemPhoto, PublishedItem

from .published import ItemMovedOn, ask_anew, lock_item

State = PublishedItem.State
SAFEGUARDING = "safeguarding_lead"


class NotTheirs(ValidationError):
    """Who is said to have permitted it does not lead on safeguarding there."""


class EnoughPhotos(ValidationError):
    """As many as may stand beside the words are there."""


@transaction.atomic
def add_photo(
    *,
    item: PublishedItem,
    picture: Picture,
    alt: str,
    agreed_by: str,
    has_children: bool,
    permitted_by: Contact | None,
    permitted_on: date | None,
    by: User,
    at: datetime,
) -> ItemPhoto:
    """Put a photograph beside the words; what was public waits for the other side again.

    Raises:
        ItemMovedOn: the words take no photographs any more, or the partnership rests.
        EnoughPhotos: there are three.
        NotTheirs: children are in it, and the safeguarding lead did not permit it.
        ValidationError: something is missing.
    """
    item = lock_item(item)
    _require_open(item)
    if not item.partnership.takes_new_work:
        raise ItemMovedOn(_("The partnership rests. Nothing new goes on the public page."))
    if ItemPhoto.objects.of(item).there().count() >= PublishedItem.MOST_PHOTOS:
        raise EnoughPhotos(_("There are three already. Remove one first."))
    if has_children:
        _require_lead(item, permitted_by, on=localdate(at))
    photo = ItemPhoto(
        item=item,
        institution=item.institution,
        content=picture.content,
        width=picture.width,
        height=picture.height,
        alt=alt.strip(),
        agreed_by=agreed_by.strip(),
        has_children=has_children,
        permitted_by=permitted_by if has_children else None,
        permitted_on=permitted_on if has_children else None,
        added_by=by.contact,
        added_at=at,
    )
    photo.full_clean()
    photo.save()
    _note_photo("photo_added", item, by=by, at=at)
    return photo


@transaction.atomic
def remove_photo(*, photo: ItemPhoto, by: User, at: datetime) -> PublishedItem:
    """Take a photograph away for good; the words wait for the other side again.

    Raises:
        ItemMovedOn: it is gone already.
    """
    item = lock_item(photo.item)
    _require_open(item)
    if not ItemPhoto.objects.of(item).filter(pk=photo.pk).take_away(at=at):
        raise ItemMovedOn(_("It was removed already."))
    _note_photo("photo_removed", item, by=by, at=at)
    return item


def safeguarding_leads(item: PublishedItem, *, on: date):
    """Build the queryset of those who alone permit photographs of children at the institution."""
    held = RoleHolding.objects.held_at(item.institution, on=on).of_type(SAFEGUARDING)
    return Contact.objects.for_list().filter(pk__in=held.values("contact")).order_by("pk")


def _require_open(item):
    if not item.takes_photos:
        raise ItemMovedOn(_("This has moved on. Look at it again."))


def _require_lead(item, contact, *, on):
    if contact is None or not safeguarding_leads(item, on=on).filter(pk=contact.pk).exists():
        raise NotTheirs({"permitted_by": _("Only the safeguarding lead can permit it.")})


def _note_photo(what, item, *, by, at):
    about = {"subject": item, "by": by, "at": at, "institution": item.institution}
    record(f"partnerships.{what}", kind=item.kind, **about)
    if item.is_live:
        ask_anew(item, by=by, at=at)
