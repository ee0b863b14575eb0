"""From an accepted invitation to the first visit: what each side's home page says meanwhile."""

import pytest
from django.urls import reverse

from tests.factories import make_institution, make_partnership, make_person

pytestmark = pytest.mark.django_db


def accepted(world, state="invited", **officers):
    """Make a mosque that was invited, and the lead who has accepted."""
    mosque = make_institution("mosque", "Masjid As-Salam", world.neighbourhood)
    made = make_partnership(mosque, world.team, state=state, **officers)
    return made, make_person(mosque, "mosque_lead")


@pytest.mark.parametrize(
    ("state", "officers", "next_step"),
    [
        ("invited", (), "Record the three checks"),
        ("applied", (), "for they asked to join"),
        ("verified", (), "Choose a named officer and who covers for them"),
        ("verified", ("named",), "Choose who covers for the named officer"),
        ("verified", ("named", "cover"), "go through the limits page"),
        ("met", ("named", "cover"), "Draft the agreement"),
        ("agreement_drafted", ("named", "cover"), "waits to be signed"),
    ],
)
def test_home_of_a_coordinator_says_who_is_on_the_way_and_what_comes_next(
    world, open_as, state, officers, next_step
):
    people = {"named": world.sergeant, "cover": world.officer}
    made, _lead = accepted(world, state, **{role: people[role] for role in officers})
    invited = make_institution("mosque", "Hillside Mosque", world.neighbourhood)
    make_partnership(invited, world.team, state="invited")

    response = open_as(world.coordinator, "/")

    (work,) = [entry for entry, _acting, _ahead in response.context["capacities"]]
    assert [(section.code, section.total) for section in work.acting] == [("to_begin", 1)]
    page = response.content.decode()
    assert next_step in page
    assert made.get_absolute_url() in page


def test_home_of_a_lead_leads_to_the_steps_instead_of_offering_what_cannot_work(world, open_as):
    partnership, lead = accepted(world)

    page = open_as(lead, "/").content.decode()

    assert partnership.get_absolute_url() in page
    assert "Until the agreement is signed no visit can be asked for" in page
    for name in ("request-create", "visit-plan", "visit-log"):
        assert reverse(f"events:{name}") not in page


@pytest.mark.parametrize("who", ["imam", "member", "umbrella_lead", "sergeant"])
def test_home_leads_both_sides_to_planning_a_visit(world, open_as, who):
    assert reverse("events:visit-plan") in open_as(getattr(world, who), "/").content.decode()
