"""What stands between signing in and the portal: a second step, where a role needs it."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.shortcuts import redirect

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
        if name in OPEN or not user.is_authenticated:
            return None
        if user.needs_second_factor and not user.has_second_factor:
            return redirect("mfa_index")
        if name == "mfa_remove_webauthn" and _is_last(user, kwargs["pk"]):
            messages.error(request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return None


def _is_last(user, pk):
    """Tell whether this is the passkey that may not go; allauth asks that of the app alone."""
    passkey = Authenticator.objects.filter(pk=pk, user=user).first()
    return passkey is not None and not get_adapter().can_delete_authenticator(passkey)
