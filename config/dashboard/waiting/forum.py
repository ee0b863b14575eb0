"""What consultations, reviews, agreed meetings and workstreams leave to do, by role."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate

from contacts.models import User
from contacts.standing import PARTNER_LEADS
from partnerships.models import (
    Commitment,
    Consultation,
    Partnership,
    PartnershipReview,
    Side,
    Workstream,
)

from .desks import Desk
from .together import Found, Part

TO_ANSWER, NEXT, REVIEWS = "consultations_to_answer", "consultations", "reviews"
ADVISE, ADVISED = "advice_to_give", "advice_to_report"
MEETINGS, LED, LATE = "meetings_overdue", "workstreams_to_lead", "workstreams_late"
OF_UNIT = {"function": "institution__unit_function", "state": "state", "day": "closes_on"}


def forum_waiting(desk: Desk) -> list[Part]:
    """Say what waits at a desk; what only a lead or a sergeant may do, for those alone."""
    here, user = Q(partnership_id__in=desk.ids), desk.user
    heads = desk.sees_whole_team if desk.is_police else user.standing.has(*PARTNER_LEADS)
    parts = [_late(here, desk.on)]
    if desk.is_police:
        parts.append(_next(user, "team"))
    else:
        parts += [_to_answer(user), _next(user, "umbrella_lead"), _to_give(user)]
    if heads:
        parts += [_reviews(desk.side, here), _led(desk.side, here)]
        parts.append(_meetings(Q(pk__in=desk.ids), desk.on))
    return parts


def forum_for_rank(user: User, *, role: str, at: datetime) -> list[Part]:
    """Say what waits for an inspector, commander or coordinator.

    What both sides do together waits for a rank in the partnerships of its own unit; a coordinator
    sees the meetings of the area.
    """
    on = localdate(at)
    if role == "coordinator":
        return [_next(user, role), _meetings(user.standing.within(frozenset({role})), on)]
    units = [h.institution_id for h in user.standing.holdings if h.access_role == role]
    here = Q(partnership__police_unit_id__in=units)
    return [
        _to_report(user, role),
        _next(user, role),
        _reviews(Side.POLICE, here),
        _led(Side.POLICE, here),
        _meetings(Q(police_unit_id__in=units), on),
    ]


# --- Consultations -------------------------------------------------------------------------------


def _to_answer(user):
    rows = Consultation.objects.to_be_answered_by(user)
    return Part(TO_ANSWER, rows, _asked, OF_UNIT | {"title": "title"}, ("closes_on",))


def _next(user, role):
    rows = Consultation.objects.waiting_on(user, role=role)
    return Part(NEXT, rows, _consultation, OF_UNIT | {"title": "title"}, ("state_at",))


def _consultation(found: Found) -> Consultation:
    return Consultation(
        ref=found.ref,
        title=found.title,
        state=found.state,
        closes_on=found.day,
        institution=found.institution,
    )


def _asked(found: Found) -> Consultation:
    row = _consultation(found)
    row.done_on = reverse("partnerships:consultation-answer", args=[found.ref])
    return row


def _to_give(user):
    rows, says = Consultation.objects.advice_to_be_given_by(user), OF_UNIT | {"at": "answer_by"}
    return Part(ADVISE, rows, _advise, says, ("answer_by",))


def _to_report(user, role):
    rows = Consultation.objects.advice_to_report(user, role=role)
    return Part(ADVISED, rows, _report, OF_UNIT | {"at": "answer_by"}, ("answer_by",))


def _advice(found, page):
    row = Consultation(
        kind=Consultation.Kind.RAPID_ADVICE,
        ref=found.ref,
        state=found.state,
        answer_by=found.at,
        institution=found.institution,
    )
    row.done_on = reverse(f"partnerships:consultation-{page}", args=[found.ref])
    return row


def _advise(found: Found) -> Consultation:
    return _advice(found, "advise")


def _report(found: Found) -> Consultation:
    row = _advice(found, "advice-report")
    row.answered_umbrella = int(row.state == Consultation.State.OPEN)  # or it would not wait
    return row


# --- What both sides do together -----------------------------------------------------------------


def _reviews(side, here):
    rows = PartnershipReview.objects.to_be_written_by(side).filter(here)
    says = {"kind": "kind", "state": "state", "at": "assess_until"}
    return Part(REVIEWS, rows, _review, says, ("assess_until",))


def _review(found: Found) -> PartnershipReview:
    row = PartnershipReview(
        ref=found.ref,
        kind=found.kind,
        state=found.state,
        assess_until=found.at,
        institution=found.institution,
    )
    row.done_on = reverse("partnerships:review-assess", args=[found.ref])
    return row


def _meetings(here, on):
    rows = Partnership.objects.with_meeting_overdue(on=on).filter(here)
    return Part(MEETINGS, rows, _meeting, {"day": "meeting_due_on"}, ("meeting_due_on",))


def _meeting(found: Found) -> Partnership:
    row = Partnership(ref=found.ref, institution=found.institution)
    row.due_on, row.done_on = found.day, reverse("events:meeting-list", args=[found.ref])
    return row


def _led(side, here):
    rows = Workstream.objects.waiting_for(side).filter(here)
    return Part(LED, rows, _to_lead, {"title": "title"}, ("proposed_at",))


def _late(here, on):
    late = Commitment.objects.overdue(on=on).in_workstream(OuterRef("pk"))
    rows = Workstream.objects.open().filter(here).filter(Exists(late))
    return Part(LATE, rows, _workstream, {"title": "title"}, ("opened_on",))


def _workstream(found: Found) -> Workstream:
    return Workstream(ref=found.ref, title=found.title, institution=found.institution)


def _to_lead(found: Found) -> Workstream:
    row = _workstream(found)
    row.done_on = reverse("partnerships:workstream-lead", args=[found.ref])
    return row
