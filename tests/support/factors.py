"""The second step of the people whom tests/factories makes."""

import base64
import json
import time
from urllib.parse import urljoin

from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa import app_settings
from allauth.mfa.internal.flows.trust import (
    IssuedTrust,
    create_config_fingerprint,
    encode_trust_cookie,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.urls import reverse
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from tests.factories.world import PASSWORD, TOTP_KEY


def code_of(user, *, key=TOTP_KEY, again=True) -> str:
    """Return what the person's app shows now, and forget that it was used a moment ago.

    ``again=False`` forgets nothing: a code works once.
    """
    [counter] = auth.yield_hotp_counters_from_time()
    code = auth.format_hotp_value(auth.hotp_value(key, counter))
    if again:
        cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    return code


def known_device(user) -> dict[str, str]:
    """Return the cookie of a device that the portal was told to know."""
    issued = [IssuedTrust(create_config_fingerprint(user), int(time.time()))]
    return {app_settings.TRUST_COOKIE_NAME: encode_trust_cookie(issued)}


def sign_in(client, user, **extra):
    """Sign in as people do; for whoever has no app, on a device that is known."""
    password = {"login": user.email, "password": PASSWORD}
    if not user.has_second_factor:
        client.cookies.load(known_device(user))
        return client.post(reverse("account_login"), password | extra)
    client.post(reverse("account_login"), password | extra)
    return client.post(reverse("mfa_authenticate"), {"code": code_of(user)})


def show_again(client, user) -> None:
    """Let the session of ``force_login`` be that of somebody who has just shown who they are."""
    session, now = client.session, time.time()
    shown = [{"method": "password", "at": now}]
    if user.has_second_factor:
        shown.append({"method": "mfa", "type": "totp", "at": now})
    session["account_authentication_methods"] = shown
    session["account_authentication_methods_user"] = user_id_to_str(user)
    session.save()


def know_device(page, user) -> None:
    """Let the browser be one of which ``user`` has said that it is their own.

    What the portal knows a device by changes with the password's hash, and the portal itself
    replaces the cheap one of the tests at the first sign-in.
    """
    hasher = Argon2PasswordHasher()
    user.password = hasher.encode(PASSWORD, hasher.salt())
    user.save(update_fields=["password"])
    [(name, value)] = known_device(user).items()
    page.context.add_cookies([{"name": name, "value": value, "url": urljoin(page.url, "/")}])


def give_passkey(user, name="Work phone"):
    """Make a passkey as a browser would, whose private half nobody keeps."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    known = AttestedCredentialData.create(b"\0" * 16, b"a key of the tests", public)
    flag = AuthenticatorData.FLAG
    flags = flag.USER_PRESENT | flag.USER_VERIFIED | flag.ATTESTED
    data = AuthenticatorData.create(b"\0" * 32, flags, 0, bytes(known))
    client = {"type": "webauthn.create", "challenge": "AA", "origin": "http://localhost"}
    credential = {
        "id": _text(known.credential_id),
        "rawId": _text(known.credential_id),
        "type": "public-key",
        "response": {
            "clientDataJSON": _text(json.dumps(client).encode()),
            "attestationObject": _text(bytes(AttestationObject.create("none", data, {}))),
        },
        "clientExtensionResults": {},
    }
    made = {"name": name, "credential": credential}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=made)


def _text(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
