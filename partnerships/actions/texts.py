"""Words that both sides share: written in versions, corrected, disagreed with, withdrawn.

Whoever may call these is settled above; here it is only asked whose move it is.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from config.audit.actions import record
from contacts.models import User
from partnerships.models import (
    Correction,
    DisagreementStatement,
    Partnership,
    SharedText,
    SharedTextVersion,
    Side,
)
from partnerships.models.texts import PART_LIMIT


class TextWithdrawn(ValidationError):
    """The words have been removed; nothing more can be said about them."""


class NotYourMove(ValidationError):
    """The other side's move, or a move that the state does not allow."""


class NothingChanged(ValidationError):
    """The words are the same as before."""


@transaction.atomic
def share_text(
    *, partnership: Partnership, side: Side, parts: dict[str, str], by: User, at: datetime
) -> SharedText:
    """Write the first version of a text; ``parts`` maps a part's code to its words."""
    text = SharedText(
        partnership=partnership, institution=partnership.institution, drafted_side=side
    )
    text.full_clean()
    text.save()
    text.current_version = write_version(text=text, parts=parts, side=side, by=by, at=at).number
    return text


@transaction.atomic
def write_version(
    *, text: SharedText, parts: dict[str, str], side: Side, by: User, at: datetime
) -> SharedTextVersion:
    """Write the next version; the ones before it stay as they are.

    Raises:
        TextWithdrawn: the text was removed.
        NothingChanged: the words are those of the current version.
    """
    text = _locked(text)
    parts = _checked(parts)
    if text.current_version and parts == text.load_current().parts:
        raise NothingChanged(_("The wording is the same as before."))
    version = SharedTextVersion(
        institution=text.institution,
        text=text,
        number=text.current_version + 1,
        parts=parts,
        written_at=at,
        written_by=by.contact,
        side=side,
    )
    version.full_clean()
    version.save()
    text.current_version = version.number
    text.save(update_fields=["current_version"])
    record(
        "partnerships.text_written",
        subject=text,
        by=by,
        at=at,
        institution=text.institution,
        version=version.number,
        side=str(side),
    )
    return version


@transaction.atomic
def redraft_text(
    *, text: SharedText, parts: dict[str, str], by: User, at: datetime
) -> SharedTextVersion:
    """Write over the only version, which its drafter took back before anybody else read it.

    The caller vouches for that. Words that were read are never changed: see `write_version`.

    Raises:
        NotYourMove: there is a second version, so somebody has read the first.
    """
    text = _locked(text)
    if text.current_version != 1:
        raise NotYourMove(_("The other side has read these words; write a new version."))
    version = text.load_current()
    version.parts = _checked(parts)
    version.written_at = at
    version.written_by = by.contact
    version.full_clean()
    version.save()
    record("partnerships.text_redrafted", subject=text, by=by, at=at, institution=text.institution)
    return version


@transaction.atomic
def open_correction(
    *, text: SharedText, proposed: dict[str, str], side: Side, by: User, at: datetime
) -> Correction:
    """Ask for other words, part by part; ``proposed`` need not name the parts that may stay.

    Raises:
        NotYourMove: a side corrects its own words by a new version.
        NothingChanged: the words asked for are those that stand there.
    """
    text = _locked(text)
    if side == text.drafted_side:
        raise NotYourMove(_("Your side wrote this. Change the wording instead."))
    current = text.load_current()
    changed = {
        code: words
        for code, words in _checked(proposed).items()
        if words != current.parts.get(code, "")
    }
    if not changed:
        raise NothingChanged(_("Change the wording to what you think it should say."))
    correction = Correction(
        institution=text.institution,
        text=text,
        version_number=current.number,
        side=side,
        proposed=changed,
        opened_at=at,
        opened_by=by.contact,
    )
    correction.full_clean()
    correction.save()
    _record_correction("partnerships.correction_opened", correction, by=by, at=at)
    return correction


@transaction.atomic
def accept_correction(
    *, correction: Correction, side: Side, by: User, at: datetime
) -> SharedTextVersion:
    """Take the words asked for as the next version."""
    text = _locked(correction.text)
    _require(side == text.drafted_side)
    version = write_version(
        text=text,
        parts=text.load_current().parts | correction.proposed,
        side=side,
        by=by,
        at=at,
    )
    _move(correction, Correction.State.ACCEPTED, by=by, at=at)
    return version


