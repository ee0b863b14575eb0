"""The lines of a digest: kind, institution, date and link; never anything that somebody typed."""

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.web.templatetags.ui import clock, day, in_days, moment

from ..panels import words_of
from ..waiting.people import Work

SHOWN = 3
LIMIT = 12


class Line(NamedTuple):
    text: str
    path: str


@dataclass(frozen=True)
class Group:
    """What one section says: in one line, or in ``details`` where there is room for them."""

    summary: Line
    details: tuple[Line, ...]

    @classmethod
    def single(cls, text: str, path: str) -> "Group":
        return cls(Line(text, path), (Line(text, path),))


def fit(groups: list[Group], *, limit: int = LIMIT) -> list[Line]:
    """Return at most ``limit`` lines: details wherever every later group keeps its one line."""
    lines: list[Line] = []
    for number, group in enumerate(groups):
        room = limit - len(lines) - (len(groups) - number - 1)
        lines += group.details if len(group.details) <= room else [group.summary]
    return lines[:limit]


def groups_of(work: Work) -> list[Group]:
    """Return a group for each section of somebody's work that holds anything."""
    return [_group(section, work) for section in work.sections if section]


def _group(section, work):
    words = words_of(section.code, work.role)
    write = _WRITERS[words.noun]
    shown = section.rows[:SHOWN]
    details = [
        Line(write(section.code, row, work.role == "partner"), _path(section.code, row))
        for row in shown
    ]
    if left := section.total - len(shown):
        details.append(
            Line(
                _("%(heading)s: %(n)d more") % {"heading": words.heading, "n": left}, words.list_url
            )
        )
    summary = details[0]
    if section.total > 1:
        summary = Line(f"{words.heading}: {section.total}", words.list_url)
    return Group(summary, tuple(details))


def _path(code, row):
    if code == "finish":
        return reverse("events:visit-finish", args=[row.ref])
    if where := getattr(row, "done_on", ""):
        return where
    return row.get_absolute_url()


NOTES = {
    "was_it_held": gettext_lazy("Was it held? %(what)s"),
    "not_recorded": gettext_lazy("Nobody said whether it was held: %(what)s"),
    "finish": gettext_lazy("Finish and share the note: %(what)s"),
    "to_read": gettext_lazy("A note to read: %(what)s"),
    "corrections": gettext_lazy("A correction is asked for: %(what)s"),
    "kept_wording": gettext_lazy("They kept their wording: %(what)s"),
    "notes_late": gettext_lazy("No note in time: %(what)s"),
    "visits": gettext_lazy("Coming: %(what)s"),
}
PROMISES = {
    "to_agree": gettext_lazy("A promise is asked of you, for %(who)s: due %(due)s"),
    "to_confirm": gettext_lazy("%(who)s: said to be done, was it? Due %(due)s"),
    "we_owe": gettext_lazy("You promised %(who)s: due %(due)s (%(away)s)"),
    "to_hand_over": gettext_lazy("To hand over, promised to %(who)s: due %(due)s (%(away)s)"),
    "owed_to_us": gettext_lazy("%(who)s promised you: due %(due)s (%(away)s)"),
    "promises_escalated": gettext_lazy("Late promise to %(who)s: due %(due)s (%(away)s)"),
    "promises_late": gettext_lazy("Late promise to %(who)s: due %(due)s (%(away)s)"),
}


def _visit(code, row, is_partner):
    parts = [str(row.get_kind_display())]
    parts += [] if is_partner else [row.institution.name]
    parts += [day(row.on), clock(row.starts)] if code == "visits" else [day(row.on)]
    return NOTES[code] % {"what": ", ".join(parts)}


def _request(code, row, is_partner):
    what = row.reference if is_partner else f"{row.reference}, {row.institution.name}"
    facts = {
        "what": what,
        "state": row.get_state_display(),
        "by": day(row.due_day) or moment(row.due_at),
    }
    if row.is_late:
        return _("Request %(what)s: late, it was due by %(by)s") % facts
    if code == "to_acknowledge" and row.due_at:
        left = ngettext("%(n)d hour left", "%(n)d hours left", row.hours_left)
        facts["left"] = left % {"n": row.hours_left}
        return _("Request %(what)s: answer by %(by)s (%(left)s)") % facts
    return _("Request %(what)s: %(state)s") % facts


def _promise(code, row, is_partner):
    who = row.partnership.police_unit.name if is_partner else row.institution.name
    return PROMISES[code] % {"who": who, "due": day(row.due_on), "away": in_days(row.due_on)}


