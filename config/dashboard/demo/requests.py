"""What was asked for, and how it was answered."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localdate

from config.london import at_local
from contacts.models import Institution
from events.actions.answers import (
    accept_request,
    acknowledge_request,
    counter_request,
    redirect_request,
)
from events.actions.declines import approve_decline, ask_to_decline
from events.actions.feedback import give_feedback
from events.actions.recourse import answer_recourse, use_recourse
from events.actions.requests import Slot, schedule_request, submit_request
from events.actions.visits import log_visit
from partnerships.models import Side

from . import words
from .daytime import by_day
from .people import Home
from .visits import VisitTeller

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BUSY_EVENINGS = {1, 4}  # the madrasah's, and Friday's
POLICE, INSTITUTION = Side.POLICE, Side.INSTITUTION


class RequestTeller:
    def __init__(self, *, rng, now: datetime, visits: VisitTeller):
        self.rng, self.now, self.visits = rng, now, visits

    def tell(self, home: Home, submitted_at: datetime, *, stop_at: str = "") -> None:
        """Tell one request; ``stop_at`` names the state to leave it in."""
        rng = self.rng
        request = self._submit(home, submitted_at)
        if stop_at == "submitted":
            return
        hours = rng.choices((2, 9, 26, 47, 68, 95), (20, 30, 25, 15, 7, 3))[0]
        hours = 2 if stop_at else hours
        at = by_day(submitted_at + hours * HOUR)
        if hours > 72:
            request = self._recourse(request, home, by_day(submitted_at + 74 * HOUR))
        else:
            request = acknowledge_request(
                request=request,
                words=rng.choice(words.ACKNOWLEDGED),
                side=POLICE,
                by=home.team.sergeant,
                at=at,
            )
        if stop_at == "acknowledged":
            return
        way = (
            stop_at
            or rng.choices(("closed", "countered", "redirected", "declined"), (74, 12, 7, 7))[0]
        )
        self._answer(request, home, way, by_day(at + 5 * HOUR))

    def _submit(self, home, at):
        kind, purpose, topics, why = self.rng.choice(words.REQUESTS)
        day = localdate(at)
        days = [day + timedelta(days=number) for number in range(9, 24)]
        free = [day for day in days if day.weekday() not in BUSY_EVENINGS]
        slots = [Slot(day, time(18, 30), 60) for day in self.rng.sample(free, 2)]
        return submit_request(
            partnership=home.partnership,
            side=INSTITUTION,
            slots=slots,
            by=home.lead,
            at=at,
            kind=kind,
            purposes=[purpose],
            topics=list(topics),
            why=why,
            place="The main hall",
            expected_band="21-50",
            urgency="routine",
        )

    def _recourse(self, request, home, at):
        request = use_recourse(request=request, by=home.lead, at=at)
        return answer_recourse(
            request=request,
            words="You are right, this should not have waited. Your officer will ring today.",
            by=home.team.inspector,
            at=by_day(at + 6 * HOUR),
        )

    def _answer(self, request, home, way, at):
        police = {"by": home.team.sergeant, "at": at}
        if way == "redirected":
            redirect_request(
                request=request,
                unit=self._elsewhere(home),
                warm_handover=True,
                words=self.rng.choice(words.REDIRECTED),
                **police,
            )
        elif way in {"declined", "decline_asked"}:
            request = ask_to_decline(
                request=request,
                reason="no_capacity",
                other_route="The council's course, or ask again in spring.",
                words=self.rng.choice(words.DECLINED),
                **police,
            )
            if way == "declined":
                approve_decline(request=request, by=home.team.inspector, at=by_day(at + 3 * HOUR))
        elif way in {"countered", "alternative_proposed"}:
            later = max(slot.on for slot in request.slots.all()) + timedelta(days=7)
            request = counter_request(
                request=request,
                side=POLICE,
                slots=[Slot(later, time(18, 30), 60)],
                words=self.rng.choice(words.COUNTERED),
                **police,
            )
            if way == "countered":
                request = accept_request(
                    request=request, side=INSTITUTION, by=home.lead, at=at + DAY
                )
                self._schedule(request, home, later, by_day(at + DAY + HOUR))
        else:
            request = accept_request(
                request=request, side=POLICE, attending=home.team.sergeant.contact, **police
            )
            if way != "accepted":
                day = min(slot.on for slot in request.slots.all())
                self._schedule(request, home, day, by_day(at + HOUR))

    def _elsewhere(self, home):
        units = Institution.objects.filter(kind__in=("police_unit", "police_team"))
        return units.exclude(pk=home.team.unit.pk).order_by("pk").first()

    def _schedule(self, request, home, day, at):
        visit = schedule_request(
            request=request,
            on=day,
            starts=time(18, 30),
            duration_minutes=60,
            side=POLICE,
            by=home.team.sergeant,
            at=at,
            officers=[home.team.sergeant.contact],
            invited_at_busy_time=True,
        )
        held_at = at_local(day, time(19, 45))
        if held_at >= self.now:
            return
        visit = log_visit(
            partnership=home.partnership,
            kind=visit.kind,
            purposes=visit.purposes,
            on=day,
            starts=visit.starts,
            duration_minutes=60,
            initiated_by="institution",
            side=POLICE,
            officers=[home.team.sergeant.contact],
            planned=visit,
            by=home.team.sergeant,
            at=held_at,
        )
        script = self.rng.choice(words.VISITS)
        self.visits.write_down(visit, home, script, is_recent=False)
        # In the order of days: once both have said how it was, the request is closed.
        days = sorted(self.rng.sample(range(1, 7), 2))
        sides = [(POLICE, home.team.sergeant), (INSTITUTION, home.lead)]
        self.rng.shuffle(sides)
        for number, (side, by) in zip(days, sides, strict=True):
            at = held_at + number * DAY
            if at < self.now:
                give_feedback(
                    engagement=visit,
                    as_agreed=self.rng.choices(("yes", "partly", "no"), (80, 15, 5))[0],
                    next_words=self.rng.choice(words.NEXT_WORDS),
                    side=side,
                    by=by,
                    at=at,
                )
