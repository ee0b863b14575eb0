"""The words of concerns: shared texts from the start, and what is said at the moves between."""

from django.utils.translation import gettext_lazy as _

from .models import Concern, ConcernStep
from .wordings import KINDS, Kind, TextKind, Words, register, words_of_steps

Move = ConcernStep.Move
LABELS = {
    "worry": _("What happened, or what worries people"),
    "would_help": _("What would help"),
    "answer": _("The answer"),
    "reasons": _("The reasons"),
    "will_change": _("What will change"),
    "cannot_change": _("What cannot change, and why"),
    "cannot_say": _("What cannot be said, and why"),
    "why": _("Why the answer is challenged"),
    "view": _("The independent panel’s view"),
    "statement": _("Statement"),
    "you_said": _("You said"),
    "we_did": _("We did"),
    "we_could_not": _("We could not"),
}
PARTS_OF = {
    Move.RAISED: ("worry", "would_help"),
    Move.ANSWERED: ("answer", "reasons", "will_change", "cannot_change", "cannot_say"),
    Move.CHALLENGED: ("why",),
    Move.PANEL_VIEW: ("view",),
    Move.STATEMENT: ("statement",),
    Move.CLOSING_PROPOSED: ("you_said", "we_did", "we_could_not"),
}
TEXT, SAID = "concern-step", "concern-said"


def _is_fixed(step):
    return step.move in (Move.CLOSING_PROPOSED, Move.PANEL_VIEW)


def register_kinds() -> None:
    of_step = {
        "side": lambda step: step.side,
        "by": lambda step: step.by,
        "at": lambda step: step.at,
        "partnership": lambda step: step.concern.partnership,
        "keep_perm": "partnerships.keep_concern_words",
        "is_ranked": True,
    }
    register(
        TextKind(
            TEXT,
            ConcernStep,
            _("The words of a concern"),
            LABELS,
            link="text",
            of_row=lambda step: PARTS_OF.get(step.move, ()),
            is_fixed=_is_fixed,
            fixed_because=_(
                "These words are approved by both sides, or are the panel’s: they stay."
            ),
            **of_step,
        )
    )
    register(
        Kind(
            SAID,
            ConcernStep,
            _("What was said about the concern"),
            {"words": _("What was said")},
            shown_as="words_told",
            **of_step,
        )
    )


def words_of_concern(concern: Concern) -> list[Words]:
    """Return what was said at its loaded steps."""
    texts = list(words_of_steps(TEXT, concern, "concern"))
    return texts + [Words(KINDS[SAID], words.row) for words in texts]
