"""From an accepted invitation to the first visit: what each side's home page says meanwhile."""

import pytest
from django.urls import reverse

from tests.factories import make_institution, make_partnership, make_person

pytestmark = pytest.mark.django_db


def accepted(world, **officers):
    """Make a mosque that was invited, and the lead who has accepted."""
    mosque = make_institution("mosque", "Masjid As-Salam", world.neighbourhood)
    made = make_partnership(mosque, world.team, state="invited", **officers)
    return made, make_person(mosque, "mosque_lead")


@pytest.mark.parametrize(
    ("officers", "next_step"),
    [
        ((), "Choose a named officer and who covers for them"),
        (("named",), "Choose who covers for the named officer"),
        (("named", "cover"), "Everything is there: begin the partnership"),
    ],
)
def test_home_of_a_coordinator_says_who_has_accepted_and_what_is_missing(
    world, open_as, officers, next_step
):
    people = {"named": world.sergeant, "cover": world.officer}
    made, _lead = accepted(world, **{role: people[role] for role in officers})
    invited = make_institution("mosque", "Hillside Mosque", world.neighbourhood)
    make_partnership(invited, world.team, state="invited")

    response = open_as(world.coordinator, "/")

    (work,) = [entry for entry, _acting, _ahead in response.context["capacities"]]
    assert [(section.code, section.total) for section in work.acting] == [("to_begin", 1)]
    page = response.content.decode()
    assert next_step in page
    assert made.get_absolute_url() in page


def test_home_of_a_lead_says_who_has_the_next_step_instead_of_offering_what_cannot_work(
    world, open_as
):
    _partnership, lead = accepted(world)

    page = open_as(lead, "/").content.decode()

    assert f"{world.team.name} has to name your officer and who covers for them." in page
    assert "They will ring you. Until then no visit can be asked for" in page
    for name in ("request-create", "visit-plan", "visit-log"):
        assert reverse(f"events:{name}") not in page


@pytest.mark.parametrize("who", ["imam", "member", "umbrella_lead", "sergeant"])
def test_home_leads_both_sides_to_planning_a_visit(world, open_as, who):
    assert reverse("events:visit-plan") in open_as(getattr(world, who), "/").content.decode()
