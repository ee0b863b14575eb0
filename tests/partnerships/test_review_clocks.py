"""Every clock of a review crossed, and who hears of each turn: the right people, once."""

import datetime as dt
from collections import Counter

import pytest

from config.outbox import kinds
from config.outbox.models import Message
from contacts.actions.sharing import give_permission
from contacts.models import Membership
from partnerships import tasks
from partnerships.actions import review_panel, reviews
from partnerships.models import PartnershipAgreement, PartnershipReview, SharedText
from partnerships.review_dates import months_after, next_due
from tests.factories import panel_member
from tests.partnerships import review_kit as kit
from tests.partnerships.review_kit import AT, DAY, POLICE
from tests.roles import as_owner, as_role

pytestmark = pytest.mark.django_db
State = PartnershipReview.State
SECOND = dt.timedelta(seconds=1)
INSTITUTIONS, POLICES = {"imam"}, {"sergeant", "officer", "inspector", "coordinator", "inbox"}
BOTH = INSTITUTIONS | POLICES


@pytest.fixture
def told(world):
    """Return who is promised a letter, once each; whoever is promised it twice fails the test."""
    panel_member(world)
    names = {("user", str(user.pk)): who for who, user in world.people.items()}
    names[("inbox", str(world.team.pk))] = "inbox"

    def told(letter):
        rows = Message.objects.filter(kind=f"partnerships.{letter}").exclude(state="cancelled")
        due = [row for row in rows if kinds.get(row.kind).still_due(row)]
        counted = Counter(names[(row.recipient_kind, row.recipient_id)] for row in due)
        assert set(counted.values()) <= {1}
        return set(counted)

    return told


def agree(world, in_force_on, *, number=1, state="in_force"):
    with as_owner():
        text = SharedText.objects.create(
            institution=world.mosque, partnership=world.partnership, drafted_side=POLICE
        )
        return PartnershipAgreement.objects.create(
            institution=world.mosque,
            partnership=world.partnership,
            text=text,
            number=number,
            state=state,
            review_on=in_force_on + 365 * DAY,
            drafted_at=AT,
            in_force_on=in_force_on,
        )


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (dt.date(2025, 4, 1), ("quarterly", dt.date(2025, 3, 31), dt.date(2025, 6, 30))),
        (dt.date(2025, 6, 30), ("quarterly", dt.date(2025, 3, 31), dt.date(2025, 6, 30))),
        (dt.date(2025, 7, 1), ("quarterly", dt.date(2025, 6, 30), dt.date(2025, 9, 30))),
        (dt.date(2026, 1, 1), ("annual", dt.date(2025, 3, 31), dt.date(2026, 3, 31))),
        (dt.date(2026, 4, 1), ("quarterly", dt.date(2026, 3, 31), dt.date(2026, 6, 30))),
        (dt.date(2027, 2, 28), ("annual", dt.date(2026, 3, 31), dt.date(2027, 3, 31))),
    ],
)
def test_three_quarters_are_light_and_the_fourth_is_the_year(on, due):
    assert next_due(dt.date(2025, 3, 31), on=on) == due


def test_a_month_that_is_too_short_ends_on_its_last_day():
    assert months_after(dt.date(2025, 11, 30), 3) == dt.date(2026, 2, 28)


def test_a_review_is_announced_six_weeks_ahead_once_and_where_an_agreement_is_in_force(world, told):
    agree(world, dt.date(2025, 3, 2))
    early = dt.datetime(2026, 1, 18, 23, 59, tzinfo=dt.UTC)
    on_the_day = dt.datetime(2026, 1, 19, 6, tzinfo=dt.UTC)  # 42 days before 2 March

    made = [reviews.schedule_reviews(at=at) for at in (early, on_the_day, on_the_day + DAY)]

    review = PartnershipReview.objects.get()
    assert made == [0, 1, 0]
    assert (review.kind, review.period_until) == ("annual", kit.UNTIL)
    assert (review.institution, told("review_scheduled")) == (world.mosque, BOTH)


def test_a_later_agreement_does_not_begin_the_count_anew(world):
    agree(world, dt.date(2025, 3, 2), state="superseded")
    agree(world, dt.date(2026, 1, 10), number=2)

    reviews.schedule_reviews(at=AT - 10 * DAY)
    assert PartnershipReview.objects.get().kind == "annual"


def test_nothing_is_announced_while_a_partnership_rests(world):
    agree(world, dt.date(2025, 3, 2))
    with as_owner():
        type(world.partnership).objects.update(state="paused_by_institution")

    assert reviews.schedule_reviews(at=AT - 10 * DAY) == 0


