import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from config.dashboard.catalogue import FIGURES, NAMING
from partnerships.models import Partnership
from tests.factories import make_institution, make_partnership
from tests.partnerships.bulletin_kit import ask, published
from tests.partnerships.concern_kit import raised
from tests.roles import as_owner
from tests.support.counting import asks
from tests.support.tables import XLSX, rows_of

from .arrange import day, noted, promise, request, visit

pytestmark = pytest.mark.django_db

DASHBOARD = "/dashboard/"


def table(response):
    """Return a file's rows as lists of texts."""
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def sheet(response, code):
    return next(sheet for sheet in response.context["sheets"] if sheet.code == code)


def file_of(code):
    return reverse("dashboard-csv", args=[code])


@pytest.fixture
def taken_out(world, client, monday):
    """The file of missed contacts, as the sergeant who says why: it names institutions."""

    def make():
        client.force_login(world.sergeant)
        reason = reverse("dashboard-csv-reason", args=["missed-contact"])
        return client.post(reason, {"gateway": "planning"})

    return make


# --- Who sees it --------------------------------------------------------------------------------

STATUS = {
    "coordinator": 200,
    "commander": 200,
    "inspector": 200,
    "sergeant": 200,
    "imam": 200,
    "umbrella_lead": 200,
    "officer": 403,
    "member": 403,
    "stranger": 403,
}


@pytest.mark.parametrize(("who", "status"), STATUS.items())
def test_dashboard_is_for_leads_and_those_who_answer_for_a_team(world, open_as, who, status):
    person = getattr(world, who)

    assert open_as(person, DASHBOARD).status_code == status
    assert open_as(person, file_of("promises")).status_code == status


def test_dashboard_sends_who_is_not_signed_in_to_sign_in(world, client):
    for address in (DASHBOARD, file_of("promises")):
        assert client.get(address).status_code == 302


def test_dashboard_of_a_mosque_holds_its_own_figures_only(world, open_as):
    promise(world.partnership, world.sergeant, state="kept", due=-3)
    promise(world.other_partnership, world.sergeant, state="could_not", due=-3)

    response = open_as(world.imam, DASHBOARD)

    assert sheet(response, "promises").headline == "100%"
    assert "coverage" not in [sheet.code for sheet in response.context["sheets"]]
    assert world.other_mosque.name not in response.content.decode()
    assert open_as(world.imam, file_of("coverage")).status_code == 404


def test_dashboard_of_a_sergeant_leaves_other_areas_out(world, open_as):
    request(world.far_partnership, world.far_imam)

    response = open_as(world.sergeant, DASHBOARD)

    assert sheet(response, "response-times").n == "n = 0 requests"
    assert "Eastvale" not in response.content.decode()


# --- What it says -------------------------------------------------------------------------------


def test_dashboard_says_n_and_period_beside_every_figure_and_a_table_with_it(world, open_as):
    noted(world.partnership, world.sergeant, state="confirmed")
    request(world.partnership, world.imam, state="accepted", after_hours=5)
    promise(world.partnership, world.sergeant, state="kept", due=-3)
    raised(world)
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(
            working_months=1, meetings_since=day(-40)
        )

    ask(world, published(world))

    response = open_as(world.coordinator, DASHBOARD)
    page = response.content.decode()

    assert [sheet.code for sheet in response.context["sheets"]] == list(FIGURES)
    assert page.count("24 November 2025 to 23 November 2026") >= len(FIGURES)
    assert all(sheet.n.startswith("n = ") for sheet in response.context["sheets"])
    assert "Joining is voluntary; not joining is not a negative." in page
    assert page.count("<table") == len(FIGURES) + 2  # two of them month by month as well


def test_dashboard_says_what_empty_figures_mean(world, open_as):
    page = open_as(world.far_sergeant, DASHBOARD).content.decode()

    assert "No rhythm of contact is agreed with anybody here." in page
    assert "No institution asked for anything in this period." in page
    assert "No promise fell due in this period." in page


def test_dashboard_colours_no_institution(world, open_as):
    noted(world.partnership, world.sergeant, state="disagreed")

    page = open_as(world.coordinator, DASHBOARD).content.decode()

    assert "govuk-tag" not in page


def test_dashboard_names_missed_contacts_in_alphabetical_order(world, open_as):
    for name in ("Zakariya Mosque", "Abu Bakr Mosque"):
        mosque = make_institution("mosque", name, world.neighbourhood)
        make_partnership(mosque, world.team, cadence_days=30, last_contact_on=day(-60))

    response = open_as(world.sergeant, DASHBOARD)
    page = response.content.decode()

    names = [row[0] for row in sheet(response, "missed-contact").rows]
    assert names == ["Abu Bakr Mosque", "Masjid An-Noor", "Zakariya Mosque"]
    assert page.index(names[0]) < page.index(names[1]) < page.index(names[2])


def test_dashboard_shows_25_rows_of_a_table_and_says_that_the_file_has_all(
    world, open_as, taken_out
):
    for number in range(26):
        mosque = make_institution("mosque", f"Mosque {number:02}", world.neighbourhood)
        make_partnership(mosque, world.team, cadence_days=30, last_contact_on=day(-60))

    page = open_as(world.sergeant, DASHBOARD).content.decode()

    assert "Mosque 23" in page
    assert "Mosque 24" not in page
    assert "2 more are in the file." in page
    assert len(table(taken_out())) == 28


# --- The filter ---------------------------------------------------------------------------------


