from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .sheet import NONE, Sheet, part_of


def meetings_sheet(figure):
    kinds = (figure.senior, figure.working)
    lines = (
        (_("Agreed"), *(kind.n for kind in kinds)),
        (_("In time"), *(kind.in_time for kind in kinds)),
        (_("Overdue"), *(kind.overdue for kind in kinds)),
        (_("None held yet"), *(kind.never for kind in kinds)),
    )
    return Sheet(
        code="meetings",
        heading=_("Agreed meetings"),
        headline=part_of(figure.in_time, figure.n) if figure.n else NONE,
        of=_("in time"),
        n=ngettext("n = %(n)d agreed meeting", "n = %(n)d agreed meetings", figure.n)
        % {"n": figure.n},
        notes=(
            _("How often stands in the agreement; either side says that a meeting was held."),
            _("As it stands today, whatever the period."),
        ),
        headers=(_("Meetings"), _("Senior"), _("Working")),
        rows=lines,
        empty="" if figure.n else _("No agreement in force says how often the two sides meet."),
    )
