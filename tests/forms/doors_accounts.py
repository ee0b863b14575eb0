"""How the forms outside the record are reached: signing in, links, and the lists of the admin."""

import secrets

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from config.outbox.models import Message
from config.outbox.unsubscribe import make_token
from contacts.actions.people import invite_person
from contacts.models import RoleType
from tests.access.record import AT
from tests.factories.world import PASSWORD
from tests.roles import as_owner
from tests.support.factors import code_of, give_passkey

from .doors import Door

NEW = "three random words make one"
PASSKEY = '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}'
NO_BROWSER = "a passkey answers the browser alone"


def _always(**sent):
    return lambda scene: dict(sent)


def _invite(scene, email):
    invitation = invite_person(
        institution=scene.world.mosque,
        name="Bilal Ahmed",
        email=email,
        access_role="mosque_member",
        role_type=RoleType.objects.get(code="imam"),
        by=scene.world.imam,
        at=AT,
    )
    message = Message.objects.get(kind="contacts.invitation", about_id=str(invitation.pk))
    return reverse("contacts:invitation-accept", args=[message.reveal()])


def invited(scene, caller):
    caller.client.get(_invite(scene, "bilal@mosque.example"))


def invited_again(scene, caller):
    person = scene.world.umbrella_lead
    caller.sign_in(person)
    caller.client.get(_invite(scene, person.email))


def after_the_password(who):
    def arrange(scene, caller):
        user = getattr(scene.world, who)
        login = {"login": user.email, "password": PASSWORD}
        caller.send(reverse("account_login"), login)

    return arrange


def with_a_key(scene, caller):
    user = scene.world.imam
    url = reverse(
        "account_reset_password_from_key",
        args=[user_pk_to_url_str(user), default_token_generator.make_token(user)],
    )
    return caller.client.get(url)["Location"]


def with_a_passkey(name):
    def arrange(scene, caller):
        with as_owner():
            key = give_passkey(scene.world.imam)
        caller.sign_in(scene.world.imam)
        return reverse(name, args=[key.pk] if "webauthn" in name and "reauth" not in name else [])

    return arrange


def by_token(scene, caller):
    ref = scene.world.imam.ref
    return reverse("contacts:unsubscribe", args=[make_token(ref=ref, topic="reminders")])


ACCOUNTS = {
    "contacts:card-enter": Door(body=_always(code="7HKM-2QXR-9TBD")),
    "contacts:invitation-confirm": Door("", _always(named="yes"), invited_again),
    "contacts:unsubscribe": Door(arrange=by_token),
    "account_login": Door(
        body=lambda scene: {"login": scene.world.imam.email, "password": PASSWORD}
    ),
    "account_signup": Door(body=_always(password1=NEW, named="yes"), arrange=invited),
    "account_reauthenticate": Door("imam", _always(password=PASSWORD)),
    "account_email": Door("imam", _always(email="new@mosque.example", action_add="")),
    "account_change_password": Door(
        "imam", _always(oldpassword=PASSWORD, password1=NEW, password2=NEW)
    ),
    "account_reset_password": Door(body=_always(email="somebody@mosque.example")),
    "account_reset_password_from_key": Door(
        body=_always(password1=NEW, password2=NEW), arrange=with_a_key
    ),
    "account_confirm_login_code": Door(
        body=_always(code="AAAAAA"),
        arrange=after_the_password("member"),
        declined="the code is in the mail",
    ),
    "mfa_authenticate": Door(
        body=lambda scene: {"code": code_of(scene.world.sergeant)},
        arrange=after_the_password("sergeant"),
    ),
    "mfa_reauthenticate": Door("sergeant", lambda scene: {"code": code_of(scene.world.sergeant)}),
    "mfa_activate_totp": Door("member", _always(code="123456"), declined="made at that moment"),
    "mfa_deactivate_totp": Door("sergeant", declined="police keep one second step"),
    "mfa_generate_recovery_codes": Door("sergeant"),
    "mfa_add_webauthn": Door(
        "imam", _always(name="Phone", credential=PASSKEY), declined=NO_BROWSER
    ),
    "mfa_reauthenticate_webauthn": Door(
        "",
        _always(credential=PASSKEY),
        with_a_passkey("mfa_reauthenticate_webauthn"),
        declined=NO_BROWSER,
    ),
    "mfa_login_webauthn": Door(body=_always(credential=PASSKEY), declined=NO_BROWSER),
    "mfa_edit_webauthn": Door("", _always(name="My phone"), with_a_passkey("mfa_edit_webauthn")),
    "mfa_remove_webauthn": Door("", arrange=with_a_passkey("mfa_remove_webauthn")),
    "usersessions_list": Door("imam"),
}


def _reference(scene):
    return {
        "code": f"code_{secrets.token_hex(3)}",
        "labels": '{"en": "A label"}',
        "position": 7,
        "abbreviation": "AL",
        "name": "A name",
    }
