from django.utils.translation import gettext as _

from config.web.charts import bar_chart

from .sheet import Sheet, part_of, sentence


def coverage_sheet(figure):
    rows = (
        (_("With a visit that they confirmed"), figure.confirmed),
        (_("With a visit confirmed by phone or on paper only"), figure.by_phone_only),
        (_("With a visit, none confirmed yet"), figure.unconfirmed_only),
        (_("With no visit in this period"), figure.no_contact),
    )
    beside = ((_("Not joined"), figure.not_joined), (_("Paused"), figure.paused))
    title = _("Whom police have met")
    return Sheet(
        code="coverage",
        heading=title,
        headline=part_of(figure.confirmed, figure.joined),
        of=_("joined and confirmed a visit"),
        n=_("n = %(n)d joined") % {"n": figure.n},
        notes=(
            _("Institutions that joined, each by the best that its record of this period says."),
            _("Joining is voluntary; not joining is not a negative."),
        ),
        headers=(_("Institutions"), _("Number")),
        rows=(*rows, *beside),
        chart=bar_chart(title, sentence(rows), list(rows)),
        empty="" if figure.n else _("Nobody has joined here yet."),
    )


def missed_contact_sheet(figure):
    rows = tuple((row.name, row.cadence_days, row.last_contact_on) for row in figure.quiet)
    nothing_missed = _("Police have missed no contact that was agreed.")
    nothing_agreed = _("No rhythm of contact is agreed with anybody here.")
    return Sheet(
        code="missed-contact",
        heading=_("Where police missed a contact"),
        headline=part_of(len(rows), figure.n),
        of=_("waited longer than agreed"),
        n=_("n = %(n)d with an agreed rhythm") % {"n": figure.n},
        notes=(
            _("Police agreed to be in touch every so many days and were not. Listed A to Z."),
            _("Whoever wants contact only when they ask is not listed."),
            *_median_note(figure),
        ),
        headers=(_("Institution"), _("Agreed every … days"), _("Last contact")),
        rows=rows,
        empty="" if rows else nothing_missed if figure.n else nothing_agreed,
        names=tuple(row.ref for row in figure.quiet),
    )


def _median_note(figure):
    if figure.median_days is None:
        return ()
    words = _("Median days since the last contact: %(days).0f (n = %(n)d).")
    notes = [words % {"n": figure.in_contact, "days": figure.median_days}]
    if figure.median_days_confirmed is not None:
        words = _("Since the last one that the institution confirmed: %(days).0f (n = %(n)d).")
        notes.append(words % {"n": figure.confirmed, "days": figure.median_days_confirmed})
    return tuple(notes)
