"""Agreements: drafted by either side, signed by two leads and an inspector, replaced, kept."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from contacts.models import User
from partnerships.models import (
    AgreedMeeting,
    Partnership,
    PartnershipAgreement,
    SharedText,
    Side,
    Signature,
)
from partnerships.models.meetings import Every

from .notices import tell_institution, tell_police
from .partnerships import (
    LEADS_NEEDED,
    PartnershipMovedOn,
    activate_partnership,
    lock_partnership,
    move_partnership,
    record_turn,
)
from .texts import disagree, share_text, withdraw_text, write_version

State = PartnershipAgreement.State
LONGEST = timedelta(days=366)
INSPECTORS_NEEDED = 1


class AgreementMovedOn(ValidationError):
    """The agreement is not a draft any more, or its words have changed meanwhile."""


class MayNotSign(ValidationError):
    """That person's name does not count under an agreement, or not yet."""


class ReviewTooLate(ValidationError):
    """An agreement is looked at again within a year."""


@transaction.atomic
def draft_agreement(
    *,
    partnership: Partnership,
    parts: dict[str, str],
    cadence_days: int | None,
    review_on: date,
    side: Side,
    by: User,
    at: datetime,
    senior_months: int | None = None,
    working_months: int | None = None,
) -> PartnershipAgreement:
    """Put an agreement before both sides; it replaces the one in force once it is signed.

    Raises:
        PartnershipMovedOn: the mosque was not met yet, or the partnership has ended.
        ReviewTooLate: the review is not within a year.
        ValidationError: there is a draft already.
    """
    partnership = lock_partnership(partnership)
    if not partnership.may_draft:
        raise PartnershipMovedOn(_("An agreement is drafted once both sides have met."))
    _require_review_within_a_year(review_on, on=localdate(at))
    parts = _with_terms(parts, cadence_days, review_on, (senior_months, working_months))
    text = share_text(partnership=partnership, side=side, parts=parts, by=by, at=at)
    agreement = PartnershipAgreement(
        partnership=partnership,
        institution=partnership.institution,
        text=text,
        number=partnership.agreements.count() + 1,
        cadence_days=cadence_days,
        senior_months=senior_months,
        working_months=working_months,
        review_on=review_on,
        drafted_at=at,
    )
    agreement.full_clean()
    agreement.save()
    if partnership.state == Partnership.State.MET:
        move_partnership(partnership, Partnership.State.AGREEMENT_DRAFTED, at=at)
    record_turn("agreement_drafted", partnership, by=by, at=at, number=agreement.number)
    _tell_both("agreement_drafted", partnership, at=at)
    return agreement


@transaction.atomic
def change_agreement(
    *,
    agreement: PartnershipAgreement,
    parts: dict[str, str],
    cadence_days: int | None,
    review_on: date,
    side: Side,
    by: User,
    at: datetime,
    senior_months: int | None = None,
    working_months: int | None = None,
) -> PartnershipAgreement:
    """Write other words into a draft, from either side. Names under the former wording lapse.

    Raises:
        AgreementMovedOn: it is no draft any more.
        ReviewTooLate: the review is not within a year.
        NothingChanged: the words are the same, and so are the days.
    """
    agreement = _locked_draft(agreement)
    _require_review_within_a_year(review_on, on=localdate(at))
    parts = _with_terms(parts, cadence_days, review_on, (senior_months, working_months))
    write_version(text=agreement.text, parts=parts, side=side, by=by, at=at)
    agreement.cadence_days, agreement.review_on = cadence_days, review_on
    agreement.senior_months, agreement.working_months = senior_months, working_months
    agreement.full_clean()
    agreement.save()
    record_turn("agreement_changed", agreement.partnership, by=by, at=at, number=agreement.number)
    _tell_both("agreement_drafted", agreement.partnership, at=at)
    return agreement


@transaction.atomic
def drop_agreement(
    *, agreement: PartnershipAgreement, by: User, at: datetime
) -> PartnershipAgreement:
    """Take a draft off the table; what was in force stays in force.

    Raises:
        AgreementMovedOn: it is no draft any more.
    """
    agreement = _locked_draft(agreement)
    _move(agreement, State.DROPPED, on=localdate(at))
    partnership = lock_partnership(agreement.partnership)
    if partnership.state == Partnership.State.AGREEMENT_DRAFTED:
        move_partnership(partnership, Partnership.State.MET, at=at)
    record_turn("agreement_dropped", partnership, by=by, at=at, number=agreement.number)
    return agreement


@transaction.atomic
def sign_agreement(
    *, agreement: PartnershipAgreement, version: int, side: Side, by: User, at: datetime
) -> Signature:
    """Put one's name under a wording; with two leads and an inspector it is in force.

    Raises:
        AgreementMovedOn: there is another wording by now, or it is no draft.
        MayNotSign: a lead has not gone through the limits page.
        NotReadyYet: it would be the last name, and a named officer or cover is missing.
    """
    agreement = _locked_draft(agreement)
    if version != agreement.text.current_version:
        raise AgreementMovedOn(_("The words have changed since you opened this page. Read them."))
    if side == Side.INSTITUTION:
        _require_limits_gone_through(agreement.partnership, by)
    signature = Signature(
        agreement=agreement,
        institution=agreement.institution,
        version_number=version,
        side=side,
        signed_by=by.contact,
        signed_at=at,
    )
    signature.full_clean()
    signature.save()
    record_turn(
        "agreement_signed", agreement.partnership, by=by, at=at, number=agreement.number, side=side
    )
    if is_signed(agreement):
        _bring_into_force(agreement, by=by, at=at)
    return signature


