import config.dashboard.presenters
import contacts.presenters
import events.presenters
import partnerships.presenters
from events.presenters import OF_DRAFTS, VISITS
from tests.support.audit_codes import codes

LISTS = (
    config.dashboard.presenters.SENTENCES,
    contacts.presenters.SENTENCES,
    events.presenters.SENTENCES,
    partnerships.presenters.SENTENCES,
    partnerships.presenters.PROMISE_SENTENCES,
    partnerships.presenters.CONCERN_SENTENCES,
    partnerships.presenters.TEXT_SENTENCES,
    partnerships.presenters.BULLETIN_SENTENCES,
    partnerships.presenters.CONSULTATION_SENTENCES,
    partnerships.presenters.WORKSTREAM_SENTENCES,
    partnerships.presenters.REVIEW_SENTENCES,
    partnerships.presenters.PANEL_SENTENCES,
    partnerships.presenters.SAFETY_SENTENCES,
)


def test_every_code_of_the_trail_has_one_sentence():
    told = [code for sentences in LISTS for code in sentences]

    assert sorted(told) == sorted(codes())


def test_codes_are_found_however_they_are_written():
    """A constant, a verb handed on, the two ways of an if, a member of a list of choices."""
    assert codes() >= {
        "events.visit_logged",
        "contacts.invitation_resent",
        "contacts.reference_changed",
        "events.note_correction_accepted",
        "events.request_to_commander",
        "partnerships.correction_declined",
    }


def test_sentences_are_whole_and_say_nothing_twice_in_a_list():
    for sentences in LISTS:
        texts = [str(sentence) for sentence in sentences.values()]
        assert all(text[0].isupper() and not text.endswith(".") for text in texts)
        assert len(set(texts)) == len(texts)


def test_timeline_and_history_tell_only_what_is_written():
    assert set(config.dashboard.presenters.CHANGES) <= codes()
    assert set(VISITS) >= OF_DRAFTS
