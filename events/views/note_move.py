"""What the pages of a note have in common: the visit, the record, one action by POST."""

from django.urls import reverse
from django.utils import timezone

from config.web.views import MovePage
from contacts.views.access import Seen
from events.forms import notes as forms
from events.models import Engagement
from events.records import part_labels, to_ring, visit_record, who_reads
from events.rules.visits import side_in


def replayed(form):
    """List what was sent, for a page that asks something before the form is sent again."""
    left_out = {"csrfmiddlewaretoken", "preview", "share", "change"}
    sent = ((name, value) for name, values in form.data.lists() for value in values)
    return [(name, value) for name, value in sent if name not in left_out]


class OfNote(Seen):
    """Load the visit and its record; without a note that may be seen, 403."""

    model = Engagement
    subject_name = "visit"

    loads = "for_record"

    def get_rows(self):
        return Engagement.objects.visible_to(self.request.user)

    @property
    def note(self):
        return self.subject.note

    @property
    def side(self):
        return side_in(self.request.user, self.subject)


class NoteMove(OfNote, MovePage):
    """Subclasses name the action, the permission and the states from which it is possible."""

    template_name = "events/note_move.html"
    form_class = forms.NothingForm
    path_name = ""
    states = ()
    is_one_tap = False
    shows_note = True
    says_to_whom = False

    @classmethod
    def action_url(cls, visit):
        return reverse(f"events:visit-{cls.path_name}", args=[visit.ref])

    @classmethod
    def is_possible(cls, visit):
        note = visit.note
        return note.has_left and not note.text.is_withdrawn and note.state in cls.states

    @classmethod
    def is_offered(cls, user, visit):
        return user.has_perm(cls.permission_required, visit) and cls.is_possible(visit)

    def get_context_data(self, **kwargs):
        record = visit_record(self.subject, self.request.user)
        possible = self.is_possible(self.subject)
        return super().get_context_data(
            record=record,
            is_possible=possible,
            ring=to_ring(self.subject, self.side) if self.has_words else "",
            readers=self.readers if self.says_to_whom else (),
            **kwargs,
        )

    @property
    def readers(self):
        return who_reads(self.subject, self.side, on=timezone.localdate())

    def act(self, **data):
        self.action(note=self.note, side=self.side, by=self.request.user, at=timezone.now(), **data)
        return self.subject


class WithWording:
    """The move's form holds the words as they stand."""

    has_words = True
    shows_note = False
    form_class = forms.WordingForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        version = self.subject.note.text.load_current()
        return kwargs | {"labels": self.labels, "initial": version.parts}

    @property
    def labels(self):
        return part_labels(self.subject.institution)
