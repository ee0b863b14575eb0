"""Mail about consultations: kind, unit, dates and link; nothing of what it says."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from config.outbox.kinds import register as register_kind
from contacts.mail import plain_kind
from partnerships.actions import consultation_states as letters
from partnerships.actions import rapid_advice as advice
from partnerships.models import Consultation

State = Consultation.State

# By the letter: what happened, what follows for the reader, and in which states it still holds.
SAID = {
    letters.DRAFTED: (
        _("A consultation waits for your body’s word"),
        _("Say whether the question and what there is to read are fair, or object."),
        {State.DRAFT},
    ),
    letters.CO_SIGNED: (
        _("The umbrella body has had its say on a consultation"),
        _("It agrees, or has objected: the page says which. It can be opened now."),
        {State.CO_SIGNED},
    ),
    letters.OPENED: (
        _("A consultation is open"),
        _("You can answer for your institution. Nothing is decided yet."),
        {State.OPEN},
    ),
    letters.WEEK_LEFT: (
        _("A consultation closes soon"),
        _("Your institution has not answered yet. It need not."),
        {State.OPEN},
    ),
    letters.CLOSED: (
        _("A consultation has closed"),
        _("Now two people read the answers, one of them of the umbrella body."),
        {State.CLOSED},
    ),
    letters.CONSIDERING: (
        _("Your answer is being considered"),
        _("The page says what was heard."),
        {State.CONSIDERING},
    ),
    letters.DECIDED: (
        _("A consultation is decided"),
        _("The page says what changed, what did not, and why."),
        {State.DECIDED, State.REPORTED_BACK},
    ),
    letters.REPORTED: (
        _("What came of a consultation"),
        _("The page says what was heard, what changed, what did not, and why."),
        {State.REPORTED_BACK},
    ),
    letters.ABANDONED: (
        _("A consultation was given up"),
        _("The page says why."),
        {State.ABANDONED},
    ),
}
ADVISED = {
    advice.ASKED: (
        _("Advice, not consultation: police ask you within hours"),
        _("It cannot wait. The page says why, and what was not disclosed to you."),
        {State.OPEN, State.CLOSED},
    ),
    advice.GIVEN: (
        _("Advice, not consultation: the umbrella body has advised"),
        _("Read it now, and say afterwards what you did."),
        {State.OPEN, State.CLOSED},
    ),
    advice.CLOSED: (
        _("Advice, not consultation: no advice came in time"),
        _("Ring them. Say on the page what you did, without advice as well."),
        {State.CLOSED},
    ),
    advice.REPORTED: (
        _("Advice, not consultation: what police did"),
        _("The page says what they did, and what with your advice."),
        {State.REPORTED_BACK},
    ),
}
EVERY = SAID | ADVISED


def _consultation(message):
    return Consultation.objects.for_list().get(pk=message.about_id)


def _still_holds(message):
    return _consultation(message).state in EVERY[message.kind][2]


def _facts(message):
    consultation = _consultation(message)
    happened, follows, _states = EVERY[message.kind]
    return {
        "happened": happened,
        "follows": follows,
        "unit": consultation.institution.name,
        "function": consultation.institution.get_unit_function_display(),
        "closes_on": consultation.closes_on if consultation.state == State.OPEN else None,
        "answer_by": consultation.answer_by if message.kind == advice.ASKED else None,
        "path": consultation.get_absolute_url(),
    }


def register():
    for code in EVERY:
        register_kind(
            plain_kind(
                code,
                template="partnerships/consultation_moved",
                still_due=_still_holds,
                context=_facts,
                give_up_after=timedelta(days=3),
            )
        )
