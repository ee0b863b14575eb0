"""What stands between signing in and the portal: a second step of one's own, and time."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# What somebody reaches who needs a passkey or an authenticator app and has neither: the way to
# one, the way out, and what knows nobody.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_reauthenticate",
    "healthz",
    "limits",
    "manifest",
    "offline",
    "readyz",
    "security-contact",
    "service-worker",
}

ELSEWHERE = "second_step_elsewhere"  # in the session: of whom the force's sign-on said so
BEGAN = "began"  # in the session: when somebody signed in, in seconds since 1970
MINUTE = 60


class SecondFactor:
    """Lead whoever has still to set up a second step to the page for that, whatever they ask for.

    Who needs one and who has one comes with the roles, which every page loads: no further query,
    and an answer that is never older than the request.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, _view, _args, kwargs):
        name = request.resolver_match.view_name
        user = request.user
        if not user.is_authenticated:
            return None
        user.showed_factor_elsewhere = showed_factor_elsewhere(request, user)
        if name in OPEN:
            return None
        if user.is_held_up:
            return redirect("mfa_index")
        if name == "mfa_remove_webauthn" and _is_last(user, kwargs["pk"]):
            messages.error(request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return None


def _is_last(user, pk):
    """Tell whether this is the passkey that may not go; allauth asks that of the app alone."""
    passkey = Authenticator.objects.filter(pk=pk, user=user).first()
    return passkey is not None and not get_adapter().can_delete_authenticator(passkey)


def showed_factor_elsewhere(request, user):
    """Tell whether the force's sign-on has asked this person for a second step."""
    return request.session.get(ELSEWHERE) == str(user.pk)


class TimeOut:
    """Sign out whoever did nothing for a while, and everybody after eight hours.

    A session is kept again once a minute at most, so an answer costs a write a minute.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        kept_at = request.user.is_authenticated and request.session.kept_at
        if kept_at:
            self._look(request, kept_at.timestamp(), time.time())
        return self.get_response(request)

    def _look(self, request, kept_at, now):
        began = request.session.get(BEGAN, kept_at)
        if now - began > settings.SESSION_COOKIE_AGE or _is_idle(request.user, now - kept_at):
            logout(request)
            messages.info(request, _("You were signed out to keep your account safe."))
        elif now - kept_at > MINUTE:
            request.session[BEGAN] = began


def _is_idle(user, seconds):
    """Tell whether that is too long; asks for the roles only once it may be."""
    limits = settings.IDLE_MINUTES
    if seconds <= limits["police"] * MINUTE:
        return False
    return user.needs_second_factor or seconds > limits["partner"] * MINUTE
