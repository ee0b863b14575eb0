"""What police in the demo ask before they decide, and what came of it. Invented."""

from datetime import timedelta

from django.utils.timezone import localdate

from config.islamic import spans_between
from partnerships.actions import consultation_answers as answers
from partnerships.actions import consultation_outcomes as outcomes
from partnerships.actions import consultations, rapid_advice

from . import consultation_words as words
from .people import Cast

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPEN_FOR = 30 * DAY


def tell_consultations(cast: Cast, *, now) -> None:
    """Tell three: one that changed something, one that did not, and one that is open.

    Beside them, advice that was asked for within hours, which is none.
    """
    teller = Teller(cast)
    teller.tell(words.PATROLS, at=_fair(now - 150 * DAY), reads=words.HEARD_ON_PATROLS)
    teller.tell(words.CAMERAS, at=_fair(now - 75 * DAY), reads=words.HEARD_ON_CAMERAS)
    teller.open(words.EVENINGS, at=now - 6 * DAY, answered_by=2)
    teller.advise(at=now - 20 * DAY)


def _fair(at):
    """Go back to a day from which all the days are theirs to give."""
    while spans_between(localdate(at), localdate(at + OPEN_FOR)):
        at -= 7 * DAY
    return at


class Teller:
    def __init__(self, cast):
        self.cast = cast
        self.team = cast.homes[0].team
        bodies = (h for h in cast.homes if h.partnership.institution.kind == "umbrella_body")
        self.umbrella = next(home for home in bodies if home.joined_at)
        self.mosques = [
            home
            for home in cast.homes
            if home.team is self.team and home.joined_at and home is not self.umbrella
        ]

    def open(self, script, *, at, answered_by):
        """Draft, co-sign and open it; so many mosques answer, and the umbrella body."""
        day = localdate(at)
        made = consultations.draft_consultation(
            unit=self.team.unit,
            co_convenor=self.umbrella.partnership.institution,
            parts=script["parts"],
            closes_on=day + OPEN_FOR,
            decides_on=day + OPEN_FOR + 10 * DAY,
            areas=(self.team.unit.area_id,),
            is_public=True,
            by=self.team.sergeant,
            at=at - 5 * DAY,
        )
        made = consultations.co_sign_consultation(
            consultation=made,
            objection=script["objection"],
            is_public=not script["objection"],
            by=self.umbrella.lead,
            at=at - 3 * DAY,
        )
        hurry = consultations.unfair_days(made, on=day)
        made = consultations.open_consultation(
            consultation=made,
            urgency=words.URGENT if hurry else "",
            by=self.team.inspector if hurry else self.cast.coordinator,
            at=at,
        )
        asked = set(made.invitees.values_list("institution", flat=True))
        mosques = [home for home in self.mosques if home.partnership.institution_id in asked]
        for number, home in enumerate([*mosques[:answered_by], self.umbrella]):
            position, text = script["answers"][number % len(script["answers"])]
            answers.answer_consultation(
                consultation=made,
                institution=home.partnership.institution,
                position=position,
                text=text,
                is_shared=number % 2 == 0,
                by=home.lead,
                at=at + (number + 1) * 4 * HOUR,
            )
        return made

    def advise(self, *, at):
        advice = rapid_advice.ask_rapid_advice(
            unit=self.team.unit,
            co_convenor=self.umbrella.partnership.institution,
            hours=4,
            by=self.team.inspector,
            at=at,
            **words.GATHERING,
        )
        rapid_advice.give_advice(
            advice=advice, text=words.ADVISED, by=self.umbrella.lead, at=at + HOUR
        )
        rapid_advice.report_on_advice(
            advice=advice, decision=words.DONE, by=self.team.inspector, at=at + DAY
        )

    def tell(self, script, *, at, reads):
        """Take it all the way: both sides read the answers, and each theme says what came of it."""
        made = self.open(script, at=at, answered_by=3)
        after = at + OPEN_FOR + DAY
        outcomes.close_consultations(at=after)
        found = list(made.responses.current())
        themes = [
            answers.name_theme(
                consultation=made,
                title=read["title"],
                heard=read["heard"],
                found_in=found[: read["in"]],
                side="police",
                by=self.team.sergeant,
                at=after,
            )
            for read in reads
        ]
        for theme, read in zip(themes, reads, strict=True):
            answers.read_theme_again(
                theme=theme,
                found_in=(),
                dissent=read["dissent"],
                side="institution",
                by=self.umbrella.lead,
                at=after + DAY,
            )
        made = outcomes.consider_consultation(
            consultation=made, by=self.team.sergeant, at=after + 2 * DAY
        )
        for theme, read in zip(themes, reads, strict=True):
            outcomes.decide_theme(
                theme=theme,
                promise_due_on=localdate(after) + 40 * DAY,
                by=self.team.inspector,
                at=after + 5 * DAY,
                **read["came"],
            )
        made = outcomes.decide_consultation(
            consultation=made,
            decision=script["decision"],
            by=self.team.inspector,
            at=after + 8 * DAY,
        )
        outcomes.report_back(consultation=made, by=self.cast.coordinator, at=after + 9 * DAY)
