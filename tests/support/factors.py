"""The second step of the people whom tests/factories makes."""

import time

from allauth.mfa import app_settings
from allauth.mfa.internal.flows.trust import (
    IssuedTrust,
    create_config_fingerprint,
    encode_trust_cookie,
)
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.urls import reverse

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


def know_device(page, user) -> None:
    """Let the browser be one of which ``user`` has said that it is their own."""
    url = page.context._options["baseURL"]
    cookies = known_device(user).items()
    page.context.add_cookies([{"name": key, "value": value, "url": url} for key, value in cookies])
