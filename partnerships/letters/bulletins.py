"""Mail about bulletins: kind, unit, date and link; nothing of what it says."""

from datetime import timedelta

from config.outbox.kinds import Recipient
from config.outbox.kinds import register as register_kind
from contacts.mail import address_of, plain_kind
from partnerships.actions import bulletin_questions as questions
from partnerships.actions import bulletins
from partnerships.models import Bulletin, BulletinAsker, BulletinQuestion

State = Bulletin.State


def _bulletin(message):
    return Bulletin.objects.select_related("institution").get(pk=message.about_id)


def _question(message):
    return BulletinQuestion.objects.for_list().get(pk=message.about_id)


def _facts(message):
    return _facts_of(_bulletin(message))


def _facts_of(bulletin):
    unit = bulletin.institution
    return {
        "kind": bulletin.get_kind_display(),
        "unit": unit.name,
        "function": unit.get_unit_function_display(),
        "on": bulletin.published_at,
        "path": bulletin.get_absolute_url(),
    }


def _question_facts(message):
    question = _question(message)
    return _facts_of(question.bulletin) | {
        "asked_at": question.asked_at,
        "path": question.get_absolute_url(),
    }


def _stands(message):
    return _bulletin(message).stands


def _stays_in(*states):
    return lambda message: _bulletin(message).state in states


def _unanswered(message):
    return _question(message).is_open


def _always(message):
    return True


def author(message) -> Recipient | None:
    """Whoever drafted it, an officer of a unit that mosques invite among them."""
    return address_of(message.recipient_id, also_invited=True)


def asker(message) -> Recipient | None:
    """Whoever asked: looked up when it leaves, by the worker, who alone may know."""
    found = BulletinAsker.objects.filter(question=message.about_id).select_related("asked_by")
    return next((address_of(one.asked_by.user_id) for one in found), None)


BULLETIN_LETTERS = (
    (bulletins.SIGN_OFF, "bulletin_to_sign_off", _stays_in(State.DRAFT), {}),
    (bulletins.CHECKED, "bulletin_checked", _stays_in(State.CHECKED), {"recipient": author}),
    (bulletins.PUBLISHED, "bulletin_published", _stands, {}),
    (bulletins.UPDATED, "bulletin_updated", _stands, {}),
    (bulletins.WITHDRAWN, "bulletin_withdrawn", _stays_in(State.WITHDRAWN), {}),
)
QUESTION_LETTERS = (
    (questions.ASKED, "bulletin_question_asked", _unanswered, {}),
    (questions.WARNED, "bulletin_question_warned", _unanswered, {}),
    (questions.OVERDUE, "bulletin_question_overdue", _unanswered, {}),
    (questions.ANSWERED, "bulletin_question_answered", _always, {"recipient": asker}),
)


def register():
    for letters, facts in ((BULLETIN_LETTERS, _facts), (QUESTION_LETTERS, _question_facts)):
        for code, template, still_due, options in letters:
            register_kind(
                plain_kind(
                    code,
                    template=f"partnerships/{template}",
                    still_due=still_due,
                    context=facts,
                    give_up_after=timedelta(days=3),
                    **options,
                )
            )
