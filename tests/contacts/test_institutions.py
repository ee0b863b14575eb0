import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from config.audit.models import Entry
from contacts.actions import areas, institutions
from contacts.models import Contact, Institution, PolicingArea, WeeklyTime
from contacts.tasks import check_areas
from partnerships.models import LeadAssignment, Partnership
from tests.factories import make_institution
from tests.support.counting import asks

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)


def write(world, text="Shoes off, please.", by=None):
    return institutions.write_house_rules(
        institution=world.mosque,
        text=text,
        drop_in="entrance_only",
        by=by or world.imam,
        at=AT,
    )


def keep(world, **changes):
    given = {
        "institution": world.mosque,
        "kind": "madrasah",
        "weekday": 0,
        "starts": dt.time(17),
        "ends": dt.time(19),
        "by": world.imam,
        "at": AT,
    }
    return institutions.add_weekly_time(**(given | changes))


def test_add_area_stands_in_its_parent(world):
    area = areas.add_area(
        level="ward", name="Canal Side", parent=world.neighbourhood, by=world.coordinator, at=AT
    )

    assert area.lineage == [*world.neighbourhood.lineage, area.pk]
    assert area.valid_from == dt.date(2026, 11, 2)
    assert Entry.objects.get().action == "contacts.area_added"


def test_add_area_declines_a_parent_below_it(world):
    with pytest.raises(ValidationError, match="higher level"):
        areas.add_area(
            level="district", name="X", parent=world.neighbourhood, by=world.coordinator, at=AT
        )


def test_add_area_declines_a_name_twice(world):
    with pytest.raises(ValidationError, match="that name there already"):
        areas.add_area(
            level="neighbourhood",
            name="Millbrook West",
            parent=world.district,
            by=world.coordinator,
            at=AT,
        )


def test_move_area_takes_along_what_still_runs(world):
    past = LeadAssignment.objects.get(partnership=world.partnership, role="cover")
    LeadAssignment.objects.filter(pk=past.pk).update(held_until=dt.date(2026, 1, 1))
    far_district = world.other_neighbourhood.parent_id

    areas.move_area(
        institution=world.mosque, area=world.other_neighbourhood, by=world.coordinator, at=AT
    )

    assert Institution.objects.get(pk=world.mosque.pk).district_id == far_district
    assert Partnership.objects.get(pk=world.partnership.pk).district_id == far_district
    assert set(
        Contact.objects.filter(institution=world.mosque).values_list("district", flat=True)
    ) == {far_district}
    assert LeadAssignment.objects.get(pk=past.pk).district_id == world.district.pk
    assert Contact.objects.get(user=world.other_imam).district_id == world.district.pk


def test_misplaced_rows_finds_what_a_move_left_behind(world):
    assert areas.misplaced_rows() == {}

    Institution.objects.filter(pk=world.mosque.pk).update(area=world.other_neighbourhood)

    found = areas.misplaced_rows()
    assert found["partnerships.partnership"] == 1
    assert found["contacts.contact"] == 2
    check_areas()


def test_move_area_declines_an_area_that_has_ended(world):
    PolicingArea.objects.filter(pk=world.other_neighbourhood.pk).update(
        valid_until=dt.date(2026, 1, 1)
    )
    ended = PolicingArea.objects.get(pk=world.other_neighbourhood.pk)

    with pytest.raises(areas.AreaNotOpen):
        areas.move_area(institution=world.mosque, area=ended, by=world.coordinator, at=AT)


def test_add_police_team_says_what_it_is_for(world):
    given = {"kind": "police_unit", "name": "Hate crime unit", "area": world.district}

    team = institutions.add_police_team(
        **given, unit_function="hate_crime", by=world.coordinator, at=AT
    )

    assert team.get_unit_function_display() == "Hate crime"
    with pytest.raises(ValidationError, match="what the unit is for"):
        institutions.add_police_team(
            **(given | {"name": "B"}), unit_function="", by=world.coordinator, at=AT
        )


def test_write_house_rules_keeps_words_and_moment(world):
    write(world)

    mosque = Institution.objects.get(pk=world.mosque.pk)
    assert (mosque.before_you_come, mosque.drop_in) == ("Shoes off, please.", "entrance_only")
    assert mosque.before_you_come_at == AT
    assert Entry.objects.get().details == {"drop_in": "entrance_only"}


def test_write_house_rules_unchanged_keep_the_date_from_which_they_stand(world):
    rules = {"institution": world.mosque, "drop_in": "entrance_only", "by": world.imam}
    institutions.write_house_rules(text="Shoes off.\nKnock.", at=AT, **rules)
    later = AT + dt.timedelta(days=30)

    same = institutions.write_house_rules(text="Shoes off.\r\nKnock.", at=later, **rules)
    assert same.before_you_come_at == AT
    other = institutions.write_house_rules(text="Shoes on.", at=later, **rules)
    assert other.before_you_come_at == later


def test_weekly_times_are_added_and_taken_out(world):
    kept = keep(world)
    assert list(WeeklyTime.objects.kept_by(world.mosque, on=dt.date(2026, 11, 2))) == [kept]

    institutions.end_weekly_time(weekly_time=kept, by=world.imam, at=AT)

    assert not WeeklyTime.objects.kept_by(world.mosque, on=dt.date(2026, 11, 2))
    with pytest.raises(institutions.WeeklyTimeEnded):
        institutions.end_weekly_time(weekly_time=kept, by=world.imam, at=AT)


