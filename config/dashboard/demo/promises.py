"""What became of the promises."""

from datetime import datetime, time, timedelta

from config.london import at_local
from partnerships.actions.commitment_moves import (
    agree_commitment,
    claim_commitment,
    decline_commitment,
    extend_commitment,
    fail_commitment,
    keep_commitment,
    release_commitment,
    reopen_commitment,
)
from partnerships.models import Commitment, Side

from . import words
from .daytime import by_day
from .people import Home

DAY = timedelta(days=1)
FORGOTTEN_AT_MOST = timedelta(days=45)


class PromiseTeller:
    """Most are kept, some late, some not; those that are not due yet stay open."""

    def __init__(self, *, rng, now: datetime):
        self.rng, self.now = rng, now

    def tell(self, promise: Commitment, home: Home) -> None:
        rng = self.rng
        owner, beneficiary = self._people(promise, home)
        at = promise.proposed_at + DAY
        if at >= self.now:
            return
        if promise.state == Commitment.State.PROPOSED:
            if rng.random() < 0.1:
                decline_commitment(
                    commitment=promise, reason="We have nobody for this.", by=owner, at=at
                )
                return
            promise = agree_commitment(commitment=promise, by=owner, at=at)
        if rng.random() < 0.18 and at_local(promise.due_on, time(9)) - 2 * DAY < self.now:
            promise = self._extend(promise, owner)
        self._end(promise, owner, beneficiary)

    def _people(self, promise, home):
        of_police = promise.owner_side == Side.POLICE
        police, partner = home.team.sergeant, home.lead
        return (police, partner) if of_police else (partner, police)

    def _extend(self, promise, owner):
        before = at_local(promise.due_on, time(16)) - 2 * DAY
        return extend_commitment(
            commitment=promise,
            due_on=promise.due_on + timedelta(days=self.rng.choice((7, 14, 21))),
            reason=self.rng.choice(words.WHY_LATER),
            by=owner,
            at=min(max(before, promise.state_at), self.now - timedelta(hours=2)),
        )

    def _end(self, promise, owner, beneficiary):
        rng = self.rng
        late = rng.choices((-3, -1, 2, 6, 16), (35, 35, 12, 10, 8))[0]
        at = at_local(promise.due_on + late * DAY, time(15, 20))
        at = by_day(max(at, promise.state_at + timedelta(hours=2)))
        if at >= self.now:
            return
        way = rng.choices(
            ("kept", "reopened", "claimed", "could_not", "released", "forgotten"),
            (70, 8, 7, 5, 4, 6),
        )[0]
        if way == "could_not":
            fail_commitment(
                commitment=promise, explanation=rng.choice(words.WHY_NOT), by=owner, at=at
            )
        elif way == "released":
            release_commitment(
                commitment=promise, words="No longer needed, thank you.", by=beneficiary, at=at
            )
        elif way != "forgotten" or at < self.now - FORGOTTEN_AT_MOST:
            self._claim(way, promise, owner, beneficiary, at)

    def _claim(self, way, promise, owner, beneficiary, at):
        rng = self.rng
        promise = claim_commitment(
            commitment=promise, done=rng.choice(words.WHAT_WAS_DONE), by=owner, at=at
        )
        answered_at = at + timedelta(days=rng.randint(1, 5), hours=2)
        if way == "claimed" or answered_at + 3 * DAY >= self.now:
            return
        if way == "reopened":
            promise = reopen_commitment(
                commitment=promise,
                missing=rng.choice(words.STILL_MISSING),
                by=beneficiary,
                at=answered_at,
            )
            promise = claim_commitment(
                commitment=promise, done="Put right today.", by=owner, at=answered_at + DAY
            )
            answered_at += 2 * DAY
        keep_commitment(commitment=promise, by=beneficiary, at=answered_at)
