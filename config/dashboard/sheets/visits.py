from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.charts import bar_chart

from .sheet import Sheet, part_of, sentence


def reciprocity_sheet(figure):
    rows = (
        (_("Police"), figure.police),
        (_("The mosque"), figure.institution),
        (_("The umbrella body"), figure.umbrella),
        (_("Both together"), figure.joint),
        (_("Somebody else"), figure.other),
    )
    title = _("Who asked for contact")
    return Sheet(
        code="reciprocity",
        heading=title,
        headline=part_of(figure.police, figure.n),
        of=_("asked for by police"),
        n=ngettext("n = %(n)d visit held", "n = %(n)d visits held", figure.n) % {"n": figure.n},
        notes=(_("Neither none nor all from one side is good."),),
        headers=(_("Asked for by"), _("Visits held")),
        rows=rows,
        chart=bar_chart(title, sentence(rows), list(rows)),
        empty="" if figure.n else _("No visit was held in this period."),
    )


def agreed_record_sheet(figure):
    answers = (
        (_("Confirmed"), figure.confirmed),
        (_("Confirmed by phone or on paper"), figure.by_phone),
        (_("No reply"), figure.no_reply),
        (_("The two sides disagree"), figure.disagreed),
    )
    beside = (
        (_("Waiting for a reply"), figure.waiting),
        (_("Correction still open"), figure.correction_open),
        (_("Not shared yet"), figure.not_shared),
        (_("Removed"), figure.removed),
        (_("Planned, and nobody said whether it was held"), figure.not_recorded),
    )
    title = _("What was said to the notes")
    held = figure.n + sum(number for _words, number in beside)
    return Sheet(
        code="agreed-record",
        heading=title,
        headline=part_of(figure.confirmed, figure.n),
        of=_("notes confirmed"),
        n=ngettext("n = %(n)d note", "n = %(n)d notes", figure.n) % {"n": figure.n},
        notes=(_("Disagreement is healthy. Only no reply is a warning. Silence is never a yes."),),
        headers=(_("Notes of visits"), _("Number")),
        rows=(*answers, *beside),
        chart=bar_chart(title, sentence(answers), list(answers)),
        empty="" if held else _("No visit was held in this period."),
    )
