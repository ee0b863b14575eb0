"""What both sides do together beside visits and promises: one page that leads to each."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Part(NamedTuple):
    """A list of the forum, and the permission to open it; "" for what strangers open, too."""

    route: str
    permission: str
    name: str
    about: str

    @property
    def url(self):
        return reverse(self.route)


PARTS = (
    Part(
        "partnerships:bulletin-list",
        "partnerships.view_bulletins",
        _("Bulletins"),
        _(
            "What police explain, in the same words to everybody. "
            "A question is answered within 72 hours, for all to read."
        ),
    ),
    Part(
        "partnerships:consultation-list",
        "partnerships.view_consultations",
        _("Consultations"),
        _(
            "What police ask before they decide, who was asked, "
            "and what each answer changed or did not."
        ),
    ),
    Part(
        "partnerships:review-list",
        "partnerships.list_reviews",
        _("Reviews"),
        _(
            "How a quarter or a year together went: figures that stay as they were, "
            "and what each side says of them."
        ),
    ),
    Part(
        "partnerships:statement-list",
        "partnerships.list_statements",
        _("In their own words"),
        _("Statements that mosques and umbrella bodies sign, for those whom they choose."),
    ),
    Part(
        "partnerships:wider-event-list",
        "partnerships.list_wider_events",
        _("What happened outside"),
        _("Events elsewhere that touch people here, and whether police got in touch in time."),
    ),
    Part(
        "panel",
        "dashboard.view_panel",
        _("Scrutiny panel"),
        _("The sample that an independent panel reads each quarter, and the measures."),
    ),
    Part(
        "partnerships:panel-comment-list",
        "partnerships.list_panel_comments",
        _("What the panel said"),
        _("Comments of the scrutiny panel, and how each was answered."),
    ),
    Part(
        "partnerships:public-areas",
        "",
        _("The public page"),
        _("What everybody can read: only what both sides approved."),
    ),
)


def parts_for(user) -> list[Part]:
    return [part for part in PARTS if not part.permission or user.has_perm(part.permission)]