@transaction.atomic
def disagree_with_agreement(
    *, agreement: PartnershipAgreement, statement: str, side: Side, by: User, at: datetime
) -> PartnershipAgreement:
    """Put a statement beside the words; it goes wherever they go, whatever becomes of them.

    Raises:
        NotYourMove: that side drafted it, and changes the words instead.
        TextWithdrawn: the words were removed.
    """
    disagree(text=agreement.text, statement=statement, side=side, by=by, at=at)
    record_turn("agreement_disagreed", agreement.partnership, by=by, at=at, number=agreement.number)
    _tell_both("agreement_disagreed", agreement.partnership, at=at)
    return agreement


@transaction.atomic
def withdraw_agreement_words(
    *, agreement: PartnershipAgreement, reason: str, by: User, at: datetime
) -> PartnershipAgreement:
    """Remove the words of a draft in every version, and drop it: who, when and why stay.

    Raises:
        AgreementMovedOn: it is no draft any more; what was signed stays as it was.
    """
    agreement = drop_agreement(agreement=agreement, by=by, at=at)
    withdraw_text(text=agreement.text, reason=reason, by=by, at=at)
    return agreement


def is_signed(agreement: PartnershipAgreement) -> bool:
    """Say whether the wording that stands bears every name that it needs. One query."""
    sides = list(Signature.objects.under(agreement).values_list("side", flat=True))
    return (
        sides.count(Side.INSTITUTION) >= LEADS_NEEDED
        and sides.count(Side.POLICE) >= INSPECTORS_NEEDED
    )


def _bring_into_force(agreement, *, by, at):
    today = localdate(at)
    for former in agreement.partnership.agreements.in_force():
        _move(former, State.SUPERSEDED, on=today)
    _move(agreement, State.IN_FORCE, on=today)
    partnership = lock_partnership(agreement.partnership)
    partnership.cadence_days = agreement.cadence_days
    _agree_on_meetings(partnership, agreement, on=today)
    partnership.save(
        update_fields=["cadence_days", "senior_months", "working_months", "meetings_since"]
    )
    record_turn("agreement_in_force", partnership, by=by, at=at, number=agreement.number)
    if partnership.may_still_join:
        activate_partnership(partnership=partnership, by=by, at=at)
    else:
        _tell_both("agreement_in_force", partnership, at=at)


def _agree_on_meetings(partnership, agreement, *, on):
    """Count from today where the two sides meet more or less often from now on.

    Signed anew as it was, a meeting that is late stays so.
    """
    agreed = (agreement.senior_months, agreement.working_months)
    if agreed != (partnership.senior_months, partnership.working_months):
        partnership.senior_months, partnership.working_months = agreed
        partnership.meetings_since = on


def _locked_draft(agreement):
    """Lock the text, too, so that nobody signs what somebody is changing."""
    agreement = (
        PartnershipAgreement.objects.select_for_update(of=["self"])
        .select_related("institution", "partnership")
        .get(pk=agreement.pk)
    )
    if not agreement.is_drafted:
        raise AgreementMovedOn(_("This is no draft any more. Draft a new agreement instead."))
    agreement.text = SharedText.objects.select_for_update().get(pk=agreement.text_id)
    return agreement


def _require_limits_gone_through(partnership, by):
    if not partnership.limits_talks.filter(lead=by.contact).exists():
        raise MayNotSign(
            _("Before you sign, go through “What this portal can’t promise” with an officer.")
        )


def _with_terms(parts, cadence_days, review_on, meetings):
    """Write how often into the words, so that a name stands under it as well."""
    often = (
        _("Contact every %(days)s days.") % {"days": cadence_days}
        if cadence_days
        else _("Contact when the mosque asks.")
    )
    again = _("We look at this agreement again by %(day)s.") % {
        "day": date_format(review_on, "j F Y")
    }
    met = [
        _("%(meeting)s: %(often)s.") % {"meeting": meeting.label, "often": Every(months).label}
        for meeting, months in zip(AgreedMeeting, meetings, strict=True)
        if months
    ]
    return parts | {"terms": " ".join(map(str, (often, *met, again)))}


def _require_review_within_a_year(review_on, *, on):
    if not on < review_on <= on + LONGEST:
        raise ReviewTooLate({"review_on": _("Choose a day within the next twelve months.")})


def _move(agreement, state, *, on):
    if state not in PartnershipAgreement.MOVES[State(agreement.state)]:
        raise AgreementMovedOn(_("The agreement has moved on. Look at it again."))
    agreement.state = state
    if state == State.IN_FORCE:
        agreement.in_force_on = on
    else:
        agreement.ended_on = on
    agreement.full_clean()
    agreement.save()


def _tell_both(letter, partnership, *, at):
    tell_institution(letter, partnership, at=at)
    tell_police(letter, partnership, at=at)