@transaction.atomic
def decline_correction(
    *, correction: Correction, reason: str, side: Side, by: User, at: datetime
) -> Correction:
    """Keep the wording and say why; those who asked may still disagree."""
    text = _locked(correction.text)
    _require(side == text.drafted_side)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you keep the wording.")})
    correction.reason = reason.strip()
    return _move(correction, Correction.State.DECLINED, by=by, at=at)


@transaction.atomic
def close_correction(*, correction: Correction, side: Side, by: User, at: datetime) -> Correction:
    """Let go of a correction; only the side that asked for it can."""
    _locked(correction.text)
    _require(side == correction.side)
    return _move(correction, Correction.State.CLOSED, by=by, at=at)


@transaction.atomic
def disagree(
    *, text: SharedText, statement: str, side: Side, by: User, at: datetime
) -> DisagreementStatement:
    """Put a statement beside the text; it goes wherever the text goes.

    What that side had asked to be corrected is closed with it.
    """
    text = _locked(text)
    if side == text.drafted_side:
        raise NotYourMove(_("Your side wrote this. Change the wording instead."))
    for correction in text.corrections.unsettled().filter(side=side):
        _move(correction, Correction.State.CLOSED, by=by, at=at)
    made = DisagreementStatement(
        institution=text.institution,
        text=text,
        side=side,
        statement=statement.strip(),
        made_at=at,
        made_by=by.contact,
    )
    made.full_clean()
    made.save()
    record(
        "partnerships.text_disagreed",
        subject=text,
        by=by,
        at=at,
        institution=text.institution,
        side=str(side),
    )
    return made


@transaction.atomic
def withdraw_text(*, text: SharedText, reason: str, by: User, at: datetime) -> SharedText:
    """Remove the words, in every version and in what was said about them; leave who, when, why.

    Open corrections are closed: there is nothing left to correct.
    """
    text = _locked(text)
    for correction in text.corrections.unsettled():
        _move(correction, Correction.State.CLOSED, by=by, at=at)
    text.versions.update(parts={})
    text.corrections.update(proposed={}, reason="")
    text.disagreements.update(statement="")
    text.withdrawn_at = at
    text.withdrawn_by = by.contact
    text.withdrawal = reason
    text.full_clean()
    text.save()
    record(
        "partnerships.text_withdrawn",
        subject=text,
        by=by,
        at=at,
        institution=text.institution,
        reason=reason,
    )
    return text


def _locked(text):
    """Lock the text, so that two people cannot both take the next move. One query."""
    text = (
        SharedText.objects.select_for_update(of=["self"])
        .select_related("institution", "partnership")
        .get(pk=text.pk)
    )
    if text.is_withdrawn:
        raise TextWithdrawn(_("The words were removed, so there is nothing to change."))
    return text


def _checked(parts):
    parts = {code: words.replace("\r\n", "\n").strip() for code, words in parts.items()}
    too_long = {
        code: [_("Use %(limit)d characters or fewer.") % {"limit": PART_LIMIT}]
        for code, words in parts.items()
        if len(words) > PART_LIMIT
    }
    if too_long:
        raise ValidationError(too_long)
    return parts


def _require(is_their_move):
    if not is_their_move:
        raise NotYourMove(_("That is for the other side to do."))


def _move(correction, state, *, by, at):
    correction.refresh_from_db(fields=["state", "answered_at", "answered_by"])
    if state not in Correction.MOVES[Correction.State(correction.state)]:
        raise NotYourMove(_("Somebody has answered this already. Look at it again."))
    correction.state = state
    if correction.answered_at is None:  # who declined stays to be read after it is let go
        correction.answered_at = at
        correction.answered_by = by.contact
    correction.full_clean()
    correction.save()
    _record_correction(f"partnerships.correction_{state.value}", correction, by=by, at=at)
    return correction


def _record_correction(code, correction, *, by, at):
    record(
        code,
        subject=correction.text,
        by=by,
        at=at,
        institution=correction.institution,
        correction=correction.pk,
        side=correction.side,
    )
