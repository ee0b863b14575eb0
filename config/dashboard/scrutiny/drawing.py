"""Each quarter's sample: gathered with the rights of portal_audit, drawn, kept, and drawn again."""

from datetime import datetime, time
from itertools import chain

from django.db import transaction
from django.utils.timezone import localdate

from config.actor import claims
from config.audit import chains
from config.london import at_local
from config.sweeps import each_alone
from contacts.models import Institution, PolicingArea
from events import panel_facts as of_events
from partnerships import panel_facts, sampling
from partnerships.actions import panel
from partnerships.models import PanelOrigin, PanelSample
from partnerships.sampling import Candidate

from ..figures.scope import Period
from .measures import measures_of


def draw_samples(*, at: datetime) -> int:
    """Draw the last whole quarter for each force that has a panel, unless it is drawn already."""
    chains.seal()
    forces = Institution.objects.of_panels().values_list("force_id", flat=True).distinct()
    since, _until = sampling.quarter_before(localdate(at))
    done = PanelSample.objects.filter(since=since).values("force_id")
    waiting = forces.exclude(force_id__in=done).order_by("force_id")
    return each_alone(list(waiting), lambda pk: _draw(pk, at=at), sweep="dashboard.draw_samples")


@transaction.atomic
def _draw(force_id, *, at):
    force = PolicingArea.objects.select_for_update().get(pk=force_id)
    since, until = sampling.quarter_before(localdate(at))
    kept = panel.keep_sample(
        force=force,
        since=since,
        until=until,
        number=published_number(),
        candidates=gather(force_id, since=since, until=until),
        measures=measures_of(force_id, period=Period(since, until), at=at),
        at=at,
    )
    return int(kept is not None)


def published_number() -> str:
    """Return the head of the sealed trail, which leaves the portal daily: nobody may choose it."""
    begun = chains.Head("entry", 0, sampling.digest(b"entry"))  # while nothing is sealed yet
    return str(next((head for head in chains.heads() if head.chain == "entry"), begun))


def gather(force_id: int, *, since, until) -> list[Candidate]:
    """Read all that may be drawn, with no right to read a name or a word. Six queries."""
    period = {"since": at_local(since, time(0)), "until": at_local(until, time(0))}
    with claims.drawing():
        sources = (panel_facts.candidates, of_events.candidates)
        return list(chain.from_iterable(origin(force_id, **period) for origin in sources))


@transaction.atomic
def is_drawn_again(sample: PanelSample) -> bool:
    """Draw by the sample's own seed once more, and say whether the very same list comes out.

    It does not where a record that was there has gone since, or one was slipped in with an old
    date, or somebody changed the list.
    """
    candidates = gather(sample.force_id, since=sample.since, until=sample.until)
    drawn = panel.draw(candidates, seed=sample.seed)
    kept = PanelOrigin.objects.of_sample(sample)
    again = [(one.candidate.ref, one.letter) for one in drawn]
    listed = sampling.digest(sampling.list_bytes(drawn))
    return listed == sample.listed and again == [(str(ref), letter) for ref, letter in kept]
