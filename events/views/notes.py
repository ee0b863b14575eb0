"""Step 2 of a visit: finish and share, what comes after it, and calling it back."""

from uuid import UUID

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from config.web.views import ActionView
from contacts.views.access import Seen
from events.actions.notes import finish_visit, undo_note
from events.forms.note_finish import FinishForm, initial_of
from events.forms.notes import NothingForm
from events.models import Engagement, SharedNote
from events.records import preview_of, to_ring, who_reads
from events.rules.visits import side_in

from .note_move import OfNote, replayed


class VisitFinish(Seen, ActionView):
    """Write the note, look at it as the other side will, and share it."""

    model = Engagement
    subject_name = "visit"
    permission_required = "events.finish_visit"
    template_name = "events/visit_finish.html"
    form_class = FinishForm

    loads = "for_record"

    def get_rows(self):
        return Engagement.objects.visible_to(self.request.user)

    @property
    def side(self):
        return side_in(self.request.user, self.subject)

    @property
    def draft(self):
        """The note that was called back, if it is of one's own side."""
        note = getattr(self.subject, "note", None)
        return note if note and note.state == SharedNote.State.DRAFT else None

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs |= {"visit": self.subject, "side": self.side, "today": timezone.localdate()}
        if self.draft and self.draft.drafted_side == self.side:
            kwargs["initial"] = initial_of(self.draft, self.draft.text.load_current().parts)
        return kwargs

    def get_context_data(self, **kwargs):
        visit, note = self.subject, getattr(self.subject, "note", None)
        possible = visit.state == Engagement.State.HELD and (
            note is None or (self.draft is not None and note.drafted_side == self.side)
        )
        ring = to_ring(visit, self.side)
        return super().get_context_data(is_possible=possible, ring=ring, **kwargs)

    @property
    def readers(self):
        return who_reads(self.subject, self.side, on=timezone.localdate())

    def post(self, request, *args, **kwargs):
        if "change" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if "preview" in self.request.POST:
            context = {"visit": self.subject, "replayed": replayed(form), "readers": self.readers}
            context["preview"] = preview_of(self.subject, form.given())
            return render(self.request, "events/visit_preview.html", context)
        self.draft_id = form.cleaned_data["draft_id"]
        form.cleaned_data = form.given()
        return super().form_valid(form)

    def act(self, **given):
        finish_visit(
            engagement=self.subject,
            side=self.side,
            by=self.request.user,
            at=timezone.now(),
            **given,
        )
        url = reverse("events:visit-shared", args=[self.subject.ref])
        return f"{url}?draft={self.draft_id}" if self.draft_id else url


class VisitShared(OfNote, TemplateView):
    """Who will read the note, from when, and the button that calls it back."""

    permission_required = "events.undo_note"
    template_name = "events/visit_shared.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            note=self.note,
            readers=who_reads(self.subject, self.side, on=timezone.localdate()),
            draft=self._draft(),
            **kwargs,
        )

    def _draft(self):
        try:
            return UUID(self.request.GET.get("draft", ""))
        except ValueError:
            return None


class VisitUndo(OfNote, ActionView):
    permission_required = "events.undo_note"
    template_name = "events/visit_undo.html"
    form_class = NothingForm
    success_message = _("The note is back with you. Nobody on the other side has read it.")

    def act(self):
        undo_note(note=self.note, side=self.side, by=self.request.user, at=timezone.now())
        return reverse("events:visit-finish", args=[self.subject.ref])
