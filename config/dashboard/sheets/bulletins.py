from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.charts import bar_chart

from .sheet import Sheet, percent, sentence


def explained_sheet(figure):
    title = _("Explaining, and answering questions")
    rows = (
        (_("Bulletins sent"), figure.n),
        (_("… about which something was asked"), figure.with_questions),
        (_("Statements of fact among them"), figure.statements),
        (_("… sent within the hour"), figure.statements_in_time),
        (_("Questions asked"), figure.asked),
        (_("Answered, or past their 72 hours"), figure.due),
        (_("… answered within 72 hours"), figure.within),
        (_("Answered with why police can’t answer"), figure.cannot),
        (_("Waiting for an answer"), figure.waiting),
    )
    drawn = [(label, value) for label, value in rows[4:7] if figure.asked]
    return Sheet(
        code="bulletins",
        heading=title,
        headline=percent(figure.percent_within),
        of=_("of questions answered within 72 hours"),
        n=ngettext("n = %(n)d question", "n = %(n)d questions", figure.due) % {"n": figure.due},
        notes=(
            _("Clock hours, nights and weekends included."),
            _("To say why police can’t answer counts as an answer. Nothing counts who has read."),
        ),
        headers=(_("Bulletins and questions"), _("Number")),
        rows=rows,
        chart=bar_chart(title, sentence(drawn), drawn) if drawn else "",
        empty="" if figure.n or figure.asked else _("No bulletin was sent in this period."),
    )
