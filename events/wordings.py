"""The words of requests and of the answers to them, which may be corrected and disagreed with."""

from django.utils.translation import gettext_lazy as _

from partnerships.wordings import KINDS, Kind, Words, register, words_of_steps

from .models import EngagementRequest, RequestStep


def register_kinds() -> None:
    register(
        Kind(
            "request",
            EngagementRequest,
            _("The words of the request"),
            {
                "why": _("Why now"),
                "times_to_avoid": _("Times to avoid"),
                "place": _("Place or room"),
            },
            side=lambda request: request.written_side,
            by=lambda request: request.recorded_by,
            at=lambda request: request.submitted_at,
            partnership=lambda request: request.partnership,
        )
    )
    register(
        Kind(
            "answer",
            RequestStep,
            _("What was said about the request"),
            {"words": _("What was said")},
            side=lambda step: step.side,
            by=lambda step: step.by,
            at=lambda step: step.at,
            partnership=lambda step: step.request.partnership,
        )
    )


def words_of_request(request: EngagementRequest) -> list[Words]:
    """Return its words and those of its loaded steps."""
    return [Words(KINDS["request"], request), *words_of_steps("answer", request, "request")]
