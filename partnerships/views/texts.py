"""The words of one row: what was said about them, and one page for each thing that may be.

``kind`` in the address says which table, ``ref`` which row (partnerships/wordings.py).
"""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from config.web.views import MovePage
from contacts.forms.people import EmptyForm
from contacts.views.access import Seen
from partnerships.actions import wordings
from partnerships.forms.texts import DisagreeForm, KeepWordingForm, RemoveForm, WordsForm
from partnerships.models import Correction, Side
from partnerships.ringing import load_whom_to_ring
from partnerships.text_record import url_of, words_record_of
from partnerships.wordings import KINDS, Words

OPEN, DECLINED = Correction.State.OPEN, Correction.State.DECLINED


class OfWords(Seen):
    """Load the row and its words; without any, 404."""

    subject_name = "row"

    def setup(self, request, *args, **kwargs):
        self.kind = KINDS.get(kwargs["kind"])
        if self.kind is None:
            raise Http404("No such kind of words")
        super().setup(request, *args, **kwargs)
        self.words = Words(self.kind, self.subject)

    loads = "for_words"

    def get_rows(self):
        return self.kind.model.objects.visible_to(self.request.user)

    def get_permission_object(self):
        return self.words

    def get_context_data(self, **kwargs):
        self.record = words_record_of(self.words, self.request.user)
        return super().get_context_data(words=self.words, record=self.record, **kwargs)


class TextDetail(OfWords, TemplateView):
    permission_required = "partnerships.view_words"
    template_name = "partnerships/text_detail.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, kind = self.request.user, self.kind
        moves = moves_for(user, self.words, self.record)
        may_remove = bool(kind.removal) and user.has_perm(kind.keep_perm, self.subject)
        return context | {"moves": moves, "may_remove": may_remove}


class TextMove(OfWords, MovePage):
    template_name = "partnerships/text_move.html"
    form_class = EmptyForm
    name = ""
    action = None
    shows_words = True

    @classmethod
    def fits(cls, words, record):
        """Say whether it is possible as the words stand."""
        raise NotImplementedError

    @classmethod
    def offer(cls, words):
        url = reverse(f"partnerships:text-{cls.name}", args=[words.kind.code, words.row.ref])
        return {"url": url, "label": cls.label, "is_main": cls.is_main}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        fits = not self.record.is_withdrawn and self.fits(self.words, self.record)
        if fits and self.has_words:
            context["ring"] = load_whom_to_ring(self.words.partnership, side=self.side)
        return context | {"is_possible": fits, "page_url": url_of(self.words)}

    @property
    def side(self):
        """The side for which it is done, as the permission says."""
        own = self.permission_required == "partnerships.keep_words"
        return self.words.side if own else Side(self.words.side).other

    def act(self, **data):
        type(self).action(
            words=self.words, side=self.side, by=self.request.user, at=timezone.now(), **data
        )
        return url_of(self.words)


class WithWording:
    """The move's form holds the words as they stand."""

    has_words = True
    shows_words = False
    form_class = WordsForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"words": self.words, "initial": self.words.parts}


class TextCorrect(WithWording, TextMove):
    permission_required = "partnerships.answer_words"
    name = "correct"
    is_main = True
    label = heading = _("Ask for a correction")
    lede = _("Change the words to what you think they should say. Whoever wrote them answers you.")
    button = _("Ask for this wording")
    success_message = _("The correction is asked for. You hear by e-mail what they say.")

    @classmethod
    def fits(cls, words, record):
        return record.unsettled is None

    def act(self, parts):
        wordings.correct_words(
            words=self.words,
            proposed=parts,
            side=self.side,
            by=self.request.user,
            at=timezone.now(),
        )
        return url_of(self.words)


class TextDisagree(TextMove):
    permission_required = "partnerships.answer_words"
    name = "disagree"
    action = wordings.disagree_with_words
    form_class = DisagreeForm
    has_words = True
    label = _("Disagree with it")
    heading = _("Disagree with these words")
    lede = _(
        "Your statement stands beside the words from now on, wherever they are shown or printed. "
        "Nobody has to agree to it."
    )
    button = _("Put it beside the words")
    success_message = _("Your statement stands beside the words.")

    @classmethod
    def fits(cls, words, record):
        since = [words.kind.at(words.row), *(one.said.at for one in record.versions[-1:])]
        since += [record.unsettled.said.answered_at] if _is_declined(record) else []
        return timezone.localdate() <= wordings.last_day_to_disagree(since)


class TextAccept(TextMove):
    permission_required = "partnerships.keep_words"
    name = "accept"
    action = wordings.accept_words
    is_main = True
    label = heading = button = _("Take over the new wording")
    lede = _("It becomes the wording that stands. The one before it stays to be read.")
    success_message = _("The new wording stands. The other side is told.")

    @classmethod
    def fits(cls, words, record):
        return _is_open(record) and not words.is_fixed


class TextDecline(TextMove):
    permission_required = "partnerships.keep_words"
    name = "decline"
    action = wordings.decline_words
    form_class = KeepWordingForm
    has_words = True
    label = _("Keep the wording, with a reason")
    heading = _("Keep the wording")
    lede = _("They read your reason. Then they let it stand, or disagree; both stay on record.")
    button = _("Keep the wording")
    success_message = _("They are told why you keep the wording.")

    @classmethod
    def fits(cls, words, record):
        return _is_open(record)


class TextClose(TextMove):
    permission_required = "partnerships.answer_words"
    name = "close"
    action = wordings.let_go
    label = heading = button = _("Let go of our correction")
    lede = _("The wording stays as it is. Only your side can let go of what it asked for.")
    success_message = _("The correction is closed.")

    @classmethod
    def fits(cls, words, record):
        return record.unsettled is not None


class TextAmend(WithWording, TextMove):
    permission_required = "partnerships.keep_words"
    name = "amend"
    action = wordings.amend_words
    label = heading = _("Change the wording")
    lede = _("The wording before it stays to be read, and the other side is told by e-mail.")
    button = _("Share the new wording")
    success_message = _("The new wording stands. The other side is told.")

    @classmethod
    def fits(cls, words, record):
        return not _is_open(record) and not words.is_fixed


class TextRemove(TextMove):
    permission_required = "partnerships.keep_words"
    name = "remove"
    form_class = RemoveForm
    is_warning = True
    label = _("Remove the words")
    heading = _("Remove these words")
    lede = _(
        "The words go for good: every wording, what was asked to be corrected, what was held "
        "against it. Both sides are told that, when, why and by whom, without the words."
    )
    button = _("Remove the words")
    success_message = _("The words are removed. Both sides are told.")

    @classmethod
    def fits(cls, words, record):
        return not words.kind.removal

    def act(self, reason):
        wordings.remove_words(
            words=self.words, reason=reason, by=self.request.user, at=timezone.now()
        )
        return url_of(self.words)


def _is_open(record):
    return record.unsettled is not None and record.unsettled.said.state == OPEN


def _is_declined(record):
    return record.unsettled is not None and record.unsettled.said.state == DECLINED


MOVES = (
    TextAccept,
    TextDecline,
    TextCorrect,
    TextDisagree,
    TextClose,
    TextAmend,
    TextRemove,
)


def moves_for(user, words, record):
    """List what ``user`` may do with the words as they stand, the likeliest first."""
    if record.is_withdrawn:
        return []
    return [
        view.offer(words)
        for view in MOVES
        if user.has_perm(view.permission_required, words) and view.fits(words, record)
    ]
