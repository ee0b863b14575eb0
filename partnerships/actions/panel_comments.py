"""What a panel says, what it is answered, and the mail and the clock that follow."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from config.sweeps import each_alone
from contacts.models import User
from partnerships import panel_people as people
from partnerships.models import (
    Concern,
    PanelAnswer,
    PanelComment,
    PanelItem,
    PanelSample,
    Side,
)

MADE, LATE, ANSWERED = (
    "partnerships.panel_comment_made",
    "partnerships.panel_comment_late",
    "partnerships.panel_comment_answered",
)


class NoSuchMeasure(ValidationError):
    """The sample has no such measure, or too few stand behind it for numbers to be shown."""


class NoViewYet(ValidationError):
    """The panel gives its view on a concern before it comments on what followed."""


@transaction.atomic
def comment_on_item(
    *, item: PanelItem, words: str, asked_role: str, by: User, at: datetime
) -> PanelComment:
    """Say something about a record of the sample; a rank owes the answer."""
    return _comment(item.force_id, words, asked_role, by=by, at=at, item=item)


@transaction.atomic
def comment_on_measure(
    *, sample: PanelSample, measure: str, words: str, asked_role: str, by: User, at: datetime
) -> PanelComment:
    """Say something about a measure that the sample holds.

    Raises:
        NoSuchMeasure: see there.
    """
    if measure not in {each["code"] for each in sample.measures if each["n"] is not None}:
        raise NoSuchMeasure(_("There are no numbers to comment on."))
    found = {"sample": sample, "measure": measure}
    return _comment(sample.force_id, words, asked_role, by=by, at=at, **found)


@transaction.atomic
def comment_on_concern(
    *, concern: Concern, words: str, asked_role: str, by: User, at: datetime
) -> PanelComment:
    """Say something about what followed the panel's view on a concern.

    Raises:
        NoViewYet: see there.
    """
    if concern.panel_viewed_at is None:
        raise NoViewYet(_("Give the panel’s view first."))
    return _comment(concern.force_id, words, asked_role, by=by, at=at, concern=concern)


def _comment(force_id, words, asked_role, *, by, at, **about):
    days = settings.PORTAL_CLOCKS["panel_answer_days"]
    comment = PanelComment(
        force_id=force_id,
        words=words.strip(),
        asked_role=asked_role,
        due_on=localdate(at) + timedelta(days=days),
        made_at=at,
        made_by=by.contact,
        **about,
    )
    comment.full_clean()
    comment.save()
    record("partnerships.panel_comment_made", subject=comment, by=by, at=at, asked=asked_role)
    return comment


@transaction.atomic
def answer_panel_comment(
    *, comment: PanelComment, words: str, side: str, by: User, at: datetime, role: str = ""
) -> PanelComment:
    """Answer for a side; the answer of police stops the clock.

    Raises:
        ValidationError: nothing said, too much, or the side has answered.
    """
    comment = PanelComment.objects.for_action().get(pk=comment.pk)
    answer = PanelAnswer(
        force_id=comment.force_id,
        comment=comment,
        side=side,
        words=words.strip(),
        at=at,
        by=by.contact,
        role=role if side == Side.POLICE else "",
    )
    answer.full_clean()
    answer.save()
    if side == Side.POLICE:
        PanelComment.objects.filter(pk=comment.pk).update(answered_at=at)
        comment.answered_at = at
    record(
        "partnerships.panel_comment_answered",
        subject=comment,
        by=by,
        at=at,
        institution=comment.place,
        side=side,
    )
    return comment


# --- Sweeps: the panel may look up nobody, so the portal tells those whom its words concern ------


def watch_panel_comments(*, at: datetime) -> int:
    """Tell of new comments and answers, and once of each answer that is late."""
    done = each_alone(
        _ids(PanelComment.objects.untold()),
        lambda pk: _tell_made(pk, at=at),
        sweep="partnerships.tell_panel_comments",
    )
    done += each_alone(
        _ids(PanelAnswer.objects.untold()),
        lambda pk: _tell_answered(pk, at=at),
        sweep="partnerships.tell_panel_answers",
    )
    return done + each_alone(
        _ids(PanelComment.objects.late_on(localdate(at))),
        lambda pk: _tell_late(pk, at=at),
        sweep="partnerships.tell_late_panel_answers",
    )


def _ids(rows):
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def _tell_made(pk, *, at):
    comment = PanelComment.objects.untold().skipping_locked().filter(pk=pk).first()
    if comment is None:
        return 0
    on = localdate(at)
    _promise(MADE, comment, people.asked(comment, on=on), at=at)
    _promise(MADE, comment, people.whose_record(comment, on=on), at=at)
    PanelComment.objects.filter(pk=pk).update(told_at=at)
    return 1


@transaction.atomic
def _tell_answered(pk, *, at):
    answer = PanelAnswer.objects.untold().skipping_locked().filter(pk=pk).first()
    if answer is None:
        return 0
    comment = PanelComment.objects.for_detail().get(pk=answer.comment_id)
    readers = people.readers_of(answer, comment, on=localdate(at))
    _promise(ANSWERED, comment, readers, at=at, occurrence=answer.side)
    PanelAnswer.objects.filter(pk=pk).update(told_at=at)
    return 1


@transaction.atomic
def _tell_late(pk, *, at):
    late = PanelComment.objects.late_on(localdate(at))
    comment = late.skipping_locked().filter(pk=pk).first()
    if comment is None:
        return 0
    on = localdate(at)
    told = people.asked(comment, on=on) + people.members(comment.force_id, on=on)
    _promise(LATE, comment, told, at=at)
    PanelComment.objects.filter(pk=pk).update(late_told_at=at)
    record("partnerships.panel_comment_late", subject=comment, by=None, at=at)
    return 1


def _promise(kind, comment, recipients, *, at, occurrence="once"):
    for recipient in dict.fromkeys(recipients):
        schedule(
            kind,
            about=comment,
            recipient=recipient,
            occurrence=occurrence,
            due_at=at,
            at=at,
        )