def test_dashboard_filters_by_months(world, open_as):
    visit(world.partnership, world.sergeant, on=day(-100))

    assert sheet(open_as(world.sergeant, DASHBOARD), "reciprocity").n == "n = 1 visit held"
    filtered = open_as(world.sergeant, DASHBOARD, period="3")
    assert sheet(filtered, "reciprocity").n == "n = 0 visits held"


def test_dashboard_filters_by_days_both_included(world, open_as):
    visit(world.partnership, world.sergeant, on=dt.date(2026, 3, 1))
    visit(world.partnership, world.sergeant, on=dt.date(2026, 3, 31))
    visit(world.partnership, world.sergeant, on=dt.date(2026, 4, 1))
    march = {"since_0": 1, "since_1": 3, "since_2": 2026}
    march |= {"until_0": 31, "until_1": 3, "until_2": 2026}

    response = open_as(world.sergeant, DASHBOARD, **march)

    assert sheet(response, "reciprocity").n == "n = 2 visits held"


def test_dashboard_filters_by_district(world, open_as):
    visit(world.partnership, world.sergeant)
    visit(world.far_partnership, world.far_sergeant)

    response = open_as(world.coordinator, DASHBOARD, area=world.far_mosque.district_id)

    assert sheet(response, "reciprocity").n == "n = 1 visit held"
    assert "Eastvale" in response.context["area_name"]


@pytest.mark.parametrize(
    "query",
    [
        {"area": "999999"},
        {"period": "7"},
        {"since_0": "31", "since_1": "2", "since_2": "2026"},
        {"since_0": "1", "since_1": "12", "since_2": "2026"},
        {"until_0": "1", "until_1": "3", "until_2": "2026"},
        {"since_0": "1", "since_1": "1", "since_2": "2001"},
    ],
)
def test_dashboard_says_what_is_wrong_with_a_filter_and_shows_the_usual_figures(
    world, open_as, query
):
    response = open_as(world.sergeant, DASHBOARD, **query)

    assert response.context["form"].errors
    assert response.context["period"].since == dt.date(2025, 11, 24)


def test_dashboard_offers_a_sergeant_no_area_that_is_not_theirs(world, open_as):
    areas = open_as(world.sergeant, DASHBOARD).context["form"].areas

    assert set(areas.values()) == {"Millbrook", "Millbrook West"}


# --- Files --------------------------------------------------------------------------------------


def test_figure_csv_holds_the_table_with_area_and_period(world, open_as):
    promise(world.partnership, world.sergeant, state="kept", due=-3)

    response = open_as(
        world.sergeant, file_of("promises"), period="6", area=world.mosque.district_id
    )

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (
        'attachment; filename="promises-millbrook-2026-05-24-2026-11-23.csv"'
    )
    rows = table(response)
    assert rows[0] == ["Promises", "Police", "Mosques", "Area", "From", "To"]
    assert rows[1] == ["Kept", "1", "0", "Millbrook", "2026-05-24", "2026-11-23"]


def test_figure_csv_of_a_chart_over_time_holds_its_months(world, open_as):
    request(world.partnership, world.imam, state="accepted", after_hours=5)

    rows = table(open_as(world.sergeant, file_of("response-times")))

    assert ["Median hours, November 2026", "5.0"] in [row[:2] for row in rows]


def test_figure_csv_makes_no_formula_of_a_name(world, taken_out):
    mosque = make_institution("mosque", '=HYPERLINK("http://x.example")', world.neighbourhood)
    make_partnership(mosque, world.team, cadence_days=30, last_contact_on=day(-60))

    rows = table(taken_out())

    assert rows[1][0] == '\'=HYPERLINK("http://x.example")'


def test_figure_xlsx_holds_the_same_as_numbers_and_days(world, open_as):
    promise(world.partnership, world.sergeant, state="kept", due=-3)
    asked = {"period": "6", "area": world.mosque.district_id}

    response = open_as(world.sergeant, reverse("dashboard-xlsx", args=["promises"]), **asked)

    assert response["Content-Type"] == XLSX
    assert response["Content-Disposition"] == (
        'attachment; filename="promises-millbrook-2026-05-24-2026-11-23.xlsx"'
    )
    days = [dt.datetime.fromisoformat(each) for each in ("2026-05-24", "2026-11-23")]
    assert rows_of(response)[1] == ["Kept", 1, 0, "Millbrook", *days]
    as_csv = table(open_as(world.sergeant, file_of("promises"), **asked))
    assert [row[0] for row in rows_of(response)] == [row[0] for row in as_csv]


def test_figure_csv_knows_no_other_figures(world, open_as):
    assert open_as(world.coordinator, file_of("league-table")).status_code == 404


@pytest.mark.parametrize("code", sorted(FIGURES.keys() - NAMING))
def test_figure_csv_has_a_file_for_each_figure(world, open_as, code):
    assert len(table(open_as(world.coordinator, file_of(code)))) >= 1


# --- How many queries ---------------------------------------------------------------------------


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("coordinator", 18), ("sergeant", 18), ("imam", 17)])
def test_dashboard_query_count_is_constant(world, client, monday, who, queries, item_count):
    for _number in range(item_count):
        noted(world.partnership, world.sergeant, state="confirmed")
        request(world.partnership, world.imam, state="accepted", after_hours=5)
        promise(world.partnership, world.sergeant, state="kept", due=-3)
    client.force_login(getattr(world, who))

    with asks(queries):  # EVERY_REQUEST; eleven for the figures
        client.get(DASHBOARD)
