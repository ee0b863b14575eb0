"""What is said against the words of a row: asked for, kept, disagreed with, changed, removed.

The moves of ``texts`` for words that stand in a row of their own. The row keeps the wording that
stands; both are written here, in one transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from config.outbox.quiet import next_allowed
from contacts.mail import to_people
from contacts.models import User
from partnerships.circle import people_of_side
from partnerships.models import Correction, SharedText, SharedTextVersion, Side
from partnerships.wordings import Words

from . import texts

MOVED = "partnerships.words_moved"
Move = Correction.State


class TooLate(ValidationError):
    """The days in which it can be disagreed with are over."""


class Fixed(ValidationError):
    """Two stand behind these words; here they may not change any more."""


@transaction.atomic
def correct_words(
    *, words: Words, proposed: Mapping[str, str], side: str, by: User, at: datetime
) -> Correction:
    """Ask the side that wrote them for other words.

    Raises:
        NotYourMove: one's own side wrote them, or a correction waits already.
        NothingChanged: the words asked for are those that stand there.
    """
    text = _begun(words, by=by, at=at)
    if text.corrections.unsettled().exists():
        raise texts.NotYourMove(_("A correction is open already."))
    proposed = _within_limits(words, proposed)
    if not any((words.parts | proposed).values()):
        raise _beside_first_box(words, _("Say what it should read, or disagree with it."))
    correction = texts.open_correction(text=text, proposed=proposed, side=side, by=by, at=at)
    _tell(words, text, words.side, "asked", by=by, at=at)
    return correction


def _beside_first_box(words, sentence):
    return ValidationError({next(iter(words.parts or words.kind.columns)): sentence})


@transaction.atomic
def disagree_with_words(
    *, words: Words, statement: str, side: str, by: User, at: datetime
) -> SharedText:
    """Put a statement beside the words, at once; it goes wherever they go.

    Raises:
        TooLate: the days for it are over, and no correction of one's own was declined since.
        NotYourMove: one's own side wrote them.
    """
    text = _begun(words, by=by, at=at)
    if localdate(at) > last_day_to_disagree(_moments(words, text)):
        raise TooLate(_("The time to disagree is over. You can still ask for a correction."))
    texts.disagree(text=text, statement=statement, side=side, by=by, at=at)
    for told in Side:
        _tell(words, text, told, "disagreed", by=by, at=at)
    return text


@transaction.atomic
def accept_words(*, words: Words, side: str, by: User, at: datetime) -> SharedTextVersion:
    """Take over the words that were asked for; the wording before them stays to be read.

    Raises:
        Fixed: two stand behind the words.
        NotYourMove: nothing is asked for, or it is the other side's to answer.
    """
    text, correction = _asked(words, Move.OPEN, at=at, by=by)
    _require_changeable(words)
    version = texts.accept_correction(correction=correction, side=side, by=by, at=at)
    _put(words, version.parts)
    _tell(words, text, Side(words.side).other, "accepted", by=by, at=at)
    return version


@transaction.atomic
def decline_words(*, words: Words, reason: str, side: str, by: User, at: datetime) -> Correction:
    """Keep the wording and say why. Those who asked let go of it, or disagree."""
    text, correction = _asked(words, Move.OPEN, at=at, by=by)
    made = texts.decline_correction(correction=correction, reason=reason, side=side, by=by, at=at)
    _tell(words, text, Side(words.side).other, "declined", by=by, at=at)
    return made


@transaction.atomic
def let_go(*, words: Words, side: str, by: User, at: datetime) -> Correction:
    """Close a correction; only the side that asked for it can."""
    text, correction = _asked(words, Move.OPEN, Move.DECLINED, at=at, by=by)
    made = texts.close_correction(correction=correction, side=side, by=by, at=at)
    _tell(words, text, words.side, "closed", by=by, at=at)
    return made


@transaction.atomic
def amend_words(
    *, words: Words, parts: Mapping[str, str], side: str, by: User, at: datetime
) -> SharedTextVersion:
    """Change the words of one's own side; the wording before stays to be read.

    Raises:
        Fixed: two stand behind the words.
        NotYourMove: the other side wrote them, or waits for an answer to a correction.
        NothingChanged: the words are the same.
    """
    text = _begun(words, by=by, at=at)
    _require_changeable(words)
    if side != words.side or text.corrections.unsettled().filter(state=Move.OPEN).exists():
        raise texts.NotYourMove(_("Answer the correction that the other side asked for."))
    parts = {code: said for code, said in _within_limits(words, parts).items() if said}
    if not parts:
        raise _beside_first_box(words, _("Remove the words instead, with a reason."))
    version = texts.write_version(text=text, parts=parts, side=side, by=by, at=at)
    _put(words, version.parts)
    _tell(words, text, Side(side).other, "amended", by=by, at=at)
    return version


@transaction.atomic
def remove_words(*, words: Words, reason: str, by: User, at: datetime) -> SharedText:
    """Remove the words in the row, in every version and in what was said about them.

    That, by whom, when and why stays. Mail about them that has not left is called off.
    """
    text = _begun(words, by=by, at=at)
    cancel(about=text, at=at)
    text = texts.withdraw_text(text=text, reason=reason, by=by, at=at)
    setattr(words.row, words.kind.link, text)
    _put(words, {})
    for told in Side:
        _tell(words, text, told, "removed", by=by, at=at)
    return text


def last_day_to_disagree(moments: Iterable[datetime]) -> date:
    """Return it, given when the words were written, changed, and a correction declined."""
    return localdate(max(moments)) + timedelta(days=settings.PORTAL_CLOCKS["note_reply_days"])


def _moments(words, text):
    """Return when the wording was written, and when one's own correction of it was declined."""
    answered = text.corrections.unsettled().filter(answered_at__isnull=False)
    return [
        words.kind.at(words.row),
        text.load_current().written_at,
        *answered.values_list("answered_at", flat=True),
    ]


