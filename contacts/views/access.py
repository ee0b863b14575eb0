"""How a view comes by its object: through ``visible_to``, then a declared permission."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    suspend_request,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from rules.contrib.views import PermissionRequiredMixin

from contacts.querysets.people import second_factors_of
from contacts.standing import SECOND_FACTORS


class Permitted(PermissionRequiredMixin):
    """Check ``permission_required``; somebody signed in who may not gets 403, never a sign-in."""

    raise_exception = True

    def get_permission_object(self):
        return None


class Seen(Permitted):
    """Load ``self.subject`` by the URL's ``ref`` and check the permission against it.

    Out of sight is 404, the same as missing; in sight but not allowed is 403. ``subject_name`` is
    its name in the template.
    """

    model = None
    subject_name = "subject"

    def get_subject_queryset(self):
        return self.model.objects.visible_to(self.request.user).for_detail()

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.subject = get_object_or_404(self.get_subject_queryset(), ref=kwargs["ref"])

    def get_permission_object(self):
        return self.subject

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{self.subject_name: self.subject}, **kwargs)


class FreshSignIn:
    """Ask again who one is, unless that was shown within the last five minutes.

    It stands behind ``Permitted`` or ``Seen`` among the bases, so that whoever may not hears that
    first. What was sent is kept meanwhile and done afterwards. With ``needs_second_factor`` only a
    passkey or an authenticator app will do, for partners too.
    """

    needs_second_factor = False

    def dispatch(self, request, *args, **kwargs):
        if not self.needs_second_factor:
            if is_reauthentication_required(request, app=""):
                raise ReauthenticationRequired
        elif not request.user.has_second_factor:
            messages.info(request, _("That page needs a passkey or an authenticator app."))
            return redirect("mfa_index")
        elif not _showed_second_factor_lately(request):
            return suspend_request(request, _way_of(request.user))
        return super().dispatch(request, *args, **kwargs)


def _showed_second_factor_lately(request):
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(
        record["method"] == "mfa" and record["type"] in SECOND_FACTORS and record["at"] > since
        for record in get_authentication_records(request, request.user)
    )


def _way_of(user):
    """Return where ``user`` shows their second step; whoever has both may change over there."""
    has_app = second_factors_of(user, ["totp"]).exists()
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
