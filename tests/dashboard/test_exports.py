"""A table that names institutions is taken out for a reason, which each of them reads."""

import pytest
from django.urls import reverse

from config.audit.models import AccessEvent
from config.outbox.models import Message
from contacts.models import Disclosure
from partnerships.models import Partnership
from tests.roles import as_owner
from tests.support.tables import XLSX, rows_of

from .arrange import day

pytestmark = pytest.mark.django_db

FORMATS = ("csv", "xlsx")
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
FILES = {each: reverse(f"dashboard-{each}", args=["missed-contact"]) for each in FORMATS}
REASONS = {each: reverse(f"dashboard-{each}-reason", args=["missed-contact"]) for each in FORMATS}


@pytest.fixture
def missed(world):
    """Police missed both mosques of the neighbourhood, and nobody else."""
    ours = [world.mosque, world.other_mosque]
    with as_owner():
        Partnership.objects.update(cadence_days=None)
        Partnership.objects.filter(institution__in=ours).update(
            cadence_days=30, last_contact_on=day(-60)
        )
    return ours


@pytest.mark.parametrize("each", FORMATS)
def test_file_that_names_institutions_asks_police_for_a_reason_first(missed, world, open_as, each):
    response = open_as(world.sergeant, FILES[each], period="3")

    assert (response.status_code, response["Location"]) == (302, f"{REASONS[each]}?period=3")
    page = open_as(world.sergeant, REASONS[each], period="3").content.decode()
    assert "This table names 2 institutions" in page
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("each", FORMATS)
def test_file_is_given_with_a_reason_written_down_and_announced(
    missed, world, open_as, client, each
):
    open_as(world.sergeant, REASONS[each])
    response = client.post(REASONS[each], {"gateway": "planning"})

    assert response["Content-Type"] == KINDS[each]
    assert {row[0] for row in rows_of(response)[1:]} == {place.name for place in missed}
    written = Disclosure.objects.values_list("institution", "recipient", "gateway", "content")
    assert set(written) == {(p.pk, "own_force", "planning", "table") for p in missed}
    told = Message.objects.filter(kind="contacts.disclosure_recorded")
    assert {m.recipient_id for m in told} == {str(world.imam.pk), str(world.other_imam.pk)}
    read = AccessEvent.objects.filter(what="dashboard.take_out_names")
    assert {(e.actor_id, e.institution_id) for e in read} == {
        (world.sergeant.pk, place.pk) for place in missed
    }


@pytest.mark.parametrize("each", FORMATS)
@pytest.mark.parametrize("gateway", ["", "curiosity", "court_order"])
def test_file_is_not_given_without_a_reason_that_fits(
    missed, world, open_as, client, gateway, each
):
    open_as(world.sergeant, REASONS[each])
    response = client.post(REASONS[each], {"gateway": gateway})

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"gateway"}
    assert missed[0].name not in response.content.decode()
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("each", FORMATS)
def test_a_mosque_takes_out_its_own_row_without_a_reason(missed, world, open_as, each):
    response = open_as(world.imam, FILES[each])

    assert response["Content-Type"] == KINDS[each]
    assert [row[0] for row in rows_of(response)[1:]] == [world.mosque.name]
    assert open_as(world.imam, REASONS[each]).status_code == 403


@pytest.mark.parametrize("each", FORMATS)
@pytest.mark.parametrize("role", ["officer", "imam", "member", "stranger"])
def test_reason_is_asked_of_nobody_else(world, open_as, role, each):
    assert open_as(getattr(world, role), REASONS[each]).status_code == 403


@pytest.mark.parametrize("figure", ["promises", "nothing"])
def test_reason_is_asked_for_no_table_of_numbers(world, open_as, figure):
    for each in FORMATS:
        address = reverse(f"dashboard-{each}-reason", args=[figure])

        assert open_as(world.sergeant, address).status_code == 404


def test_dashboard_links_to_the_reason_where_names_leave(missed, world, open_as):
    for each in FORMATS:
        assert REASONS[each] in open_as(world.sergeant, "/dashboard/").content.decode()
        assert REASONS[each] not in open_as(world.imam, "/dashboard/").content.decode()
        assert FILES[each] in open_as(world.imam, "/dashboard/").content.decode()