def _concern(code, row, is_partner):
    what = row.reference if is_partner else f"{row.reference}, {row.institution.name}"
    if code == "concerns_settled":
        return _("Concern %(what)s: is it still settled?") % {"what": what}
    facts = {"what": what, "state": row.get_state_display(), "by": _concern_due(row)}
    if row.is_late:
        return _("Concern %(what)s: late, an answer was due by %(by)s") % facts
    return _("Concern %(what)s: %(state)s") % facts


def _concern_due(row):
    return moment(row.due_at) if row.state == "raised" else day(row.due_on)


def _item(_code, row, is_partner):
    facts = {"kind": row.get_kind_display(), "who": row.institution.name}
    if is_partner:
        return _("Words for the public page to approve: %(kind)s") % facts
    return _("Words for the public page to approve, %(who)s: %(kind)s") % facts


def _partnership(_code, row, _is_partner):
    facts = {"name": row.institution.name, "next_step": row.next_step}
    return _("%(name)s is joining: %(next_step)s") % facts


BULLETINS = {
    "bulletins_to_check": gettext_lazy("To check: %(what)s"),
    "bulletins_to_send": gettext_lazy("Checked, to be sent: %(what)s"),
    "bulletins_to_sign": gettext_lazy("To sign off: %(what)s"),
    "bulletins": gettext_lazy("Sent to you: %(what)s"),
}


def _bulletin(code, row, _is_partner):
    on = row.published_at or row.drafted_at
    unit = f"{row.unit.name} ({row.unit.get_unit_function_display()})"
    parts = [str(row.get_kind_display()), unit, day(on)]
    return BULLETINS[code] % {"what": ", ".join(parts)}


def _question(_code, row, _is_partner):
    facts = {"unit": row.institution.name, "by": moment(row.due_at)}
    if row.is_late:
        return _("A question to %(unit)s about a bulletin: late, due by %(by)s") % facts
    return _("A question to %(unit)s about a bulletin: answer by %(by)s") % facts


def _consultation(code, row, _is_partner):
    facts = {"unit": row.institution.name, "state": row.get_state_display()}
    if code == "consultations_to_answer":
        facts |= {"by": day(row.closes_on), "away": in_days(row.closes_on)}
        return _("%(unit)s asks you in a consultation: answer by %(by)s (%(away)s)") % facts
    return _("A consultation of %(unit)s: %(state)s") % facts


def _advice(code, row, _is_partner):
    facts = {"unit": row.institution.name, "by": moment(row.answer_by)}
    if code == "advice_to_give":
        return _("Advice, not consultation, for %(unit)s: answer by %(by)s") % facts
    return _("Advice, not consultation, for %(unit)s: say what you did") % facts


def _review(_code, row, is_partner):
    facts = {"kind": row.get_kind_display(), "who": row.institution.name}
    facts["by"] = moment(row.assess_until)
    if is_partner:
        return _("%(kind)s: write your account by %(by)s") % facts
    return _("%(kind)s, %(who)s: write the account of police by %(by)s") % facts


def _meeting(_code, row, is_partner):
    facts = {"who": row.institution.name, "by": day(row.due_on)}
    if is_partner:
        return _("An agreed meeting with police is late, it was due by %(by)s") % facts
    return _("An agreed meeting with %(who)s is late, it was due by %(by)s") % facts


def _workstream(code, row, is_partner):
    words = {
        "workstreams_to_lead": _("A workstream waits for your side’s lead"),
        "workstreams_late": _("Something is late in a workstream"),
    }[code]
    return words if is_partner else f"{words}: {row.institution.name}"


def _standing_down(_code, row, _is_partner):
    facts = {"who": row.institution.name, "at": moment(row.proposed_at)}
    return _("%(who)s: that leads stand down was proposed %(at)s. Your word is needed") % facts


def _leadless(_code, row, _is_partner):
    facts = {"who": row.name, "on": day(row.leads_ended_on)}
    return _("%(who)s: nobody leads there since %(on)s. Invite whom they name") % facts


_WRITERS = {
    "standing_down": _standing_down,
    "leadless": _leadless,
    "bulletin": _bulletin,
    "bulletin_question": _question,
    "consultation": _consultation,
    "advice": _advice,
    "review": _review,
    "meeting": _meeting,
    "workstream": _workstream,
    "note": _visit,
    "visit": _visit,
    "planned": _visit,
    "request": _request,
    "promise": _promise,
    "concern": _concern,
    "partnership": _partnership,
    "item": _item,
}
