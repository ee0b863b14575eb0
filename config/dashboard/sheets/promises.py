from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.charts import stacked_chart

from .sheet import Sheet, percent


def promises_sheet(figure):
    sides = ((_("Police"), figure.police), (_("Mosques"), figure.institutions))
    in_the_rate = (
        ("kept", _("Kept")),
        ("kept_unconfirmed", _("Done, not confirmed")),
        ("overdue", _("Overdue")),
        ("could_not", _("Could not")),
    )
    title = _("Promises kept")
    bars = [(name, [getattr(side, code) for code, _words in in_the_rate]) for name, side in sides]
    return Sheet(
        code="promises",
        heading=title,
        headline=percent(figure.police.percent),
        of=_("kept by police"),
        n=ngettext("n = %(n)d promise", "n = %(n)d promises", figure.police.n)
        % {"n": figure.police.n},
        notes=(
            _("By the day first agreed; a new day does not reset it."),
            _("Kept means that the side it was made to said so."),
        ),
        headers=(_("Promises"), *(name for name, _side in sides)),
        rows=_rows(sides, in_the_rate),
        chart=stacked_chart(title, _described(sides), [words for _c, words in in_the_rate], bars),
        empty="" if figure.n else _("No promise fell due in this period."),
    )


def _rows(sides, in_the_rate):
    lines = (
        *in_the_rate,
        ("n", _("In the rate: n")),
        ("percent", _("Kept, per cent")),
        ("done_claimed", _("Said to be done, waiting to be confirmed")),
        ("moved", _("Got a new day")),
        ("released", _("Released by who it was made to")),
        ("not_agreed", _("Asked for, not agreed")),
        ("withdrawn", _("Removed as a mistake")),
    )
    return tuple((words, *(getattr(side, code) for _name, side in sides)) for code, words in lines)


def _described(sides):
    words = _("%(name)s: %(percent)s kept of %(n)d")
    return "; ".join(
        words % {"name": name, "percent": percent(side.percent), "n": side.n}
        for name, side in sides
    )
