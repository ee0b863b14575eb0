"""What came of consultations, as a figure: themes by outcome, answers counted apart."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from config.dashboard.figures.consultations import consulted
from config.dashboard.figures.scope import Period, Scope
from contacts.models import User
from tests.partnerships import consultation_kit as kit
from tests.partnerships.consultation_kit import AT, DECIDED

pytestmark = pytest.mark.django_db
YEAR = Period(dt.date(2026, 1, 1), dt.date(2027, 1, 1))


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(AT, tick=False)


def figure_of(user, period=YEAR):
    return consulted(scope=Scope.of(User.objects.get(pk=user.pk)), period=period)


def test_consulted_counts_themes_by_outcome_and_answers_apart(world):
    kit.reported(world, objection="Too short a sheet.")
    kit.considering(world)  # decided on nothing yet
    found = figure_of(world.coordinator)

    assert (found.consultations, found.objected, found.reported) == (1, 1, 1)
    assert (found.n, found.changed, found.partly, found.unchanged) == (1, 1, 0, 0)
    assert (found.members, found.others, found.umbrella) == (1, 0, 0)
    assert found.percent_changed == 100
    assert figure_of(world.imam).n == 1
    assert figure_of(world.far_imam).n == 0
    before = Period(dt.date(2026, 1, 1), DECIDED.date())
    assert figure_of(world.coordinator, before).n == 0


def test_the_page_of_the_figure_shows_it_and_gives_it_as_a_file(world, time_machine):
    kit.reported(world)
    time_machine.move_to(DECIDED, tick=False)
    client = Client()
    client.force_login(world.imam)
    shown = client.get(reverse("dashboard-apart", args=["consultations"])).content.decode()
    assert "100%" in shown
    assert "Answers of umbrella bodies, as bodies" in shown
    file = client.get(reverse("dashboard-csv", args=["consultations"]))
    assert "Themes raised" in file.getvalue().decode()
    assert client.get(reverse("dashboard-apart", args=["promises"])).status_code == 404
