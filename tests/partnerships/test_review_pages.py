"""The pages of a review: for each side, for a panel, and for anybody."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from contacts.actions.sharing import give_permission
from partnerships.actions import published
from partnerships.models import PartnershipReview, PublishedItem, ReviewAssessment, ReviewStatement
from partnerships.models.reviews import digest_of
from tests.factories import panel_member
from tests.partnerships import review_kit as kit
from tests.partnerships.review_kit import AT, DAY, INSTITUTION, POLICE
from tests.support.counting import asks

pytestmark = pytest.mark.django_db
State = PartnershipReview.State
HIDDEN, OWN = "Nobody rang back in July.", "The lights went out twice."


@pytest.fixture(autouse=True)
def _then(time_machine):
    time_machine.move_to(AT + 4 * DAY, tick=False)


def page(user, name, review, method="get", **sent):
    client = Client()
    client.force_login(user)
    url = reverse(f"partnerships:review-{name}", args=[review.ref])
    return getattr(client, method)(url, sent)


def test_each_side_reads_its_own_account_alone_until_both_are_in(world):
    review = kit.frozen(world)
    kit.assess(world, review, POLICE, did_not=HIDDEN)
    ours, theirs = (page(who, "detail", review).text for who in (world.sergeant, world.imam))
    kit.assess(world, review, INSTITUTION, did_not=OWN)
    both = [page(who, "detail", review).text for who in (world.sergeant, world.imam)]

    assert (HIDDEN in ours, HIDDEN in theirs) == (True, False)
    assert "Police have written theirs." in theirs
    assert all(HIDDEN in text and OWN in text for text in both)


def test_the_queryset_keeps_to_it_without_the_second_line(world):
    review = kit.frozen(world)
    kit.assess(world, review, POLICE)
    rows = ReviewAssessment.objects

    assert not rows.readable_from(review, INSTITUTION).exists()
    assert rows.readable_from(review, POLICE).exists()


def test_a_side_that_let_its_time_go_by_is_said_to_have(world):
    review = kit.frozen(world)
    kit.assess(world, review, POLICE)
    kit.reviews.open_reviews(at=AT + 14 * DAY)

    assert "The mosque wrote nothing in time." in page(world.imam, "detail", review).text


def test_signing_says_what_was_read_and_reads_it_again_where_it_changed(world):
    review = kit.propose_joint(world, kit.met(world))
    read = digest_of(kit.STATEMENT)
    shown = page(world.imam, "joint-sign", review)
    kit.propose_joint(world, review, words="Other words.")
    late = page(world.imam, "joint-sign", review, "post", read=read)
    signed = page(world.imam, "joint-sign", review, "post", read=digest_of("Other words."))

    assert read in shown.text
    assert kit.STATEMENT in shown.text
    assert (late.status_code, "changed meanwhile" in late.text) == (200, True)
    assert signed.status_code == 302
    assert ReviewStatement.objects.get().countersigned_by == world.imam.contact


def test_a_panel_reads_it_without_a_name_and_comments(world):
    review, panel = kit.two_statements(world), panel_member(world)
    first = page(panel, "panel", review)
    answer = page(panel, "panel", review, "post", words="Both could say when.")
    later = page(panel, "panel", review)

    names = [person.contact.name for person in (world.imam, world.sergeant, world.coordinator)]
    assert (first.status_code, answer.status_code) == (200, 302)
    assert kit.STATEMENT in first.text
    assert kit.WORDS["worked"] in first.text
    assert not any(name in first.text + later.text for name in names)
    assert "Too few to show" in first.text
    assert "Both could say when." in later.text
    assert kit.again(review).state == State.PANEL_COMMENT


def test_a_panel_reads_no_account_while_each_side_writes_alone_and_no_unsigned_words(world):
    review, panel = kit.frozen(world), panel_member(world)
    kit.assess(world, review, POLICE)
    alone = page(panel, "panel", review).text
    kit.assess(world, review, INSTITUTION)
    kit.note_meeting(world, review)
    kit.review_meetings.confirm_meeting(
        review=review, side=INSTITUTION, by=world.imam, at=AT + 2 * DAY
    )
    kit.propose_joint(world, review)

    assert kit.WORDS["worked"] not in alone
    assert kit.STATEMENT not in page(panel, "panel", review).text


def test_a_panel_finds_what_is_before_it_and_nothing_else(world):
    scheduled, panel = kit.scheduled(world), panel_member(world)
    before = page(panel, "panel", scheduled).status_code
    kit.freeze_review(review=scheduled, by=world.coordinator, at=AT)
    client = Client()
    client.force_login(panel)
    listed = client.get(reverse("partnerships:review-list")).text

    assert before == 404
    assert reverse("partnerships:review-panel", args=[scheduled.ref]) in listed
    assert page(panel, "detail", scheduled).status_code == 404
    assert page(panel, "figures", scheduled).status_code == 404
    assert page(world.imam, "panel", scheduled).status_code == 404


def test_others_find_nothing(world):
    review = kit.commented(world)

    for who in ("other_imam", "far_imam", "far_sergeant", "umbrella_lead", "stranger"):
        assert page(getattr(world, who), "detail", review).status_code == 404, who


def test_a_form_keeps_what_was_typed_and_names_the_field(world):
    review = kit.frozen(world)
    answer = page(world.imam, "assess", review, "post", worked="The rota held.", did_not="")

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"did_not"}
    assert "The rota held." in answer.text


def test_a_light_review_does_not_ask_about_next_year(world):
    review = kit.frozen(world, kind="quarterly")

    fields = page(world.imam, "assess", review).context["form"].fields
    assert not {"next_year", "agreement_changes"} & fields.keys()


def test_what_is_not_possible_now_is_said_instead_of_a_form(world):
    review = kit.frozen(world)

    for name in ("met", "met-confirm", "joint", "joint-sign", "own", "promise"):
        assert "That is not possible now" in page(world.imam, name, review).text, name


# --- The public report ---------------------------------------------------------------------------


def public(item, **headers):
    return Client().get(reverse("partnerships:public-report", args=[item.ref]), headers=headers)


def test_anybody_reads_a_report_that_both_approved_whole_and_in_two_languages(world):
    item = kit.published_report(world)
    answer = public(item)
    area = Client().get(reverse("partnerships:public-area", args=[item.district_id])).text

    said = (
        "A good year with one bad month.",
        "ایک اچھا سال",
        kit.STATEMENT,
        "Both could say when.",
    )
    assert all(words in answer.text for words in said)
    assert 'lang="ur" dir="rtl"' in answer.text
    assert "Too few to show" in answer.text
    assert world.mosque.name not in answer.text
    assert not any(
        who.contact.name in answer.text for who in world.people.values() if who.standing.contact
    )
    assert reverse("partnerships:public-report", args=[item.ref]) in area


def test_the_name_stands_there_only_where_both_wanted_it(world):
    assert world.mosque.name in public(kit.published_report(world, is_named=True)).text


def test_before_it_is_approved_both_sides_read_it_whole_and_nobody_else_does(world):
    review = kit.commented(world)
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)
    item = kit.draft_report(world, review)
    url = reverse("partnerships:report-before", args=[item.ref])
    got = {}
    for who in ("imam", "coordinator", "other_imam"):
        client = Client()
        client.force_login(getattr(world, who))
        got[who] = client.get(url)

    assert {who: answer.status_code for who, answer in got.items()} == {
        "imam": 200,
        "coordinator": 200,
        "other_imam": 404,
    }
    assert "ایک اچھا سال" in got["imam"].text
    assert public(item).status_code == 404
    client.force_login(world.imam)
    before = "Read the whole report before you approve it"
    assert before in client.get(item.get_absolute_url()).text
    published.approve_item(item=item, side=INSTITUTION, by=world.imam, at=AT + 4 * DAY)
    assert before not in client.get(item.get_absolute_url()).text


@pytest.mark.parametrize(("side", "who"), [(INSTITUTION, "imam"), (POLICE, "sergeant")])
def test_either_side_takes_it_down_at_once_for_caches_too(world, side, who):
    item = kit.published_report(world)
    tag = public(item)["ETag"]
    again = public(item, **{"if-none-match": tag}).status_code
    kit.published.take_down_item(item=item, side=side, by=getattr(world, who), at=AT + 7 * DAY)

    assert (again, public(item, **{"if-none-match": tag}).status_code) == (304, 404)
    assert PublishedItem.objects.get(pk=item.pk).state == "taken_down"


def test_the_report_names_the_hash_of_the_figures_that_both_sides_keep(world):
    item = kit.published_report(world)
    review = PartnershipReview.objects.get(reports__item=item)
    kept = page(world.imam, "figures", review).content

    assert hashlib.sha256(kept).hexdigest() in public(item).text


def test_a_report_is_not_proposed_as_ordinary_words(world):
    client = Client()
    client.force_login(world.imam)
    url = reverse("partnerships:item-propose", args=[world.partnership.ref])
    answer = client.post(url, {"kind": "review", "title": "A year", "words": "All was well."})

    assert set(answer.context["form"].errors) == {"kind"}


def test_the_report_asks_as_often_however_much_there_is(world):
    item = kit.published_report(world)
    public(item)

    with asks(1):
        public(item)
