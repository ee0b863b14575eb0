"""What nobody else would see to: visits whose day went by, and one's own work far from the team."""

import pytest
from django.urls import reverse

from contacts.models import User

from .arrange import (
    attend,
    correction,
    day,
    hold,
    note,
    noted,
    promise,
    take_part,
    visit,
)
from .test_digests import texts
from .test_home import ahead, waits

pytestmark = pytest.mark.django_db


def planned(world, by=None, partnership=None, **fields):
    partnership = partnership or world.partnership
    return visit(partnership, by or world.sergeant, state="planned", **{"on": day(-1)} | fields)


def links_of(made):
    log = f"{reverse('events:visit-log')}?planned={made.ref}"
    return log, reverse("events:visit-cancel", args=[made.ref])


# --- Was it held? -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sergeant", "officer", "imam", "member"])
def test_home_asks_both_sides_whether_a_planned_visit_was_held(world, open_as, who):
    made = planned(world)

    response = open_as(getattr(world, who), "/")

    assert waits(response) == {"was_it_held": 1}
    page = response.content.decode()
    assert all(f'href="{link}"' in page for link in links_of(made))


def test_home_asks_it_once_the_day_has_gone_by(world, open_as):
    planned(world, on=day(0))

    response = open_as(world.sergeant, "/")

    assert waits(response) == {}
    assert ahead(response, "visits").total == 1


def test_home_asks_it_no_longer_once_it_was_held_or_cancelled(world, open_as):
    noted(world.partnership, world.sergeant, state="confirmed", on=day(-1))
    visit(world.partnership, world.sergeant, state="cancelled", on=day(-1))

    assert waits(open_as(world.sergeant, "/")) == {}


@pytest.mark.parametrize("who", ["other_imam", "far_imam", "far_sergeant", "inspector"])
def test_home_asks_nobody_else_whether_it_was_held(world, open_as, who):
    planned(world)

    assert waits(open_as(getattr(world, who), "/")) == {}


def test_home_lets_a_guest_say_that_it_was_held_and_not_cancel_it(world, open_as):
    made = planned(world, partnership=world.other_partnership)
    take_part(made, world.partnership)

    page = open_as(world.imam, "/").content.decode()

    log, cancel = links_of(made)
    assert f'href="{log}"' in page
    assert cancel not in page


def test_list_of_visits_can_be_narrowed_to_those_whose_day_went_by(world, open_as):
    made = planned(world)
    planned(world, on=day(0))
    visit(world.partnership, world.sergeant)

    response = open_as(world.sergeant, reverse("events:visit-list"), period="gone_by")

    assert list(response.context["page"].items) == [made]


def test_digest_asks_whether_a_planned_visit_was_held(world, monday):
    planned(world)

    asked = "Was it held? Visit, Masjid An-Noor, Sunday 22 November 2026"
    assert asked in texts(world.sergeant)
    assert "Was it held? Visit, Sunday 22 November 2026" in texts(world.imam)
    assert asked not in texts(world.far_sergeant)


# --- One's own, wherever it was ----------------------------------------------------------------


def own_work_far_away(world, person):
    """Arrange, far from the person's team, what only they would see to."""
    far, imam = world.far_partnership, world.far_imam
    visit(far, person)
    visit(far, world.far_sergeant, held_recorded_by=person.contact)
    correction(note(visit(far, person), person, state="correction_open"), imam)
    promise(far, person, owner=person.contact, due=2)
    promise(far, imam, owner=person.contact, state="proposed")
    attend(planned(world, world.far_sergeant, far), person)


OWN = {"was_it_held": 1, "finish": 2, "corrections": 1, "to_agree": 1, "we_owe": 1}


@pytest.mark.parametrize("who", ["officer", "sergeant", "inspector"])
def test_home_holds_an_officers_own_work_outside_their_area(world, open_as, who):
    person = getattr(world, who)
    own_work_far_away(world, person)

    assert waits(open_as(person, "/")) == OWN


def test_home_asks_nobody_to_finish_what_they_only_came_along_to_elsewhere(world, open_as):
    attend(visit(world.far_partnership, world.far_sergeant), world.officer)

    assert waits(open_as(world.officer, "/")) == {}


def test_home_of_colleagues_does_not_hold_it(world, open_as):
    own_work_far_away(world, world.officer)

    for who in (world.sergeant, world.inspector, world.imam):
        assert waits(open_as(who, "/")) == {}


def test_home_counts_ones_own_work_inside_the_area_once(world, open_as):
    made = visit(world.partnership, world.officer)
    attend(made, world.officer)
    promise(world.partnership, world.officer, owner=world.officer.contact)

    assert waits(open_as(world.officer, "/")) == {"finish": 1, "we_owe": 1}


def test_home_of_an_inspector_in_a_team_shows_own_work_once(world, open_as):
    hold(world.sergeant, "inspector", at=world.team)
    visit(world.far_partnership, world.sergeant)

    response = open_as(world.sergeant, "/")

    assert waits(response, 0) == {}
    assert waits(response, 1) == {"finish": 1}


def test_digest_holds_an_officers_own_work_outside_their_area(world, monday):
    visit(world.far_partnership, world.inspector)

    due = "Finish and share the note: Visit, Eastvale Mosque, Friday 20 November 2026"
    assert due in texts(world.inspector)
    assert due not in texts(User.objects.get(pk=world.officer.pk))