def test_add_weekly_time_declines_an_end_before_its_start(world):
    with pytest.raises(ValidationError, match="end must come after"):
        keep(world, ends=dt.time(16))


@pytest.mark.parametrize(
    ("who", "read", "change"),
    [
        ("imam", 200, 200),
        ("member", 200, 403),
        ("sergeant", 200, 403),
        ("far_sergeant", 200, 403),
        ("commander", 200, 403),
        ("coordinator", 200, 403),
        ("other_imam", 404, 404),
        ("umbrella_lead", 404, 404),
        ("stranger", 404, 404),
        (None, 302, 302),
    ],
)
def test_house_rules_are_read_by_every_officer_and_written_by_the_mosque(
    client, world, who, read, change
):
    if who:
        client.force_login(getattr(world, who))
    args = [world.mosque.ref]

    assert client.get(reverse("contacts:house-rules", args=args)).status_code == read
    assert client.get(reverse("contacts:house-rules-write", args=args)).status_code == change
    assert client.get(reverse("contacts:weekly-time-add", args=args)).status_code == change
    ending = client.post(reverse("contacts:weekly-time-end", args=args))
    assert ending.status_code == change


@pytest.mark.parametrize("typed", [True, False])
def test_house_rules_page_says_which_times_are_kept_free(client, world, typed):
    if typed:
        keep(world)
    client.force_login(world.imam)

    page = client.get(reverse("contacts:house-rules", args=[world.mosque.ref])).content.decode()

    assert "Friday 12:00–15:00 is kept free by default" in page
    assert "The times typed here are kept free" in page
    assert ("None typed yet" in page) is not typed


def test_house_rules_page_warns_of_what_points_to_a_person(client, world):
    client.force_login(world.imam)
    url = reverse("contacts:house-rules-write", args=[world.mosque.ref])
    words = {"text": "Ring 07700 900123 first.", "drop_in": "please_call_first"}

    page = client.post(url, words)
    assert "a phone number" in page.content.decode()
    assert "Ring 07700 900123 first." in page.content.decode()
    client.post(url, words | {"guard_seen": "on"})

    assert Institution.objects.get(pk=world.mosque.pk).before_you_come == words["text"]


def test_weekly_time_pages_add_and_take_out(client, world):
    client.force_login(world.imam)
    args = [world.mosque.ref]

    client.post(
        reverse("contacts:weekly-time-add", args=args),
        {"kind": "jumuah", "weekday": "4", "starts": "12:30", "ends": "2.15pm"},
    )
    kept = WeeklyTime.objects.get()
    assert (kept.starts, kept.ends) == (dt.time(12, 30), dt.time(14, 15))
    assert (
        "Friday 12:30–14:15"
        in client.get(reverse("contacts:house-rules", args=args)).content.decode()
    )
    client.post(reverse("contacts:weekly-time-end", args=args), {"weekly_time": kept.pk})

    assert WeeklyTime.objects.get().kept_until is not None


def test_weekly_time_of_another_mosque_cannot_be_taken_out(client, world):
    theirs = keep(world, institution=world.other_mosque, by=world.other_imam)
    client.force_login(world.imam)

    client.post(
        reverse("contacts:weekly-time-end", args=[world.mosque.ref]), {"weekly_time": theirs.pk}
    )

    assert WeeklyTime.objects.get().kept_until is None


def test_team_and_area_pages_offer_only_ones_own_force(client, world):
    client.force_login(world.coordinator)
    other = PolicingArea.objects.create(
        level="force", name="Southshire", valid_from=dt.date(2024, 1, 1)
    )

    for name in ("contacts:team-add", "contacts:area-add"):
        page = client.get(reverse(name)).content.decode()
        assert "Millbrook West, Millbrook" in page
        assert other.name not in page


def test_team_page_adds_a_team(client, world):
    client.force_login(world.coordinator)

    page = client.post(
        reverse("contacts:team-add"),
        {
            "kind": "police_team",
            "name": "Millbrook East team",
            "area": world.district.pk,
            "unit_function": "neighbourhood",
        },
    )

    team = Institution.objects.get(name="Millbrook East team")
    assert page["Location"] == reverse("contacts:institution-people", args=[team.ref])


@pytest.mark.parametrize("name", ["contacts:team-add", "contacts:area-add"])
@pytest.mark.parametrize("who", ["sergeant", "imam", "stranger"])
def test_team_and_area_pages_are_for_coordinators(client, world, name, who):
    client.force_login(getattr(world, who))

    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"), [("officer", 200), ("commander", 200), ("imam", 403), ("stranger", 403)]
)
def test_team_list_is_for_police(client, world, who, status):
    client.force_login(getattr(world, who))

    assert client.get(reverse("contacts:team-list")).status_code == status


@pytest.mark.parametrize("item_count", [1, 3])
def test_team_list_query_count_is_constant(client, world, item_count):
    for number in range(item_count):
        make_institution("police_team", f"Team {number}", world.neighbourhood)
    client.force_login(world.sergeant)
    url = reverse("contacts:team-list")
    client.get(url)

    with asks(6):
        assert client.get(url).status_code == 200
