from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.outbox.models import Message
from contacts.models import Contact, Institution, Invitation, PolicingArea
from contacts.presenters import shown_name

GIVEN = {
    "force": "west-yorkshire",
    "district": "Millbrook",
    "neighbourhood": "Millbrook West",
    "coordinator_name": "Priya Sandhu",
    "coordinator_email": "priya@police.example",
}


def run(**changes):
    out = StringIO()
    call_command("setup_force", stdout=out, **(GIVEN | changes))
    return out.getvalue()


def counts():
    return [model.objects.count() for model in (PolicingArea, Institution, Contact, Message)]


def test_setup_force_makes_areas_institution_and_coordinator(db):
    said = run()

    names = PolicingArea.objects.order_by("lineage").values_list("name", flat=True)
    assert list(names) == ["West Yorkshire Police", "Millbrook", "Millbrook West"]
    assert Institution.objects.get().kind == "police_force"
    coordinator = Contact.objects.get()
    assert shown_name(coordinator) == "Priya Sandhu"
    assert coordinator.holdings.get().access_role == "coordinator"
    assert Invitation.objects.get().email == "priya@police.example"
    assert Message.objects.get().kind == "contacts.invitation"
    assert "Priya Sandhu opens the link" in said


def test_setup_force_twice_adds_nothing(db):
    run()
    before = counts()

    said = run()

    assert counts() == before
    assert "nothing was added" in said


def test_setup_force_may_add_a_district_later(db):
    run(district="", neighbourhood="")

    run()

    assert PolicingArea.objects.filter(level="district").count() == 1
    assert Message.objects.count() == 1


def test_setup_force_takes_another_name(db):
    run(name="Northshire Police")

    assert Institution.objects.get().name == "Northshire Police"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"force": "narnia"}, "There is no force narnia"),
        ({"district": ""}, "--neighbourhood needs --district"),
        ({"coordinator_email": "priya"}, "priya is not an e-mail address"),
        ({"coordinator_name": None}, "--coordinator-name is missing"),
    ],
)
def test_setup_force_says_what_is_wrong(db, changes, said, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO())

    with pytest.raises(CommandError, match=said):
        run(**changes)

    assert not PolicingArea.objects.exists()
