from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.charts import bar_chart

from .sheet import Sheet, percent, sentence


def consulted_sheet(figure):
    title = _("What came of consultations")
    rows = (
        (_("Consultations decided"), figure.consultations),
        (_("… to which the umbrella body had objected"), figure.objected),
        (_("… opened as urgent"), figure.urgent),
        (_("… reported back to everybody who answered"), figure.reported),
        (_("Themes raised"), figure.n),
        (_("… changed"), figure.changed),
        (_("… partly changed"), figure.partly),
        (_("… not changed, with the reason"), figure.unchanged),
        (_("… heard otherwise by the second reader"), figure.dissent),
        (_("Answers of members of an umbrella body, for themselves"), figure.members),
        (_("Answers of others, for themselves"), figure.others),
        (_("Answers of umbrella bodies, as bodies"), figure.umbrella),
    )
    drawn = [(label, value) for label, value in rows[5:8] if figure.n]
    return Sheet(
        code="consultations",
        heading=title,
        headline=percent(figure.percent_changed),
        of=_("of themes changed something, wholly or partly"),
        n=ngettext("n = %(n)d theme", "n = %(n)d themes", figure.n) % {"n": figure.n},
        notes=(
            _("Of consultations decided in this period. Each theme says why; see their pages."),
            _("Members, others and umbrella bodies are counted apart and never added up."),
        ),
        headers=(_("Consultations, themes and answers"), _("Number")),
        rows=rows,
        chart=bar_chart(title, sentence(drawn), drawn) if drawn else "",
        empty="" if figure.consultations else _("No consultation was decided in this period."),
    )
