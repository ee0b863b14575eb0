"""An institution says in its own words how policing looks, to whom it chooses; never scored."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from config.outbox.models import Message
from contacts.actions.sharing import give_permission
from contacts.models import Membership
from partnerships.actions import community, partnerships
from partnerships.models import CommunityView
from tests.contacts.sharing_kit import again
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
TITLE, WORDS = "The stops near the school", "Boys come home and say that they were not told why."
POLICE = {"sergeant", "officer", "inspector", "coordinator"}
OWN = {"imam", "member"}
EVERYONE = (
    POLICE
    | OWN
    | {"commander", "other_imam", "far_imam", "far_sergeant", "umbrella_lead", "stranger"}
)


def sign(world, **changes):
    given = {
        "partnership": world.partnership,
        "about": "stops",
        "audience": "police",
        "title": TITLE,
        "words": WORDS,
        "by": world.imam,
        "at": AT,
    }
    return community.sign_statement(**given | changes)


def readers(world, client, view):
    """Return who gets the page, through both lines."""
    found = set()
    for who in EVERYONE:
        client.force_login(again(getattr(world, who)))
        if client.get(view.get_absolute_url()).status_code == 200:
            found.add(who)
    return found


def share_upwards(world):
    """Be listed to other mosques, and let the umbrella body read along."""
    give_permission(institution=world.mosque, kind="listed", by=world.imam, at=AT)
    with as_owner():
        Membership.objects.create(
            umbrella=world.umbrella, member=world.mosque, member_from=AT.date() - 30 * DAY
        )
    give_permission(
        institution=world.mosque, kind="umbrella", grantee=world.umbrella, by=world.imam, at=AT
    )


@pytest.mark.parametrize(
    ("audience", "beyond"),
    [
        ("police", set()),
        ("umbrella", {"umbrella_lead"}),
        ("partners", {"umbrella_lead", "other_imam", "far_imam"}),
    ],
)
def test_those_read_it_whom_the_institution_chose_and_nobody_else(world, client, audience, beyond):
    share_upwards(world)
    view = sign(world, audience=audience)

    assert readers(world, client, view) == POLICE | OWN | beyond


def test_an_umbrella_body_that_is_not_let_in_reads_nothing_meant_for_guests(world, client):
    view = sign(world, audience="umbrella")

    assert "umbrella_lead" not in readers(world, client, view)


def test_police_read_it_beside_the_figures_without_a_number(world, client):
    sign(world)
    client.force_login(world.coordinator)
    page = client.get(reverse("dashboard")).content.decode()

    assert world.mosque.name in page
    assert CommunityView.objects.get().get_absolute_url() in page
    assert TITLE not in page  # whoever reads it opens it, and is seen to


@pytest.mark.parametrize("who", ["member", "sergeant", "coordinator", "other_imam"])
def test_only_its_leads_speak_for_an_institution(world, client, who):
    view = sign(world)
    client.force_login(getattr(world, who))
    urls = [
        reverse("partnerships:statement-sign", args=[world.partnership.ref]),
        reverse("partnerships:statement-withdraw", args=[view.ref]),
    ]

    assert {client.post(url).status_code for url in urls} <= {403, 404}
    assert CommunityView.objects.get().words == WORDS


def test_other_mosques_read_only_who_is_listed_to_them(world):
    with pytest.raises(community.NotListed, match="listed to other mosques"):
        sign(world, audience="partners")


@pytest.mark.parametrize("changes", [{"title": ""}, {"words": " "}, {"words": "x" * 2001}])
def test_sign_statement_names_the_field(world, changes):
    with pytest.raises(ValidationError) as declined:
        sign(world, **changes)

    assert set(declined.value.message_dict) == set(changes)


def test_a_paused_partnership_is_still_heard_and_one_that_ended_is_not(world):
    partnerships.pause_partnership(partnership=world.partnership, by=world.imam, at=AT)
    assert sign(world).pk

    partnerships.leave_partnership(partnership=world.partnership, by=world.imam, at=AT)
    with pytest.raises(community.NotActive):
        sign(world)


def test_taken_back_its_words_are_nowhere_and_that_it_stood_remains(world, client):
    view = sign(world)
    community.withdraw_statement(view=view, by=world.imam, at=AT + DAY)
    client.force_login(world.sergeant)
    page = client.get(view.get_absolute_url()).content.decode()

    assert (TITLE in page, WORDS in page, "Taken back" in page) == (False, False, True)
    with pytest.raises(community.StatementWithdrawn):
        community.withdraw_statement(view=view, by=world.imam, at=AT + DAY)


def test_police_are_told_by_mail_and_the_mosque_is_not(world):
    sign(world)
    told = {m.recipient_id for m in Message.objects.filter(kind="partnerships.statement_signed")}

    assert str(world.sergeant.pk) in told
    assert str(world.imam.pk) not in told
