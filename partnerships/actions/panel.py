"""Keeping the quarter's sample for a force's scrutiny panel."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from config.audit.actions import record
from config.codes import require_codes
from contacts.models import PolicingArea
from partnerships import sampling
from partnerships.models import PanelItem, PanelOrigin, PanelSample
from partnerships.sampling import Candidate


@transaction.atomic
def keep_sample(
    *,
    force: PolicingArea,
    since: date,
    until: date,
    number: str,
    candidates: Iterable[Candidate],
    measures: Sequence[dict],
    at: datetime,
) -> PanelSample | None:
    """Draw the sample of a quarter and keep it as drawn; None where the quarter has one.

    ``candidates`` are all that may be drawn, ``measures`` plain data: codes and numbers.

    Raises:
        TypeError: a fact or a measure holds words.
    """
    if PanelSample.objects.filter(force=force, since=since).exists():
        return None
    candidates = list(candidates)
    require_codes(list(measures), name="measures")
    seed = sampling.seed_of(force=force.name, since=since, number=number)
    drawn = draw(candidates, seed=seed)
    counts = sampling.counted(candidates, drawn)
    shown = [[d.candidate.kind, d.letter, dict(d.candidate.facts)] for d in drawn]
    whole = [str(since), str(until), number, seed, counts, list(measures), shown]
    sample = PanelSample(
        force=force,
        since=since,
        until=until,
        number=number,
        seed=seed,
        drawn_at=at,
        counts=counts,
        measures=list(measures),
        listed=sampling.digest(sampling.list_bytes(drawn)),
        digest=sampling.digest(sampling.canonical(whole)),
    )
    sample.full_clean()
    sample.save()
    for position, one in enumerate(drawn, start=1):
        _keep_item(sample, position, one)
    record("partnerships.panel_sample_drawn", subject=sample, by=None, at=at, drawn=len(drawn))
    return sample


def draw(candidates: Iterable[Candidate], *, seed: str) -> list[sampling.Drawn]:
    """Draw as the settings say; again with the same seed, and it is the same list."""
    return sampling.draw(candidates, seed=seed, **settings.PANEL_SAMPLE)


def _keep_item(sample, position, one):
    require_codes(dict(one.candidate.facts), name="facts")
    item = PanelItem(
        force=sample.force,
        sample=sample,
        position=position,
        kind=one.candidate.kind,
        letter=one.letter,
        facts=dict(one.candidate.facts),
    )
    item.full_clean()
    item.save()
    origin = PanelOrigin(
        item=item, institution_id=one.candidate.institution, subject_ref=one.candidate.ref
    )
    origin.full_clean()
    origin.save()
