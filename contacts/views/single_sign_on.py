"""Signing in through the force's own sign-on, where one is set."""

import secrets

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View
from requests import RequestException

from config.single_sign_on import PROVIDER


@method_decorator(login_not_required, name="dispatch")
class SignOn(View):
    """Go to the force's sign-on; should that be away, say so and offer the other ways."""

    http_method_names = ("post",)

    def post(self, request):
        if not settings.SOCIALACCOUNT_PROVIDERS:
            raise Http404("There is no sign-on of a force")
        try:
            return _way_there(request)
        except RequestException:
            messages.error(request, _("Your force’s sign-on does not answer. Use your password."))
            return redirect("account_login")


def _way_there(request):
    """Ask for a token that repeats a number of this sign-in, which ``SocialAdapter`` looks for."""
    provider, nonce = get_adapter().get_provider(request, PROVIDER), secrets.token_urlsafe()
    return provider.redirect(
        request,
        process=AuthProcess.LOGIN,
        next_url=get_next_redirect_url(request),
        auth_params=provider.get_auth_params() | {"nonce": nonce},
        nonce=nonce,
    )
