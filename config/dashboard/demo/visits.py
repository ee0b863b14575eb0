"""What was held, written down and answered in the demo's district."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.timezone import localdate

from config.london import at_local
from events.actions.note_answers import (
    accept_note_correction,
    ask_correction,
    close_note_correction,
    confirm_note,
    decline_note_correction,
    disagree_with_note,
    record_answer,
)
from events.actions.note_leaving import release_notes
from events.actions.notes import Promise, finish_visit
from events.actions.plans import plan_visit
from events.actions.visits import log_visit
from events.models import Engagement, SharedNote
from partnerships.models import Commitment, Side

from . import cast, words
from .daytime import by_day
from .people import Home

MINUTES = timedelta(minutes=1)


@dataclass
class Outing:
    """One visit of the plan, before it is told through the actions."""

    home: Home
    on: datetime
    is_planned: bool
    by_institution: bool
    script: tuple


class VisitTeller:
    def __init__(self, *, rng, now: datetime):
        self.rng, self.now = rng, now

    def tell(self, outing: Outing, *, last: bool) -> None:
        """Tell one visit from its plan to the answer; ``last`` leaves the newest ones open."""
        visit = self._hold(outing)
        if last and self.rng.random() < 0.2:
            return  # step 2 still waits on somebody's home page
        self.write_down(visit, outing.home, outing.script, is_recent=last)

    def plan_ahead(self, home: Home, when: datetime, script: tuple) -> None:
        kind, purpose, topics, *_ = script
        plan_visit(
            partnership=home.partnership,
            kind=kind,
            purposes=[purpose],
            topics=topics,
            on=localdate(when),
            starts=time(11),
            duration_minutes=60,
            initiated_by="joint",
            side=Side.POLICE,
            officers=[home.team.sergeant.contact],
            invited_at_busy_time=True,
            by=home.team.sergeant,
            at=self.now - timedelta(days=3),
        )

    def tell_of_late(self, home: Home, when: datetime, script: tuple, *, way: str) -> None:
        """Tell a visit of these days; ``way`` is the answer, empty when step 2 still waits."""
        visit = self._hold(Outing(home, when, False, False, script))
        if way:
            self.write_down(visit, home, script, is_recent=True, way=way)

    def write_down(
        self, visit: Engagement, home: Home, script: tuple, *, is_recent: bool, way: str = ""
    ) -> None:
        """Finish and share the note of a held visit, and let the other side answer."""
        written_at = by_day(visit.held_recorded_at + timedelta(hours=self.rng.choice((1, 3, 20))))
        if written_at + 20 * MINUTES >= self.now:
            return
        side = visit.logged_side
        note = self._write(visit, script, side, at=written_at)
        release_notes(at=written_at + 16 * MINUTES)
        self._answer(note, home, side, written_at, is_recent=is_recent, way=way)

    def _hold(self, outing):
        rng, home = self.rng, outing.home
        kind, purpose, topics, *_ = outing.script
        side = Side.INSTITUTION if outing.by_institution else Side.POLICE
        officer = rng.choice([home.team.sergeant, *home.team.officers])
        if outing.on > self.now - timedelta(days=6):
            officer = home.team.sergeant
        by = home.lead if outing.by_institution else officer
        officers = [officer.contact]
        if rng.random() < 0.4:
            officers.append(home.team.officers[-1].contact)
        officers = list({person.pk: person for person in officers}.values())
        starts = time(rng.choice((10, 11, 15, 18, 19)), rng.choice((0, 30)))
        day = localdate(outing.on)
        length = rng.choice((30, 45, 60))
        common = {
            "partnership": home.partnership,
            "kind": kind,
            "purposes": [purpose],
            "on": day,
            "starts": starts,
            "duration_minutes": length,
            "initiated_by": rng.choices(
                ("police", "institution", "joint", "umbrella"), (5, 3, 2, 1)
            )[0],
            "side": side,
            "officers": officers,
        }
        planned = None
        if outing.is_planned:
            planned = plan_visit(
                **common,
                topics=topics,
                invited_at_busy_time=True,
                by=by,
                at=at_local(day - timedelta(days=rng.randint(5, 20)), time(11)),
            )
        logged_at = at_local(day, starts) + (length + 10) * MINUTES
        return log_visit(
            **common,
            planned=planned,
            unannounced="" if planned else rng.choice(("passing", "invited_on_the_day")),
            in_uniform=rng.random() < 0.8,
            by=by,
            at=min(logged_at, self.now - MINUTES),
        )

    def _write(self, visit, script, side, *, at):
        _, _, topics, told, said = script
        promises = self._promises(at)
        return finish_visit(
            engagement=visit,
            side=side,
            parts={"told_us": told, "we_said": said},
            promises=promises,
            nothing_promised=not promises,
            facts={
                "topics": list(topics),
                "roles_met": ["imam", "chair"],
                "children_present": False,
                "hospitality": self.rng.choice(("none", "light", "light")),
            },
            by=visit.logged_by.user,
            at=at,
        )

    def _promises(self, at):
        rng, day = self.rng, localdate(at)
        made = []
        for _ in range(rng.choices((0, 1, 2), (4, 4, 2))[0]):
            of_police = rng.random() < 0.7
            texts = words.POLICE_PROMISES if of_police else words.INSTITUTION_PROMISES
            side = Side.POLICE if of_police else Side.INSTITUTION
            text = rng.choice([t for t in texts if t not in {p.text for p in made}])
            due_on = day + timedelta(days=rng.choice((7, 14, 21, 30, 45)))
            made.append(Promise(text, str(side), due_on))
        return made

    def _answer(self, note, home, side, written_at, *, is_recent, way):
        rng = self.rng
        way = way or cast.WAYS.get(home.name, "")
        days = 0 if is_recent and way else rng.randint(1, 9)
        at = by_day(written_at + timedelta(days=days, hours=rng.randint(1, 6)))
        if at >= self.now:
            return
        note = SharedNote.objects.get(pk=note.pk)
        drafter = note.drafted_by.user
        other, answerer = Side(side).other, rng.choice(home.people)
        if side == Side.INSTITUTION:
            answerer = home.team.sergeant
        given = {"note": note, "side": other, "by": answerer, "at": at}
        way = (
            way
            or rng.choices(
                ("confirm", "phone", "correct", "decline", "disagree", "silence"),
                (60, 9, 9, 4, 4, 14),
            )[0]
        )
        if way == "confirm":
            confirm_note(**given)
        elif way == "phone" and side == Side.POLICE:
            record_answer(
                note=note, channel="phone", who=answerer.contact, side=side, by=drafter, at=at
            )
        elif way in {"correct", "decline"}:
            self._correct(way, given, drafter, side, is_recent=is_recent)
        elif way == "disagree":
            disagree_with_note(statement=rng.choice(words.DISAGREEMENTS), **given)

    def _correct(self, way, given, drafter, side, *, is_recent):
        rng, later = self.rng, given["at"] + timedelta(days=1)
        ask_correction(proposed={"told_us": rng.choice(words.CORRECTIONS)}, **given)
        if is_recent or later + timedelta(days=2) >= self.now:
            return  # stays open
        note = SharedNote.objects.get(pk=given["note"].pk)
        answer = {"note": note, "side": side, "by": drafter, "at": later}
        if way == "correct":
            accept_note_correction(**answer)
            confirm_note(**given | {"at": later + timedelta(days=1)})
        else:
            decline_note_correction(
                reason="Two of us were there and both remember it as written.", **answer
            )
            close_note_correction(**given | {"at": later + timedelta(days=1)})


def promises_so_far() -> list[Commitment]:
    """Return those of which nobody has told yet how they ended, the oldest first."""
    return list(
        Commitment.objects.open()
        .select_related("partnership__institution__area", "owner__user", "proposed_by__user")
        .order_by("proposed_at", "pk")
    )
