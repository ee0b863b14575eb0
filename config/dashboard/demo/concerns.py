"""What worried people, and how far it went: one concern of each ending, and some that wait."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from contacts.models import Topic
from partnerships.actions import concern_answers as answers
from partnerships.actions import concern_closing as closing
from partnerships.actions import concern_ladder as ladder
from partnerships.actions.commitment_moves import claim_commitment, keep_commitment
from partnerships.actions.concern_promises import promise_at_concern
from partnerships.actions.concerns import raise_concern
from partnerships.models import Commitment, Side

from .daytime import by_day
from .people import Cast, Home

DAY = timedelta(days=1)

# topic, about, worry, what would help
STOPS = (
    "stop_and_search",
    "operation",
    "Young men were stopped outside after night prayers three times this month, and nobody said "
    "why.",
    "Somebody who comes and explains, and numbers of how often it happens here.",
)
PARKING = (
    "parking",
    "service",
    "Tickets are written during Friday prayers, though the road was agreed for it.",
    "The agreement in writing, so that we can show it.",
)
HATE = (
    "hate_crime",
    "incident",
    "A window was broken and it took two days until anybody rang back.",
    "One number that is answered, and to be told what happens next.",
)
PATROLS = ("mosque_safety", "service", "Patrols stopped coming in the evenings.", "A regular time.")


class ConcernTeller:
    """Tells each of its concerns in the order of days, through the actions."""

    def __init__(self, *, cast: Cast, commander, now: datetime):
        self.cast, self.commander, self.now = cast, commander, now

    def tell_all(self, homes: list[Home]) -> None:
        first, second, third, fourth = homes[:4]
        self._to_the_panel(first, self.now - 150 * DAY)
        self._settled(second, self.now - 60 * DAY)
        self._could_not(third, self.now - 45 * DAY)
        self._complaint(fourth, self.now - 20 * DAY)
        self._challenged(second, self.now - 25 * DAY)
        self._in_hand(first, self.now - 12 * DAY)
        self._raise(third, PATROLS, self.now - 3 * DAY - DAY / 4)
        self._raise(first, PARKING, self.now - DAY)

    def _raise(self, home, script, at, **more):
        code, about, worry, would_help = script
        return raise_concern(
            partnership=home.partnership,
            parts={"worry": worry, "would_help": would_help},
            topic=Topic.objects.filter(code=code).first() or Topic.objects.earliest("position"),
            about=about,
            by=home.lead,
            at=by_day(at),
            **more,
        )

    def _acknowledged(self, home, script, at, **more):
        concern = self._raise(home, script, at, **more)
        return answers.acknowledge_concern(
            concern=concern,
            answerer=home.team.sergeant.contact,
            words="Thank you for saying this. I will look into it and ring you.",
            by=home.team.sergeant,
            at=by_day(at + DAY),
        )

    def _in_hand(self, home, at, script=HATE):
        concern = self._acknowledged(home, script, at)
        return answers.take_in_hand(
            concern=concern,
            words="I am asking the officers who were there.",
            by=home.team.sergeant,
            at=by_day(at + 2 * DAY),
        )

    def _answered(self, home, at, script, **parts):
        return answers.answer_concern(
            concern=self._in_hand(home, at, script),
            parts={
                "answer": "We looked at what happened and at what was agreed.",
                "reasons": "The officers did not know of the agreement, which is our fault.",
                **parts,
            },
            by=home.team.sergeant,
            at=by_day(at + 6 * DAY),
        )

    def _closed(self, home, at, script, *, parts, **words):
        concern = self._answered(home, at, script, **parts)
        if "will_change" in parts:
            self._promise_and_keep(concern, home, at + 7 * DAY)
        concern = answers.accept_answer(concern=concern, by=home.lead, at=by_day(at + 8 * DAY))
        concern = closing.propose_closing(
            concern=concern, parts=words, by=home.team.sergeant, at=by_day(at + 9 * DAY)
        )
        return closing.close_concern(
            concern=concern, audience="members", by=home.lead, at=by_day(at + 10 * DAY)
        )

    def _promise_and_keep(self, concern, home, at):
        """Make what will change a promise, which is kept before the concern is closed."""
        officer = home.team.sergeant
        promise_at_concern(
            concern=concern,
            text="Put the agreement for Fridays into the wardens’ briefing.",
            owner_side=Side.POLICE,
            due_on=localdate(at + 7 * DAY),
            side=Side.POLICE,
            by=officer,
            at=by_day(at),
        )
        promise = Commitment.objects.made_at_concern(concern).get()
        claim_commitment(
            commitment=promise, done="It is read out each Friday.", by=officer, at=by_day(at + DAY)
        )
        keep_commitment(commitment=promise, by=home.lead, at=by_day(at + 2 * DAY))

    def _settled(self, home, at):
        concern = self._closed(
            home,
            at,
            PARKING,
            parts={"will_change": "The agreement is in the wardens’ briefing each Friday."},
            you_said="Tickets were written during Friday prayers.",
            we_did="The agreement is now part of the briefing, and two tickets were taken back.",
        )
        closing.say_settled(
            concern=concern, is_settled=True, by=home.lead, at=by_day(at + 39 * DAY)
        )

    def _could_not(self, home, at):
        self._closed(
            home,
            at,
            PATROLS,
            parts={"cannot_change": "There are not enough officers for a patrol each evening."},
            you_said="Patrols stopped coming in the evenings.",
            we_could_not="We cannot come each evening: there are two officers for nine wards.",
        )

    def _complaint(self, home, at):
        answers.pass_to_complaints(
            concern=self._acknowledged(home, HATE, at, choice="complaint"),
            complaint_reference="CO/04417/26",
            by=self.cast.coordinator,
            at=by_day(at + 2 * DAY),
        )

    def _challenged(self, home, at):
        concern = self._answered(home, at, HATE, cannot_say="A court is looking at it.")
        answers.challenge_answer(
            concern=concern,
            why="That says nothing about why nobody rang.",
            by=home.lead,
            at=by_day(at + 8 * DAY),
        )

    def _to_the_panel(self, home, at):
        """Let one go the whole ladder, to an ending without agreement."""
        concern = self._answered(home, at, STOPS, cannot_say="An operation goes on.")
        seniors = ((home.team.inspector, 12), (self.commander, 24))
        for senior, days in seniors:
            concern = self._challenge(concern, home, at + days * DAY)
            concern = ladder.take_up(concern=concern, by=senior, at=by_day(at + (days + 1) * DAY))
            concern = answers.answer_concern(
                concern=concern,
                parts={
                    "answer": "The stops were lawful, and they could have been explained.",
                    "reasons": "Each was recorded. What was said is on the recordings.",
                    "will_change": "An officer comes after prayers once a month.",
                    "cannot_change": "We will not say beforehand where we stop people.",
                },
                by=senior,
                at=by_day(at + (days + 6) * DAY),
            )
        concern = self._challenge(concern, home, at + 36 * DAY)
        self._panel(concern, home, at + 38 * DAY)

    def _challenge(self, concern, home, at):
        return answers.challenge_answer(
            concern=concern, why="We still do not know why here.", by=home.lead, at=by_day(at)
        )

    def _panel(self, concern, home, at):
        by = {"by": self.cast.coordinator}
        concern = ladder.take_up(concern=concern, at=by_day(at), **by)
        concern = closing.record_panel_view(
            concern=concern,
            view="The stops could be justified one by one. Their number in one street was not.",
            by=self.cast.scrutineer,
            at=by_day(at + 20 * DAY),
        )
        for side, author, words in (
            ("police", self.commander, "We explain each stop and publish the numbers."),
            ("institution", home.lead, "We ask that the numbers are looked at by street."),
        ):
            closing.state_view(
                concern=concern, statement=words, side=side, by=author, at=by_day(at + 25 * DAY)
            )
        closing.close_not_agreed(concern=concern, at=by_day(at + 50 * DAY), **by)