def test_freezing_tells_both_sides_and_the_panel(world, told):
    kit.frozen(world)

    assert told("review_frozen") == BOTH
    assert told("review_frozen_for_panel") == {"scrutineer"}


def test_after_fourteen_days_both_can_read_what_there_is(world, told):
    review = kit.frozen(world)
    kit.assess(world, review, POLICE)

    assert reviews.open_reviews(at=AT + 14 * DAY - SECOND) == 0
    assert told("review_opened") == set()
    assert reviews.open_reviews(at=AT + 14 * DAY) == 1
    assert reviews.open_reviews(at=AT + 15 * DAY) == 0
    review = kit.again(review)
    assert (review.state, review.institution_assessed_at) == (State.SELF_ASSESSED, None)
    assert told("review_opened") == BOTH
    assert told("review_frozen") == set()  # nothing to say any more


def test_both_in_open_it_at_once(world, told):
    kit.opened(world)

    assert told("review_opened") == BOTH


def test_panel_and_an_umbrella_that_is_let_in_hear_of_the_statements(world, told):
    with as_owner():
        Membership.objects.create(
            umbrella=world.umbrella, member=world.mosque, member_from=dt.date(2025, 1, 1)
        )
    give_permission(
        institution=world.mosque, kind="umbrella", grantee=world.umbrella, by=world.imam, at=AT
    )
    kit.joint_statement(world)

    done = [review_panel.tell_of_statements(at=AT + 3 * DAY) for _ in range(2)]
    assert done == [1, 0]
    assert told("review_stated") == {"umbrella_lead"}
    assert told("review_with_panel") == {"scrutineer"}


def test_no_umbrella_hears_of_it_that_is_not_let_in(world, told):
    kit.two_statements(world)
    review_panel.tell_of_statements(at=AT + 3 * DAY)

    assert told("review_stated") == set()


def test_a_panels_silence_is_written_down_after_three_weeks(world, told):
    review = kit.two_statements(world)
    over = AT + 3 * DAY + 21 * DAY

    assert review_panel.note_silence(at=over - SECOND) == 0
    with pytest.raises(review_panel.ReviewMovedOn):
        review_panel.comment_on_review(
            review=review, words="Late.", by=panel_member(world), at=over
        )
    assert [review_panel.note_silence(at=over) for _ in range(2)] == [1, 0]
    review = kit.again(review)
    assert (review.state, review.panel_was_silent) == (State.PANEL_COMMENT, True)
    assert review_panel.tell_of_comments(at=over) == 1
    assert told("review_commented") == BOTH


def test_a_comment_is_told_to_both_sides_once(world, told):
    kit.commented(world)

    assert [review_panel.tell_of_comments(at=AT + 4 * DAY) for _ in range(2)] == [1, 0]
    assert told("review_commented") == BOTH


def test_a_published_report_is_told_to_both_sides(world, told):
    kit.published_report(world)

    assert told("review_published") == BOTH
    assert told("item_published") == set()


def test_no_mail_says_what_anybody_typed(world, told):
    kit.published_report(world)
    kit.again(PartnershipReview.objects.get())
    review_panel.tell_of_statements(at=AT + 4 * DAY)
    review_panel.tell_of_comments(at=AT + 4 * DAY)
    rows = Message.objects.filter(kind__startswith="partnerships.review_")
    mails = [kinds.get(row.kind).render(row) for row in rows]

    assert len({row.kind for row in rows}) == 6
    typed = (*kit.WORDS.values(), kit.STATEMENT, "Both could say when.", "A good year")
    for mail in mails:
        assert world.mosque.name in mail.subject
        assert not any(words in mail.subject + mail.text for words in typed)


def test_the_worker_does_it_in_its_own_role(world, monkeypatch):
    agree(world, dt.date(2025, 3, 2))
    review = kit.two_statements(world, since=dt.date(2025, 6, 2), until=dt.date(2026, 2, 27))
    with as_role("portal_task"):
        for task, at in ((tasks.schedule_reviews, AT - DAY), (tasks.watch_reviews, AT + 30 * DAY)):
            monkeypatch.setattr("partnerships.tasks.timezone.now", lambda at=at: at)
            task()

    assert kit.again(review).state == State.PANEL_COMMENT
    assert PartnershipReview.objects.filter(period_until=kit.UNTIL, state="scheduled").exists()
