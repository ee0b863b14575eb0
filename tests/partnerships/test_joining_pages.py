"""The pages on which a mosque joins, for both sides, as somebody would go through them."""

import pytest
from django.urls import reverse

from contacts.models import RoleHolding
from partnerships.forms.joining import AgreementForm
from partnerships.models import Partnership, PartnershipAgreement
from tests.access.bodies import AGREED, day

from .joining_kit import AT, REVIEW, drafted, met, newcomer, sign_all, verified

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(time_machine):
    time_machine.move_to(AT, tick=False)


def url_of(name, thing):
    return reverse(f"partnerships:{name}", args=[thing.ref])


def send(client, user, name, thing, **data):
    client.force_login(user)
    return client.post(url_of(name, thing), data)


def page(client, user, thing):
    client.force_login(user)
    return client.get(thing.get_absolute_url()).content.decode()


def test_a_mosque_joins_page_by_page(client, world):
    new = newcomer(world)
    joins = new.partnership

    def pressed(user, name, thing=joins, **data):
        response = send(client, user, name, thing, **data)
        assert response.status_code == 302, response.context["form"].errors

    pressed(world.officer, "application-record")
    on = day("checked_on", 2, 11)
    pressed(world.coordinator, "check-record", kind="register", register_number="1234567", **on)
    pressed(world.coordinator, "check-record", kind="phone_back", **on)
    pressed(world.sergeant, "check-record", kind="in_person", **on)
    officer = world.sergeant.contact.pk
    for lead in (new.chair, new.secretary):
        talk = {"officer": officer, "confirmed": "on"} | day("held_on", 2, 11)
        pressed(lead, "limits-confirm", **talk)
    pressed(world.sergeant, "leads-set", named=officer, cover=world.officer.contact.pk)
    pressed(new.chair, "agreement-draft", **AGREED)
    agreement = PartnershipAgreement.objects.get(partnership=joins)
    pressed(world.inspector, "agreement-change", agreement, **AGREED | {"themes": "Parking."})
    for who in (world.inspector, new.chair, new.secretary):
        pressed(who, "agreement-sign", agreement, version=2, read="on")

    assert Partnership.objects.get(pk=joins.pk).state == "active"


def test_partnership_page_shows_both_sides_how_far_they_have_come(client, world):
    new = verified(world)

    for reader in (world.sergeant, new.chair):
        text = page(client, reader, new.partnership)
        assert "The way to joining" in text
        assert "1234567" in text
        assert "PS Amina Holt, Millbrook West team" in text
        assert "Two leads go through" in text


def test_each_is_offered_their_own_step(client, world):
    new = newcomer(world)
    asked, check, limits, agree = (
        url_of(name, new.partnership)
        for name in ("application-record", "check-record", "limits-confirm", "agreement-draft")
    )
    assert asked in page(client, world.officer, new.partnership)
    assert asked not in page(client, new.chair, new.partnership)

    send(client, world.officer, "application-record", new.partnership)
    assert check in page(client, world.sergeant, new.partnership)
    assert check not in page(client, new.chair, new.partnership)
    assert limits not in page(client, new.chair, new.partnership)

    Partnership.objects.filter(pk=new.partnership.pk).update(state="verified")
    assert limits in page(client, new.chair, new.partnership)
    assert limits not in page(client, world.sergeant, new.partnership)

    Partnership.objects.filter(pk=new.partnership.pk).update(state="met")
    for reader in (new.chair, world.sergeant):
        assert agree in page(client, reader, new.partnership)


def test_check_page_offers_what_is_missing_and_says_what_is_wrong(client, world):
    new = newcomer(world)
    send(client, world.officer, "application-record", new.partnership)

    answer = send(
        client,
        world.sergeant,
        "check-record",
        new.partnership,
        kind="register",
        **day("checked_on", 2, 11),
    )
    assert "Enter the number in the register" in str(answer.context["form"].errors)

    send(
        client,
        world.sergeant,
        "check-record",
        new.partnership,
        kind="in_person",
        **day("checked_on", 2, 11),
    )
    client.force_login(world.sergeant)
    form = client.get(url_of("check-record", new.partnership)).context["form"]
    assert [code for code, _label in form.fields["kind"].choices] == ["register", "phone_back"]


def test_limits_are_read_on_the_page_that_records_it(client, world):
    new = verified(world)
    client.force_login(new.chair)

    answer = client.get(url_of("limits-confirm", new.partnership))

    assert "Officers keep their legal duties" in answer.content.decode()
    offered = set(answer.context["form"].fields["officer"].queryset)
    assert world.far_sergeant.contact not in offered


def test_being_left_out_is_recorded_by_either_side(client, world):
    new = newcomer(world)

    send(client, new.chair, "left-alone", new.partnership, **day("until", 1, 6, 2027))

    assert "left out until Tuesday 1 June 2027" in page(client, world.sergeant, new.partnership)


def test_draft_page_starts_from_usual_words(client, world):
    new = met(world)
    client.force_login(new.chair)

    form = client.get(url_of("agreement-draft", new.partnership)).context["form"]

    assert "unless the mosque invites it by name" in form.initial["recorded"]
    assert set(AgreementForm.PARTS) <= set(form.initial)


def test_agreement_page_shows_words_names_and_former_wordings(client, world):
    new, agreement = drafted(world)
    send(client, new.chair, "agreement-sign", agreement, version=1, read="on")
    send(client, new.chair, "agreement-change", agreement, **AGREED)

    for reader in (world.officer, new.secretary):
        text = page(client, reader, agreement)
        assert "We meet and talk." in text
        assert "no longer counts" in text
        assert "Wording 1" in text


def test_whoever_signed_is_not_asked_again(client, world):
    new, agreement = drafted(world)
    assert url_of("agreement-sign", agreement) in page(client, new.chair, agreement)

    send(client, new.chair, "agreement-sign", agreement, version=1, read="on")

    assert url_of("agreement-sign", agreement) not in page(client, new.chair, agreement)


@pytest.mark.parametrize("who", ["officer", "sergeant", "coordinator", "member"])
def test_an_agreement_is_signed_by_leads_and_inspectors_alone(client, world, who):
    new, agreement = drafted(world)
    user = getattr(world, who)
    if who == "member":
        RoleHolding.objects.filter(contact=new.secretary.contact).update(
            access_role="mosque_member"
        )
        user = new.secretary

    answer = send(client, user, "agreement-sign", agreement, version=1, read="on")

    assert answer.status_code == 403
    assert not agreement.signatures.exists()


def test_the_commander_signs_with_an_umbrella_body(world):
    assert world.commander.has_perm(
        "partnerships.sign_agreement",
        PartnershipAgreement(institution=world.umbrella, partnership=world.umbrella_partnership),
    )


def test_partnership_page_says_when_the_agreement_is_to_be_looked_at_again(
    client, world, time_machine
):
    new, agreement = drafted(world)
    sign_all(world, new, agreement)
    time_machine.move_to(f"{REVIEW}T09:00:00Z")

    assert "time to look at the agreement again" in page(client, new.chair, new.partnership)


def test_a_disagreement_is_read_beside_the_words_by_both_sides(client, world):
    new, agreement = drafted(world)
    send(client, new.chair, "agreement-disagree", agreement, statement="Monthly was agreed.")

    for reader in (world.officer, new.secretary):
        assert "Monthly was agreed." in page(client, reader, agreement)
