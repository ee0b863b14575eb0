"""What a panel says obliges a rank by a day; each side answers once, and lateness is told once."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from config.actor import claims
from config.dashboard.figures.panel import panel_comments as figure
from config.dashboard.figures.scope import Period
from config.dashboard.own_record import gather
from config.outbox import kinds
from config.outbox.letters import compose
from config.outbox.models import Message
from partnerships.actions import panel_comments as comments
from partnerships.actions.panel_comments import NoSuchMeasure, NoViewYet
from partnerships.models import PanelAnswer, PanelComment, PanelItem
from tests.factories import make_institution
from tests.factories.world import _area
from tests.roles import as_owner, as_role, as_task

from . import concern_kit
from . import panel_kit as kit
from .panel_kit import ANSWERED, AT, DAY, SAID

pytestmark = pytest.mark.django_db
DUE_ON = AT.date() + 28 * DAY


@pytest.fixture(autouse=True)
def _one_mosque_is_enough(settings):
    settings.PANEL_SAMPLE = kit.FEW


@pytest.fixture
def scene(world):
    world.people["reader"] = kit.member_of(kit.panel_of(world))
    world.sample = kit.small(world)
    world.item = kit.first_item(world.sample)
    return world


class Post:
    """Lets the sweep run at a moment, and takes what it promised since."""

    def __init__(self, world):
        self.names = {("user", str(u.pk)): name for name, u in world.people.items()}
        self.taken = set(Message.objects.values_list("key", flat=True))

    def at(self, moment):
        with time_machine.travel(moment, tick=False), as_task():
            comments.watch_panel_comments(at=moment)
        rows = [m for m in Message.objects.all() if m.key not in self.taken]
        self.taken |= {m.key for m in rows}
        return sorted(
            (m.kind.removeprefix("partnerships.panel_comment_"), self.who(m)) for m in rows
        )

    def who(self, message):
        return self.names[(message.recipient_kind, message.recipient_id)]


def test_a_comment_tells_who_was_asked_and_the_mosque_and_is_late_once(scene):
    post = Post(scene)
    made = kit.comment(scene.item, scene.reader)

    assert made.due_on == DUE_ON
    assert post.at(AT) == [("made", "imam"), ("made", "inspector")]
    assert post.at(AT + DAY) == []
    assert post.at(dt.datetime.combine(DUE_ON, dt.time(20), dt.UTC)) == []
    late = dt.datetime.combine(DUE_ON + DAY, dt.time(9), dt.UTC)
    assert post.at(late) == [("late", "inspector"), ("late", "reader")]
    assert post.at(late + 3 * DAY) == []


def test_an_answer_of_police_stops_the_clock_and_each_side_answers_once(scene):
    post = Post(scene)
    made = kit.comment(scene.item, scene.reader)
    post.at(AT)
    beside = kit.answer(made, scene.imam, side="institution", role="", at=AT + DAY)
    assert beside.answered_at is None
    assert post.at(AT + DAY) == [("answered", "inspector"), ("answered", "reader")]
    kit.answer(made, scene.inspector, at=AT + 2 * DAY)

    assert post.at(AT + 2 * DAY) == [("answered", "imam"), ("answered", "reader")]
    assert post.at(AT + 40 * DAY) == []
    with pytest.raises(ValidationError, match="Your side has answered"):
        kit.answer(made, scene.inspector, at=AT + 3 * DAY)


def test_where_nobody_has_the_rank_the_coordinator_is_told(scene):
    post = Post(scene)
    comments.comment_on_measure(
        sample=scene.sample,
        measure="reading",
        words=SAID,
        asked_role="commander",
        by=scene.reader,
        at=AT,
    )
    with as_owner():
        scene.commander.contact.holdings.update(held_until=AT.date())

    assert post.at(AT) == [("made", "coordinator")]


def test_mail_says_rank_day_and_link_and_no_word_that_was_typed(scene):
    made = kit.comment(scene.item, scene.reader)
    with time_machine.travel(AT, tick=False):
        kit.answer(made, scene.imam, side="institution", role="")
        Post(scene).at(AT)
        for message in Message.objects.filter(kind__startswith="partnerships.panel_"):
            kind = kinds.get(message.kind)
            with as_task():
                mail = compose(message, kind, kind.recipient(message))
            told = f"{mail.subject}\n{mail.body}"
            assert made.get_absolute_url() in told
            assert SAID not in told
            assert ANSWERED not in told
            assert scene.mosque.name not in told


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"words": " "}, "words"), ({"words": "x" * 1501}, "words"), ({"asked_role": "pc"}, None)],
)
def test_a_comment_that_is_none_names_its_field(scene, changes, field):
    given = {"item": scene.item, "words": SAID, "asked_role": "commander"} | changes
    with pytest.raises(ValidationError) as declined:
        comments.comment_on_item(**given, by=scene.reader, at=AT)

    assert (field or "asked_role") in declined.value.message_dict


def test_only_what_has_numbers_is_commented_on_and_by_whom_it_concerns(scene):
    given = {"sample": scene.sample, "words": SAID, "by": scene.reader, "at": AT}
    with pytest.raises(NoSuchMeasure):
        comments.comment_on_measure(**given, measure="promises", asked_role="commander")
    with pytest.raises(ValidationError, match="answers for the force"):
        comments.comment_on_measure(**given, measure="reading", asked_role="inspector")
    concern = concern_kit.with_panel(scene)
    with pytest.raises(NoViewYet):
        comments.comment_on_concern(
            concern=concern, words=SAID, asked_role="commander", by=scene.reader, at=AT
        )


def test_the_figure_counts_by_what_became_of_each(scene):
    made = [kit.comment(scene.item, scene.reader) for _ in range(4)]
    kit.answer(made[0], scene.inspector, at=AT + DAY)
    kit.answer(made[1], scene.inspector, at=AT + 30 * DAY)
    PanelComment.objects.filter(pk=made[3].pk).update(due_on=DUE_ON + 60 * DAY)
    kit.answer(made[3], scene.imam, side="institution", role="")
    period = Period(AT.date(), AT.date() + 31 * DAY)

    found = figure(force_ids=[scene.force_area.pk], period=period, on=DUE_ON + 2 * DAY)
    elsewhere = figure(force_ids=[-1], period=period, on=DUE_ON)

    assert (found.n, found.on_time, found.answered_late) == (4, 1, 1)
    assert (found.awaiting, found.overdue, found.answered) == (1, 1, 2)
    assert elsewhere.n == 0


# --- The second line -----------------------------------------------------------------------------


def seen_by(user):
    with transaction.atomic(), as_role("portal_app"):
        claims.enter(user.pk)
        found = tuple(m.objects.count() for m in (PanelComment, PanelAnswer, PanelItem))
        transaction.set_rollback(True)
    return found


def test_the_database_shows_comments_to_the_panel_the_force_and_whose_record_it_is(scene):
    made = kit.comment(scene.item, scene.reader)
    kit.answer(made, scene.inspector)
    comments.comment_on_measure(
        sample=scene.sample,
        measure="reading",
        words=SAID,
        asked_role="commander",
        by=scene.reader,
        at=AT,
    )
    with as_owner():
        force = _area("force", "Westmere Police")
    stranger = kit.member_of(make_institution("panel", "Westmere panel", force))

    assert seen_by(scene.reader) == (2, 1, 10)
    assert seen_by(scene.coordinator) == (2, 1, 10)
    assert seen_by(scene.imam) == (1, 1, 10)
    for outsider in (scene.other_imam, scene.far_imam, stranger, scene.stranger):
        assert seen_by(outsider) == (0, 0, 0)


def test_nobody_removes_what_was_said_and_a_comment_is_about_one_thing(scene):
    made = kit.comment(scene.item, scene.reader)
    with as_role("portal_app"), pytest.raises(DatabaseError), transaction.atomic():
        PanelComment.objects.filter(pk=made.pk)._raw_delete("default")
    with pytest.raises(IntegrityError, match="about_one_thing"), transaction.atomic():
        PanelComment.objects.filter(pk=made.pk).update(sample=scene.sample, measure="reading")


# --- Pages ---------------------------------------------------------------------------------------


@pytest.fixture
def on_the_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.mark.usefixtures("on_the_day")
def test_a_comment_goes_from_the_panel_to_both_sides_and_back(client, scene):
    client.force_login(scene.reader)
    url = reverse("partnerships:panel-item-say", args=[scene.item.ref])
    empty = client.post(url, {"words": SAID})
    sent = client.post(url, {"words": SAID, "asked_role": "inspector"})
    made = PanelComment.objects.get()
    assert set(empty.context["form"].errors) == {"asked_role"}
    assert SAID in empty.content.decode()
    assert sent.url == made.get_absolute_url()

    answer_url = reverse("partnerships:panel-comment-answer", args=[made.ref])
    for who, words in ((scene.imam, "We were not asked."), (scene.inspector, ANSWERED)):
        client.force_login(who)
        assert SAID in client.get(answer_url).content.decode()
        assert client.post(answer_url, {"words": words}).url == made.get_absolute_url()
        assert "Your side has answered" in client.get(answer_url).content.decode()

    client.force_login(scene.reader)
    told = client.get(made.get_absolute_url()).content.decode()
    assert "We were not asked." in told
    assert "Answered for police: An inspector" in told
    hidden = (scene.mosque.name, scene.imam.contact.name, scene.inspector.contact.name)
    assert not [name for name in hidden if name in told]


@pytest.mark.usefixtures("on_the_day")
@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_as_often_for_many_as_for_one(client, scene, count):
    for _ in range(count):
        kit.comment(scene.item, scene.reader)
    client.force_login(scene.imam)
    page = client.get(reverse("partnerships:panel-comment-list"))

    assert len(page.context["page"].items) == count
    assert SAID not in page.content.decode()


@pytest.mark.usefixtures("on_the_day")
def test_a_member_of_another_forces_panel_finds_nothing(client, scene):
    made = kit.comment(scene.item, scene.reader)
    with as_owner():
        force = _area("force", "Westmere Police")
    stranger = kit.member_of(make_institution("panel", "Westmere panel", force))
    client.force_login(stranger)

    for row in (scene.sample, scene.item, made):
        assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(reverse("panel")).status_code == 200


def test_a_mosques_copy_of_its_record_holds_what_the_panel_read_and_said(scene):
    made = kit.comment(scene.item, scene.reader)
    kit.answer(made, scene.inspector)
    [section] = [each for each in gather(scene.mosque) if each.code == "panelorigin"]
    [said] = [row["comments"] for row in section.rows if "comments" in row]

    assert len(section.rows) == 10
    assert said[0]["words"] == SAID
    assert said[0]["answers"][0]["words"] == ANSWERED
    assert scene.reader.contact.name not in str(section.rows)
