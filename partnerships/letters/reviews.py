"""What both sides, the panel and umbrella bodies are told about a review."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from config.outbox import kinds
from contacts.mail import plain_kind
from partnerships.models import PartnershipReview

State = PartnershipReview.State
FOR_PANEL = ("review_frozen_for_panel", "review_with_panel")
# By the letter: the states in which it still has something to say.
LETTERS = {
    "review_scheduled": {State.SCHEDULED},
    "review_frozen": {State.FIGURES_FROZEN},
    "review_frozen_for_panel": {State.FIGURES_FROZEN},
    "review_opened": {State.SELF_ASSESSED},
    "review_with_panel": set(PartnershipReview.WITH_PANEL),
    "review_stated": {*PartnershipReview.WITH_PANEL, State.PANEL_COMMENT, State.PUBLISHED},
    "review_commented": {State.PANEL_COMMENT, State.PUBLISHED},
    "review_published": {State.PUBLISHED},
}


def register():
    for letter, states in LETTERS.items():
        kinds.register(
            plain_kind(
                f"partnerships.{letter}",
                template=f"partnerships/{letter}",
                still_due=stands_at(states),
                context=context,
                give_up_after=timedelta(days=3),
            )
        )


def stands_at(states):
    def still_due(message):
        return PartnershipReview.objects.filter(pk=message.about_id, state__in=states).exists()

    return still_due


def context(message):
    review = PartnershipReview.objects.for_list().get(pk=message.about_id)
    return {
        "institution": review.institution.name,
        "kind": review.get_kind_display(),
        "last_day": date_format(review.last_day, "l j F Y"),
        "assess_days": settings.PORTAL_CLOCKS["review_assess_days"],
        "assess_until": _moment(review.assess_until),
        "panel_until": _moment(review.panel_until),
        "path": _path(message.kind.removeprefix("partnerships."), review),
    }


def _path(letter, review):
    if letter in FOR_PANEL:
        return reverse("partnerships:review-panel", args=[review.ref])
    if letter == "review_stated":
        return reverse("guest-institution", args=[review.institution.ref]) + "#not-shared"
    return review.get_absolute_url()


def _moment(at):
    return date_format(localtime(at), "l j F Y, H:i") if at else ""
