"""What each side does at a review: writing alone, meeting, promising, signing."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.views import MovePage
from contacts.forms.people import EmptyForm
from partnerships.actions import review_meetings, reviews
from partnerships.forms import reviews as forms
from partnerships.forms.commitments import PromiseForm
from partnerships.models import PartnershipReview
from partnerships.models.reviews import digest_of
from partnerships.ringing import load_whom_to_ring

from .commitments import promise_form_of
from .reviews import InReview

State = PartnershipReview.State


class ReviewMove(InReview, MovePage):
    """Subclasses name the action, the permission, and the states in which it is possible."""

    template_name = "partnerships/review_move.html"
    form_class = EmptyForm
    action = None
    states = ()

    def get_context_data(self, **kwargs):
        is_possible = self.subject.state in self.states
        ring = None
        if is_possible and self.has_words:
            ring = load_whom_to_ring(self.subject.partnership, side=self.side)
        return super().get_context_data(is_possible=is_possible, ring=ring, **kwargs)

    @property
    def joint(self):
        """The statement of both that is signed or proposed, if any."""
        return next((one for one in self.subject.statements.all() if one.is_joint), None)

    def act(self, **data):
        type(self).action(
            review=self.subject, side=self.side, by=self.request.user, at=timezone.now(), **data
        )
        return self.subject


class Assess(ReviewMove):
    permission_required = "partnerships.assess_review"
    form_class = forms.AssessmentForm
    action = reviews.assess
    states = (State.FIGURES_FROZEN,)
    has_words = True
    heading = _("Write your side’s account")
    lede = _("The other side reads it once both are in, or when the time to write is over.")
    button = _("Keep it")
    success_message = _("Kept. The other side reads it once both are in, or when time is up.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_annual": self.subject.is_annual}


class NoteMeeting(ReviewMove):
    permission_required = "partnerships.meet_for_review"
    form_class = forms.MeetingForm
    action = review_meetings.note_meeting
    states = (State.SELF_ASSESSED,)
    heading = _("Say that you met")
    lede = _("Roles only, nobody’s name. The other side confirms it.")
    button = _("Note the meeting")
    success_message = _("Noted. The other side confirms it.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"on": timezone.localdate()}


class ConfirmMeeting(ReviewMove):
    permission_required = "partnerships.meet_for_review"
    template_name = "partnerships/review_meeting_confirm.html"
    action = review_meetings.confirm_meeting
    states = (State.SELF_ASSESSED,)
    heading = _("Did you meet?")
    lede = _("If it was otherwise, note the meeting anew; the other side confirms it then.")
    button = _("Yes, we met")
    success_message = _("Both sides say that you met. Now say what comes of it.")


class PromiseAtReview(ReviewMove):
    permission_required = "partnerships.promise_at_review"
    form_class = PromiseForm
    action = review_meetings.promise_at_review
    states = (State.SELF_ASSESSED, State.MET)
    has_words = True
    heading = _("A new promise")
    lede = _("Promise something for your own side, or ask it of the other.")
    button = _("Put it on the record")
    success_message = _("The promise stands on the shared record.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | promise_form_of(self.subject.partnership, self.side)

    def get_initial(self):
        return {"owner_side": self.side}


class ProposeJoint(ReviewMove):
    permission_required = "partnerships.state_on_review"
    form_class = forms.ReviewStatementForm
    action = review_meetings.propose_joint
    states = (State.MET,)
    has_words = True
    heading = _("Propose one statement of both")
    lede = _("You sign it now. It stands once the other side has signed the same words.")
    button = _("Sign and propose")
    success_message = _("Signed for your side. The other side signs it, or proposes other words.")

    def get_initial(self):
        return {"words": self.joint.words} if self.joint else {}


class SignJoint(ReviewMove):
    permission_required = "partnerships.state_on_review"
    template_name = "partnerships/review_joint_sign.html"
    form_class = forms.JointSignForm
    action = review_meetings.sign_joint
    states = (State.MET,)
    heading = _("Sign the statement of both")
    lede = _("It does not change any more, and goes to the independent panel.")
    button = _("Sign")
    success_message = _("Signed by both. The panel has three weeks to comment.")

    def get_initial(self):
        return {"read": digest_of(self.joint.words)} if self.joint else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(statement=self.joint, **kwargs)


class StateOwn(ReviewMove):
    permission_required = "partnerships.state_on_review"
    form_class = forms.ReviewStatementForm
    action = review_meetings.state_own
    states = (State.MET,)
    has_words = True
    heading = _("Sign a statement of your own side")
    lede = _("Then there are two statements, one of each side. It does not change once signed.")
    button = _("Sign")
    success_message = _("Signed. Once both sides have, the panel has three weeks to comment.")
