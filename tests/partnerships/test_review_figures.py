"""Frozen figures are the same bytes for good, and what is too small stays with the two sides."""

import datetime as dt
import hashlib
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from partnerships.actions.commitments import propose_commitment
from partnerships.models import Commitment, Partnership, ReviewFigures
from partnerships.models.reviews import canonical
from partnerships.review_figures import SMALLEST, for_outsiders, for_sides
from tests.partnerships import review_kit as kit
from tests.partnerships.review_kit import AT, DAY
from tests.roles import as_owner, as_role, as_task

pytestmark = pytest.mark.django_db


def promise(world, *, days=5, state="kept"):
    """Make a promise of police that fell due within the period and ended as ``state`` says."""
    due = kit.UNTIL - days * DAY
    made = propose_commitment(
        partnership=world.partnership,
        text="Walk past each evening.",
        owner_side="police",
        due_on=due,
        side="police",
        by=world.sergeant,
        at=AT - 20 * DAY,
    )
    with as_owner():
        Commitment.objects.filter(pk=made.pk).update(state=state)
    return made


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def forge(statement):
    """Do what somebody with the server in their hands could: the triggers are out of the way."""
    with as_owner():
        run(
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE partnerships_reviewfigures DISABLE TRIGGER USER",
            statement,
            "ALTER TABLE partnerships_reviewfigures ENABLE TRIGGER USER",
        )


def download(client, world, review):
    client.force_login(world.imam)
    return client.get(reverse("partnerships:review-figures", args=[review.ref]))


def test_frozen_figures_are_the_same_bytes_whatever_changes_later(client, world):
    promise(world)
    review = kit.frozen(world)
    first = download(client, world, review)

    for number in range(3):
        promise(world, days=5 + number, state="could_not")
    with as_owner():
        Commitment.objects.update(state="could_not")
        Partnership.objects.update(last_contact_on=kit.UNTIL)
    later = download(client, world, review)

    assert first.status_code == 200
    assert later.content == first.content
    assert json.loads(first.content)["figures"]["promises_police"]["kept"] == 1
    assert hashlib.sha256(later.content).hexdigest() == review.figures.digest
    assert kit.frozen(world, since=dt.date(2025, 3, 1), until=dt.date(2026, 3, 1)).figures.digest
    fresh = ReviewFigures.objects.exclude(review=review).get().told["figures"]
    assert fresh["promises_police"] != json.loads(first.content)["figures"]["promises_police"]


@pytest.mark.parametrize("role", [as_owner, as_task, lambda: as_role("portal_app")])
@pytest.mark.parametrize("change", ["payload = '{}'", "digest = repeat('0', 64)", "delete"])
def test_nobody_changes_frozen_figures_not_even_the_owner_of_the_table(world, role, change):
    review = kit.frozen(world)
    what = "DELETE FROM" if change == "delete" else "UPDATE"
    setting = "" if change == "delete" else f" SET {change}"

    with role(), pytest.raises(DatabaseError), transaction.atomic():
        run(f"{what} partnerships_reviewfigures{setting}")
    assert ReviewFigures.objects.get(review=review).is_intact


def test_truncating_is_no_way_round(world):
    kit.frozen(world)
    with as_owner(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run("SET CONSTRAINTS ALL IMMEDIATE", "TRUNCATE partnerships_reviewfigures")


def test_page_shows_hash_and_day_and_says_when_they_do_not_match(client, world):
    review = kit.frozen(world)
    client.force_login(world.imam)
    whole = client.get(review.get_absolute_url()).text
    forge(f"UPDATE partnerships_reviewfigures {FORGED['edited']}")
    forged = client.get(review.get_absolute_url()).text

    assert review.figures.digest in whole
    assert "Frozen on" in whole
    assert "the figures match their hash" in whole
    assert "do not match their hash" in forged


FORGED = {
    "edited": "SET payload = replace(payload, '0', '1')",
    "made to fit": "SET payload = '{}', digest = encode(sha256('{}'), 'hex')",
}


@pytest.mark.parametrize("how", FORGED)
def test_verify_audit_names_the_review_whose_figures_were_edited(world, how):
    review = kit.frozen(world)
    with as_task():
        call_command("verify_audit")
    forge(f"UPDATE partnerships_reviewfigures {FORGED[how]}")

    with as_task(), pytest.raises(CommandError) as error:
        call_command("verify_audit")

    assert f"figures: those of review {review.pk} were edited" in str(error.value).splitlines()


def test_verify_audit_names_the_review_whose_figures_are_gone(world):
    review = kit.frozen(world)
    forge("DELETE FROM partnerships_reviewfigures")

    with as_task(), pytest.raises(CommandError) as error:
        call_command("verify_audit")

    assert f"figures: those of review {review.pk} were deleted" in str(error.value).splitlines()


def test_the_same_figures_are_the_same_text_whatever_their_order():
    assert canonical({"b": 1, "a": {"d": None, "c": 0.1}}) == '{"a":{"c":0.1,"d":null},"b":1}'
    assert canonical({"a": {"c": 0.1, "d": None}, "b": 1}) == canonical(
        {"b": 1, "a": {"d": None, "c": 0.1}}
    )


@pytest.mark.parametrize(("n", "shown"), [(0, None), (SMALLEST - 1, None), (SMALLEST, SMALLEST)])
def test_small_numbers_leave_the_two_sides_as_too_few_and_zero_is_small(n, shown):
    kept = {"n": n, "kept": n, "kept_unconfirmed": 0, "overdue": 0, "could_not": 0}
    told = {"figures": {"promises_police": kept}}
    [figure] = for_outsiders(told)

    assert figure == {"code": "promises_police", "n": shown, "percent": 100 if shown else None}
    assert dict(for_sides(told)[0]["rows"])["Promises that fell due"] == n


def test_a_rate_of_few_out_of_many_is_small_as_well():
    told = {"figures": {"concerns": dict.fromkeys(CONCERNS, 0) | {"n": 40, "closed": 9}}}

    assert for_outsiders(told) == [{"code": "concerns", "n": None, "percent": None}]


CONCERNS = (
    *("n", "on_time", "late", "accepted", "challenged", "closed", "changed"),
    *("could_not", "not_agreed"),
)
