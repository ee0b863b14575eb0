"""What the pages of a concern's moves share: each says what will happen, then does it by POST."""

from django.urls import reverse
from django.utils import timezone

from config.web.views import ActionView
from contacts.views.access import Seen
from partnerships import concern_words as words
from partnerships.concern_people import who_may_answer
from partnerships.forms import concerns as forms
from partnerships.models import Concern, ConcernStep
from partnerships.ringing import other_side_to_ring
from partnerships.rules.commitments import side_for

State, Move = Concern.State, ConcernStep.Move


class ConcernMove(Seen, ActionView):
    """Subclasses name the action, the permission, and when it is possible."""

    model = Concern
    subject_name = "concern"
    template_name = "partnerships/concern_move.html"
    form_class = forms.NothingForm
    name = ""
    states = ()
    label = heading = lede = button = ""
    is_main = is_warning = False
    shows = ()  # the steps whose text the page shows above its form

    @classmethod
    def fits(cls, concern, at):
        return concern.state in cls.states

    @classmethod
    def offer(cls, concern):
        url = reverse(f"partnerships:concern-{cls.name}", args=[concern.ref])
        return {"url": url, "label": cls.label, "is_main": cls.is_main}

    def get_context_data(self, **kwargs):
        concern = self.subject
        told = words.told_of(concern, self.request.user) if self.shows else []
        return super().get_context_data(
            move=self,
            is_possible=self.fits(concern, timezone.now()),
            shown=words.last_of(told, *self.shows) if told else None,
            ring=other_side_to_ring(
                concern.partnership, side=side_for(self.request.user, concern.partnership)
            ),
            **kwargs,
        )

    def act(self, **data):
        found = self.action(concern=self.subject, by=self.request.user, at=timezone.now(), **data)
        # Whoever decided on what had come up to them may have nothing more to see there.
        in_sight = self.request.user.has_perm("partnerships.view_concern", found)
        return found if in_sight else reverse("partnerships:concern-list")


class AmongOfficers:
    """The move's form offers the officers who may answer."""

    def get_form_kwargs(self):
        on = timezone.localdate()
        people = who_may_answer(self.subject.partnership, on=on)
        return super().get_form_kwargs() | {"people": people}
