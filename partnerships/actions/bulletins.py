"""Drafting, checking and sending bulletins, and what becomes of them. Who may: the rules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from config.outbox.quiet import next_allowed
from config.sweeps import each_alone
from contacts.mail import to_people
from contacts.models import Contact, Institution, Language, PolicingArea, User
from partnerships import audience
from partnerships.models import Bulletin, BulletinRecipient, BulletinVersion
from partnerships.models.bulletins import FACT_PARTS, LABELS, PARTS

from .bulletin_matters import set_apart

State = Bulletin.State
SIGN_OFF, CHECKED = "partnerships.bulletin_to_sign_off", "partnerships.bulletin_checked"
PUBLISHED, UPDATED = "partnerships.bulletin_published", "partnerships.bulletin_updated"
WITHDRAWN = "partnerships.bulletin_withdrawn"
SAYS_NOTHING = _("“%(part)s” says nothing yet. If there is nothing to say, say so.")


class BulletinMovedOn(ValidationError):
    """The bulletin is not in a state from which this can happen."""


class NobodyIsMeant(ValidationError):
    """There is no institution to send it to."""


@transaction.atomic
def draft_bulletin(
    *,
    unit: Institution,
    kind: str,
    parts: Mapping[str, str],
    valid_until: date,
    questions_until: date,
    by: User,
    at: datetime,
    areas: Sequence[int] = (),
    kinds: Sequence[str] = (),
    language: Language | None = None,
) -> Bulletin:
    """Write a bulletin in the name of a police unit; nobody outside of police reads it yet.

    ``parts`` are the seven parts and ``read_out``. Of a statement of fact, which may go within the
    hour, those who sign it off are told by :func:`ask_to_sign_off`.

    Raises:
        ValidationError: no police unit, an area of another force, days gone by.
    """
    if not (unit.is_police and unit.unit_function):
        raise ValidationError(
            _("A bulletin comes from a police unit, and says what that unit is for.")
        )
    author = by.contact or Contact.objects.get(user=by)
    bulletin = Bulletin(institution=unit, kind=kind, drafted_by=author, drafted_at=at, state_at=at)
    _set_terms(bulletin, areas, kinds, language, valid_until, questions_until, on=localdate(at))
    _save(bulletin)
    version = BulletinVersion(bulletin=bulletin, institution=unit, number=1)
    _write(version, parts, by=author, at=at)
    _record("drafted", bulletin, by=by, at=at, kind=kind)
    return bulletin


@transaction.atomic
def edit_bulletin(
    *,
    bulletin: Bulletin,
    kind: str,
    parts: Mapping[str, str],
    valid_until: date,
    questions_until: date,
    by: User,
    at: datetime,
    areas: Sequence[int] = (),
    kinds: Sequence[str] = (),
    language: Language | None = None,
) -> Bulletin:
    """Write a draft anew; what was checked is a draft again, since nobody checked these words.

    Raises:
        BulletinMovedOn: it is out already.
    """
    bulletin = locked(bulletin)
    if bulletin.is_out:
        raise moved_on()
    was_checked = bulletin.state == State.CHECKED
    bulletin.kind, bulletin.checked_by, bulletin.checked_at = kind, None, None
    bulletin.apart_from = []
    _set_terms(bulletin, areas, kinds, language, valid_until, questions_until, on=localdate(at))
    if was_checked:
        _move(bulletin, State.DRAFT, at=at)
    else:
        _save(bulletin)
    author = by.contact or Contact.objects.get(user=by)
    _write(bulletin.versions.get(), parts, by=author, at=at)
    _record("edited", bulletin, by=by, at=at)
    return bulletin


@transaction.atomic
def check_bulletin(
    *, bulletin: Bulletin, by: User, at: datetime, apart_from: Iterable[int] = ()
) -> Bulletin:
    """Say that it is plain and whole: all seven parts say something. The author is told.

    ``apart_from`` are the consultations (ids) that are about another matter.

    Raises:
        BeingAsked: see there.
        BulletinMovedOn: it is no draft.
        ValidationError: a part is empty.
    """
    bulletin = locked(bulletin)
    _require_parts(bulletin, PARTS)
    set_apart(bulletin, apart_from)
    bulletin.checked_by, bulletin.checked_at = by.contact, at
    _move(bulletin, State.CHECKED, at=at)
    _record("checked", bulletin, by=by, at=at)
    who = audience.authors(bulletin, on=localdate(at))
    _tell(CHECKED, bulletin, [one for one in who if one != To.user(by)], at=at, occurrence=at)
    return bulletin


@transaction.atomic
def publish_bulletin(
    *, bulletin: Bulletin, by: User, at: datetime, apart_from: Iterable[int] = ()
) -> Bulletin:
    """Send what was checked to everybody it is for.

    ``apart_from`` are those about another matter among what was opened since the check.

    Raises:
        BeingAsked: see there.
        BulletinMovedOn: it was not checked, or is out.
        NobodyIsMeant: see there.
    """
    bulletin = locked(bulletin)
    if bulletin.state != State.CHECKED:
        raise moved_on()
    set_apart(bulletin, apart_from)
    return _publish(bulletin, by=by, at=at)


@transaction.atomic
def sign_off_bulletin(
    *, bulletin: Bulletin, by: User, at: datetime, apart_from: Iterable[int] = ()
) -> Bulletin:
    """Send a statement of fact in one step, on the word of an inspector who did not write it.

    ``apart_from`` are the consultations (ids) that are about another matter.

    Raises:
        BeingAsked: see there.
        BulletinMovedOn: it is no statement of fact, or is out.
        NobodyIsMeant: see there.
        ValidationError: it does not say what happened, what it means or what is not known.
    """
    bulletin = locked(bulletin)
    if not bulletin.is_statement or bulletin.is_out:
        raise moved_on()
    if bulletin.drafted_by_id == by.contact.pk:
        raise ValidationError(_("Somebody else than its author must sign it off."))
    _require_parts(bulletin, FACT_PARTS)
    set_apart(bulletin, apart_from)
    return _publish(bulletin, by=by, at=at)


@transaction.atomic
def update_bulletin(
    *,
    bulletin: Bulletin,
    parts: Mapping[str, str],
    by: User,
    at: datetime,
    apart_from: Iterable[int] = (),
) -> Bulletin:
    """Put new words in place of those that are out; the old ones stay to be read beside them.

    ``apart_from`` are the consultations (ids) that are about another matter than the new words.

    Raises:
        BeingAsked: see there.
        BulletinMovedOn: it is not out, or over.
        ValidationError: a part that it cannot go without is empty, or nothing is new.
    """
    bulletin = locked(bulletin)
    if State.UPDATED not in Bulletin.MOVES[bulletin.state]:
        raise moved_on()
    before = bulletin.versions.get(number=bulletin.current_version)
    bulletin.current_version += 1
    version = BulletinVersion(
        bulletin=bulletin, institution=bulletin.institution, number=bulletin.current_version
    )
    _write(version, parts, by=by.contact, at=at)
    if all(getattr(before, part) == getattr(version, part) for part in (*PARTS, "read_out")):
        raise ValidationError(_("Nothing is different. Change the words, or go back."))
    _require_parts(bulletin, FACT_PARTS if bulletin.is_statement else PARTS)
    bulletin.apart_from = []
    set_apart(bulletin, apart_from)
    _move(bulletin, State.UPDATED, at=at)
    _record("updated", bulletin, by=by, at=at, version=bulletin.current_version)
    who = audience.leads_told(bulletin, on=localdate(at))
    _tell(UPDATED, bulletin, who, at=at, occurrence=bulletin.current_version)
    return bulletin


@transaction.atomic
def withdraw_bulletin(
    *, bulletin: Bulletin, reason: str, by: User, at: datetime, removal: str = ""
) -> Bulletin:
    """Take it back, with a reason that everybody reads who was sent it.

    With ``removal`` (``Bulletin.Removal``) the words go from every version; otherwise they stay
    under the reason, for what police said stays on the record.

    Raises:
        BulletinMovedOn: it is not out, or over.
        ValidationError: there is no reason.
    """
    bulletin = locked(bulletin)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn. Everybody can read it.")})
    bulletin.withdrawal, bulletin.removal = reason.strip(), removal
    bulletin.withdrawn_by, bulletin.withdrawn_at = by.contact, at
    _move(bulletin, State.WITHDRAWN, at=at)
    if removal:
        bulletin.versions.update(**dict.fromkeys((*PARTS, "read_out"), ""))
    _record("withdrawn", bulletin, by=by, at=at, **({"removal": removal} if removal else {}))
    cancel(about=bulletin, at=at, kinds=[PUBLISHED, UPDATED])
    who = audience.leads_told(bulletin, on=localdate(at))
    _tell(WITHDRAWN, bulletin, who, at=at)
    return bulletin


def expire_bulletins(*, at: datetime) -> int:
    """End what has reached its last day; running again changes nothing. Nobody is told."""
    due = Bulletin.objects.to_expire(on=localdate(at)).order_by("pk").values_list("pk", flat=True)
    return each_alone(due, partial(_expire, at=at), sweep="partnerships.expire_bulletins")


@transaction.atomic
def _expire(number: int, *, at: datetime) -> int:
    due = Bulletin.objects.to_expire(on=localdate(at)).for_action()
    bulletin = due.select_for_update(of=["self"], skip_locked=True).filter(pk=number).first()
    if bulletin is None:
        return 0
    _move(bulletin, State.EXPIRED, at=at)
    _record("expired", bulletin, by=None, at=at)
    return 1


def ask_to_sign_off(*, at: datetime) -> int:
    """Tell inspectors and coordinators of statements of fact that wait for their word, each once.

    A task does it, for a unit that may only draft does not see who they are.
    """
    waiting = Bulletin.objects.to_sign_off().order_by("pk").values_list("pk", flat=True)
    return each_alone(waiting, partial(_ask_one, at=at), sweep="partnerships.ask_to_sign_off")


@transaction.atomic
def _ask_one(number: int, *, at: datetime) -> int:
    waiting = Bulletin.objects.to_sign_off().for_action()
    bulletin = waiting.select_for_update(of=["self"], skip_locked=True).filter(pk=number).first()
    if bulletin is None:
        return 0
    bulletin.sign_off_asked_at = at
    bulletin.save(update_fields=["sign_off_asked_at"])
    _record("sign_off_asked", bulletin, by=None, at=at)
    unit, on = bulletin.institution, localdate(at)
    who = audience.inspectors(unit, on=on) + audience.coordinators(unit, on=on)
    own = to_people([bulletin.drafted_by])
    _tell(SIGN_OFF, bulletin, [one for one in who if one not in own], at=at)
    return 1


def locked(bulletin: Bulletin) -> Bulletin:
    """Load it anew and keep others from moving it until this transaction ends."""
    return Bulletin.objects.for_action().get(pk=bulletin.pk)


def moved_on() -> BulletinMovedOn:
    return BulletinMovedOn(_("This bulletin has moved on. Look at it again."))


def _publish(bulletin, *, by, at):
    on = localdate(at)
    if bulletin.valid_until <= on:
        raise ValidationError(_("Its last day has passed. Change the day first."))
    institutions = list(audience.reached_by(bulletin).values_list("institution", flat=True))
    if not institutions:
        raise NobodyIsMeant(
            _("No institution that has joined is in its areas and of its kinds. Change them first.")
        )
    BulletinRecipient.objects.bulk_create(
        BulletinRecipient(bulletin=bulletin, institution_id=pk, sent_at=at) for pk in institutions
    )
    who = audience.leads_told(bulletin, on=on)
    bulletin.sent_to, bulletin.told = len(institutions), len(who)
    bulletin.published_by, bulletin.published_at = by.contact, at
    _move(bulletin, State.PUBLISHED, at=at)
    _record("published", bulletin, by=by, at=at, institutions=len(institutions))
    _tell(PUBLISHED, bulletin, who, at=at)
    return bulletin


def _set_terms(bulletin, areas, kinds, language, valid_until, questions_until, *, on):
    if valid_until <= on:
        raise ValidationError({"valid_until": _("The last day must not have passed.")})
    if questions_until <= on:
        raise ValidationError({"questions_until": _("The last day must not have passed.")})
    if questions_until > valid_until:
        late = _("The last day for questions must not come after the last day of the bulletin.")
        raise ValidationError({"questions_until": late})
    force = bulletin.institution.force_id
    there = PolicingArea.objects.current(on=on).filter(pk__in=areas, lineage__contains=[force])
    if there.count() != len(set(areas)):
        raise ValidationError({"areas": _("Select areas of your own force.")})
    bulletin.areas, bulletin.kinds = sorted(set(areas)), sorted(set(kinds))
    bulletin.language = language
    bulletin.valid_until, bulletin.questions_until = valid_until, questions_until


def _write(version, parts, *, by, at):
    for part in (*PARTS, "read_out"):
        setattr(version, part, parts.get(part, "").strip())
    version.written_by, version.written_at = by, at
    version.full_clean()
    version.save()


def _require_parts(bulletin, parts):
    version = bulletin.versions.get(number=bulletin.current_version)
    if empty := version.missing(parts):
        raise ValidationError({part: SAYS_NOTHING % {"part": LABELS[part]} for part in empty})


def _move(bulletin, state, *, at):
    if state not in Bulletin.MOVES[State(bulletin.state)]:
        raise moved_on()
    bulletin.state, bulletin.state_at = state, at
    _save(bulletin)


def _save(bulletin):
    bulletin.full_clean(exclude=["drafted_by"])  # whom a colleague may be unable to see
    bulletin.save()


def _record(verb, bulletin, *, by, at, **details):
    record(
        f"partnerships.bulletin_{verb}",
        subject=bulletin,
        by=by,
        at=at,
        institution=bulletin.institution,
        **details,
    )


def _tell(
    kind: str,
    bulletin: Bulletin,
    recipients: Iterable[To],
    *,
    at: datetime,
    occurrence: int | datetime = 1,
) -> None:
    for recipient in dict.fromkeys(recipients):
        schedule(
            kind,
            about=bulletin,
            recipient=recipient,
            occurrence=occurrence,
            due_at=next_allowed(at),
            at=at,
        )