def _begun(words, *, by, at):
    """Return the text about the words, begun with them if there is none; both rows are locked."""
    row = words.kind.model.objects.select_for_update(of=["self"]).get(pk=words.row.pk)
    fresh = replace(words, row=row)
    for name in (*_kept_in_row(words), words.kind.link):
        setattr(words.row, name, getattr(row, name))
    if fresh.text is not None:
        return fresh.text
    if not fresh.parts:
        raise texts.TextWithdrawn(_("There are no words to speak about."))
    text = _first_version(words, by=by, at=at)
    setattr(words.row, words.kind.link, text)
    words.row.save(update_fields=[words.kind.link])
    return text


def _first_version(words, *, by, at):
    """Begin with the words as they stand, by whom and when they were written."""
    text = SharedText(
        partnership=words.partnership,
        institution=words.institution,
        drafted_side=words.side,
        current_version=1,
    )
    text.full_clean()
    text.save()
    version = SharedTextVersion(
        institution=words.institution,
        text=text,
        number=1,
        parts=words.parts,
        written_at=words.kind.at(words.row),
        written_by=words.kind.by(words.row),
        side=words.side,
    )
    version.full_clean()
    version.save()
    record("partnerships.text_begun", subject=text, by=by, at=at, institution=words.institution)
    return text


def _asked(words, *states, by, at):
    text = _begun(words, by=by, at=at)
    correction = text.corrections.unsettled().for_answer().filter(state__in=states).first()
    if correction is None:
        raise texts.NotYourMove(_("Nothing waits for an answer. Look at it again."))
    return text, correction


def _require_changeable(words):
    if words.is_fixed:
        raise Fixed(words.kind.fixed_because)


def _within_limits(words, parts):
    parts = {code: said.replace("\r\n", "\n").strip() for code, said in parts.items()}
    too_long = {
        code: [_("Use %(limit)d characters or fewer.") % {"limit": words.kind.limit(code)}]
        for code, said in parts.items()
        if len(said) > words.kind.limit(code)
    }
    if too_long:
        raise ValidationError(too_long)
    return parts


def _put(words, parts):
    """Write the wording that stands into the row, where it is kept there."""
    columns = _kept_in_row(words)
    for column in columns:
        setattr(words.row, column, parts.get(column, ""))
    if columns:
        words.row.clean()
        words.row.save(update_fields=columns)


def _kept_in_row(words):
    return [] if words.kind.is_text else list(words.columns)


def _tell(words, text, side, move, *, by, at):
    """Promise a mail to each who answers for a side, to the author on theirs, never to ``by``."""
    people = people_of_side(words.partnership, side, on=localdate(at))
    author = words.kind.by(words.row)
    if side == words.side and author is not None:
        people = [author, *people]
    home = words.partnership.police_unit if side == Side.POLICE else words.institution
    for recipient in dict.fromkeys(to_people(people) or [To.inbox(home)]):
        if recipient != To.user(by):
            schedule(
                MOVED,
                about=text,
                recipient=recipient,
                occurrence=at,
                due_at=next_allowed(at),
                at=at,
                context={"move": move, "kind": words.kind.code, "ref": str(words.row.ref)},
            )
