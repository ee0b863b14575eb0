"""What a digest says besides the work that waits: contact missed, officers, figures."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.audit import chains
from contacts.models import User
from contacts.presenters import shown_name
from partnerships.models import LeadAssignment

from ..figures.answers import response_times
from ..figures.contact import coverage, is_missed, recency
from ..figures.promises import promises_kept
from ..figures.scope import Period, Scope
from ..figures.visits import agreed_record, reciprocity
from ..waiting.desks import Desk
from .lines import SHOWN, Group, Line

WEEK = timedelta(days=7)
MONTHS = 12


def missed_contact(desk: Desk) -> list[Group]:
    """Name where the team missed a contact that was agreed, alphabetically. No query of its own."""
    missed = [p for p in desk.partnerships if is_missed(p, on=desk.on)]
    named = tuple(
        Line(
            _("Contact missed: %(name)s wants it every %(days)d days")
            % {"name": p.institution.name, "days": p.cadence_days},
            p.institution.get_absolute_url(),
        )
        for p in missed
    )
    words = ngettext(
        "Contact missed at %(n)d institution", "Contact missed at %(n)d institutions", len(missed)
    )
    summary = Line(words % {"n": len(missed)}, _figure("missed-contact"))
    return [Group(summary, named if len(named) <= SHOWN else (summary,))] if named else []


def handovers(desk: Desk) -> list[Group]:
    """Name the institutions whose officer or cover changed within a week. One query."""
    changed = LeadAssignment.objects.current().filter(
        partnership__in=desk.ids, held_from__gt=desk.on - WEEK, held_from__lte=desk.on
    )
    return [
        Group.single(
            _("%(role)s is new at %(name)s")
            % {"role": lead.get_role_display(), "name": lead.institution.name},
            lead.institution.get_absolute_url(),
        )
        for lead in changed.select_related("institution").order_by("institution__name", "pk")
    ]


def officers(desk: Desk) -> list[Line]:
    """Name the officer and the cover of each partnership, as loaded with the desk."""
    return [
        Line(
            f"{lead.get_role_display()}: {shown_name(lead.officer, unit=True)}",
            partnership.institution.get_absolute_url(),
        )
        for partnership in desk.partnerships
        for lead in partnership.current_leads
    ]


def ways_to_pause(desk: Desk) -> list[Line]:
    return [
        Line(
            _("You can pause the partnership with %(unit)s at any time")
            % {"unit": partnership.police_unit.name},
            partnership.get_absolute_url(),
        )
        for partnership in desk.partnerships
        if partnership.has_joined
    ]


def seals() -> list[Line]:
    """Say where each sealed log stands, for whoever keeps the digest to compare. One query."""
    return [
        Line(_("Seal of the audit trail: %(head)s") % {"head": head}, reverse("home"))
        for head in chains.heads()
    ]


def figures(user: User, *, at: datetime) -> list[Group]:
    """Say the area's figures of twelve months; nothing where nobody has joined. Eight queries."""
    scope, on = Scope.of(user), localdate(at)
    period = Period.months(MONTHS, on=on)
    covered = coverage(scope=scope, period=period)
    if not covered.n:
        return []
    quiet = recency(scope=scope, on=on)
    kept = promises_kept(scope=scope, period=period, on=on).police
    times = response_times(scope=scope, period=period, at=at)
    lines = [
        _promises_line(kept),
        Group.single(
            _("%(part)d of %(n)d that joined confirmed a visit; contact missed at %(missed)d")
            % {"part": covered.confirmed, "n": covered.n, "missed": len(quiet.quiet)},
            _figure("coverage"),
        ),
        _times_line(times),
        _visits_line(reciprocity(scope=scope, period=period)),
        _notes_line(agreed_record(scope=scope, period=period, on=on)),
        _joining_line(covered.paused, scope, on),
    ]
    return [line for line in lines if line]


def _promises_line(kept):
    if not kept.n:
        return None
    words = _("Promises kept by police: %(percent)d%% of %(n)d that fell due")
    return Group.single(words % {"percent": kept.percent, "n": kept.n}, _figure("promises"))


def _times_line(times):
    if times.median_hours is None:
        return None
    words = _("Median %(hours).0f hours to answer %(n)d requests; a senior asked in: %(recourse)d")
    facts = {
        "hours": times.median_hours,
        "n": times.acknowledged,
        "recourse": times.recourse_used,
    }
    return Group.single(words % facts, _figure("response-times"))


def _visits_line(visits):
    if not visits.n:
        return None
    words = _("Police asked for %(part)d of %(n)d visits held")
    return Group.single(words % {"part": visits.police, "n": visits.n}, _figure("reciprocity"))


def _notes_line(notes):
    if not (notes.correction_open or notes.disagreed):
        return None
    words = _("Notes: corrections open %(open)d, disagreements %(disagreed)d")
    facts = {"open": notes.correction_open, "disagreed": notes.disagreed}
    return Group.single(words % facts, _figure("agreed-record"))


def _joining_line(paused, scope, on):
    joined = [m for m in scope.members if m.joined_on and on - WEEK < m.joined_on <= on]
    if not (paused or joined):
        return None
    words = _("Joined within a week: %(joined)d. Paused: %(paused)d")
    return Group.single(words % {"joined": len(joined), "paused": paused}, _figure("coverage"))


def _figure(code):
    return f"{reverse('dashboard')}#{code}"
