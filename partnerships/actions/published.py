"""Words for the public page: proposed by one side, approved by the other, taken down by either."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import cancel
from contacts.models import Contact, SharingPermission, User
from partnerships.models import ItemPhoto, Partnership, PublishedItem, Side

from .notices import tell_institution, tell_police
from .review_publishing import publish_review

State = PublishedItem.State


class ItemMovedOn(ValidationError):
    """The words are not in a state from which this can happen."""


class NoPublicityWanted(ValidationError):
    """The institution has not said that it may be asked about publicity."""


class PhotosChanged(ValidationError):
    """What would be approved is not what was looked at."""


class NotYoursToApprove(ValidationError):
    """Nobody approves for the other side what their own side proposed."""


@transaction.atomic
def propose_item(
    *,
    partnership: Partnership,
    kind: str,
    title: str,
    words: str,
    is_named: bool,
    side: str,
    by: User,
    at: datetime,
) -> PublishedItem:
    """Propose words for the public page; the other side reads exactly what would stand there.

    Raises:
        ItemMovedOn: the partnership is not active.
        NoPublicityWanted: police ask, and the institution does not want to be asked.
        ValidationError: words are missing, too long, or "own words" come from police.
    """
    partnership = Partnership.objects.for_action().get(pk=partnership.pk)
    if not partnership.takes_new_work:
        raise ItemMovedOn(_("Only an active partnership can say something new in public."))
    if side == Side.POLICE and not _wants_to_be_asked(partnership, at=at):
        raise NoPublicityWanted(
            _("This mosque has not said that it may be asked about publicity. It can propose.")
        )
    item = PublishedItem(
        partnership=partnership,
        institution=partnership.institution,
        kind=kind,
        title=title.strip(),
        words=words.strip(),
        shown_name=partnership.institution.name if is_named else "",
        proposed_side=side,
        proposed_by=by.contact,
        proposed_at=at,
    )
    item.full_clean()
    item.save()
    _record("item_proposed", item, by=by, at=at)
    _tell(item.answering_side, "item_proposed", item, at=at)
    return item


@transaction.atomic
def approve_item(
    *, item: PublishedItem, side: str, by: User, at: datetime, seen: str = ""
) -> PublishedItem:
    """Put the words on the public page, as they are, from now on.

    ``seen`` names the photographs that were on the page (:func:`named`): those are approved.

    Raises:
        ItemMovedOn: they wait for nobody's approval any more, or the partnership rests.
        PhotosChanged: others are there by now.
        NotYoursToApprove: ``side`` proposed them.
    """
    item = lock_item(item)
    _require_answering(item, side)
    if seen != named(ItemPhoto.objects.of(item).there().values("ref")):
        raise PhotosChanged(
            {"seen": _("The photographs have changed meanwhile. Look at them again.")}
        )
    if not item.partnership.takes_new_work:
        raise ItemMovedOn(_("The partnership rests. Nothing new goes on the public page."))
    _answer(item, State.PUBLISHED, by=by, at=at)
    _record("item_published", item, by=by, at=at)
    if item.kind == PublishedItem.Kind.REVIEW:
        publish_review(item=item, by=by, at=at)  # which tells both sides
    else:
        _tell(item.proposed_side, "item_published", item, at=at)
    return item


@transaction.atomic
def decline_item(*, item: PublishedItem, side: str, by: User, at: datetime) -> PublishedItem:
    """Leave the words off the public page; nobody need say why.

    Raises:
        ItemMovedOn, NotYoursToApprove: see :func:`approve_item`.
    """
    item = lock_item(item)
    _require_answering(item, side)
    _answer(item, State.DECLINED, by=by, at=at)
    ItemPhoto.objects.of(item).take_away(at=at)
    _record("item_declined", item, by=by, at=at)
    _tell(item.proposed_side, "item_declined", item, at=at)
    return item


@transaction.atomic
def take_down_item(*, item: PublishedItem, side: str, by: User, at: datetime) -> PublishedItem:
    """Take the words off the public page at once, or back before the other side has answered.

    Raises:
        ItemMovedOn: they do not stand there and wait for nobody.
    """
    item = lock_item(item)
    was_live = item.is_live
    _take_down(item, side=side, by=by, at=at)
    if was_live:
        _tell(Side(side).other, "item_taken_down", item, at=at)
    return item


def take_down_all(*, partnership: Partnership, side: str, by: User, at: datetime) -> None:
    """Take down whatever stands there, because the partnership ends, which is told by itself."""
    for item in PublishedItem.objects.of(partnership).not_down().for_action().order_by("pk"):
        _take_down(item, side=side, by=by, at=at)


@transaction.atomic
def publish_agreed(
    *,
    partnership: Partnership,
    kind: str,
    title: str,
    words: str,
    approved_by: Contact,
    by: User,
    at: datetime,
) -> PublishedItem:
    """Put words of police on the public page that the other side has approved elsewhere."""
    item = PublishedItem(
        partnership=partnership,
        institution=partnership.institution,
        kind=kind,
        title=title,
        words=words,
        shown_name=partnership.institution.name,
        state=State.PUBLISHED,
        proposed_side=Side.POLICE,
        proposed_by=by.contact,
        proposed_at=at,
        answered_by=approved_by,
        answered_at=at,
    )
    item.full_clean()
    item.save()
    _record("item_published", item, by=by, at=at)
    return item


def end_by_clock(item: PublishedItem, *, at: datetime) -> None:
    """Take down what has reached its day, unless somebody was quicker; nobody is told."""
    item = lock_item(item)
    if item.can_be_taken_down:
        _take_down(item, side=Side.POLICE, by=None, at=at)


def _take_down(item, *, side, by, at):
    _move(item, State.TAKEN_DOWN)
    item.taken_down_at, item.taken_down_side = at, side
    item.taken_down_by = by.contact if by else None
    item.full_clean()
    item.save()
    ItemPhoto.objects.of(item).take_away(at=at)
    cancel(about=item, at=at)
    _record("item_taken_down", item, by=by, at=at)


def _wants_to_be_asked(partnership, *, at):
    given = SharingPermission.objects.given_by_place(partnership.institution)
    return given.of_kind("publicity").open_on(localdate(at)).exists()


def named(photos: Iterable[dict]) -> str:
    """Return what stands for exactly these photographs, none of which is ever changed."""
    return " ".join(sorted(str(photo["ref"]) for photo in photos))


def lock_item(item: PublishedItem) -> PublishedItem:
    return PublishedItem.objects.for_action().get(pk=item.pk)


def ask_anew(item: PublishedItem, *, by: User, at: datetime) -> None:
    """Take words off the public page until the other side approves them as they are by now."""
    _move(item, State.PROPOSED)
    item.answered_at = item.answered_by = None
    item.full_clean()
    item.save()
    cancel(about=item, at=at)
    _record("item_asked_anew", item, by=by, at=at)
    _tell(item.answering_side, "item_proposed", item, at=at)


def _require_answering(item, side):
    if side != item.answering_side:
        raise NotYoursToApprove(_("Your own side proposed this. The other side approves it."))


def _move(item, state):
    if state not in PublishedItem.MOVES[State(item.state)]:
        raise ItemMovedOn(_("This has moved on. Look at it again."))
    item.state = state


def _answer(item, state, *, by, at):
    _move(item, state)
    item.answered_at, item.answered_by = at, by.contact
    item.full_clean()
    item.save()


def _record(code, item, *, by, at, **details):
    record(
        f"partnerships.{code}",
        subject=item,
        by=by,
        at=at,
        institution=item.institution,
        kind=item.kind,
        **details,
    )


def _tell(side, letter, item, *, at):
    tell = tell_institution if side == Side.INSTITUTION else tell_police
    tell(letter, item.partnership, at=at, about=item)
