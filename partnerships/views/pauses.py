"""A pause that police ask for, for both sides."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.views import MovePage
from contacts.forms.people import EmptyForm
from contacts.views.access import Seen
from partnerships.actions import pauses
from partnerships.forms.pauses import PauseReasonForm, PauseReplyForm
from partnerships.models import PolicePause
from partnerships.text_record import show_words
from partnerships.wordings import words_of_pause

from .partnerships import PartnershipAction


class PolicePausePropose(PartnershipAction):
    permission_required = "partnerships.propose_pause"
    template_name = "partnerships/police_pause_propose.html"
    form_class = PauseReasonForm
    action = pauses.propose_pause
    success_message = _("Written down. A second senior officer has to sign it.")


class InPause(Seen):
    model = PolicePause
    subject_name = "pause"

    def get_context_data(self, **kwargs):
        show_words(words_of_pause(self.subject), self.request.user)
        return super().get_context_data(**kwargs)


class PolicePauseDetail(InPause, DetailView):
    permission_required = "partnerships.view_pause"
    template_name = "partnerships/police_pause_detail.html"

    def get_object(self, queryset=None):
        return self.subject


class PauseAction(InPause, MovePage):
    template_name = "partnerships/police_pause_move.html"
    form_class = EmptyForm
    action = None

    def act(self, **data):
        return type(self).action(
            pause=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class PolicePauseCountersign(PauseAction):
    permission_required = "partnerships.countersign_pause"
    action = pauses.countersign_pause
    heading = _("Sign this pause as well?")
    lede = _(
        "The mosque’s leads are told at once and can reply. It begins after 14 days, or now where "
        "somebody’s safety is at stake. Help and safety go on."
    )
    button = _("Sign")
    success_message = _("Signed. The mosque’s leads are told.")


class PolicePauseReply(PauseAction):
    permission_required = "partnerships.reply_to_pause"
    form_class = PauseReplyForm
    has_words = True
    action = pauses.reply_to_pause
    heading = _("Reply to the reason")
    lede = _("There is one reply. You can still ring, complain, pause or leave.")
    button = _("Put it beside the reason")
    success_message = _("Your reply stands beside the reason. Police are told.")


class PolicePauseDrop(PauseAction):
    permission_required = "partnerships.end_pause"
    action = pauses.drop_pause
    heading = _("Drop this pause?")
    lede = _("The partnership stays active. The mosque’s leads are told.")
    button = _("Drop it")
    success_message = _("Dropped. The mosque’s leads are told.")


class PolicePauseLift(PauseAction):
    permission_required = "partnerships.end_pause"
    action = pauses.lift_pause
    heading = _("Lift this pause?")
    lede = _("The partnership goes on at once. The mosque’s leads are told.")
    button = _("Lift it")
    success_message = _("Lifted. The mosque’s leads are told.")
