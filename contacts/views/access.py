"""How a view comes by its object: through ``visible_to``, then a declared permission.

Whoever reads an institution's record from outside it leaves a line in the access log.
"""

import time
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    suspend_request,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rules.contrib.views import PermissionRequiredMixin

from config.audit.actions import record_read
from config.web.written_once import find
from contacts.models import Institution
from contacts.querysets.asked import second_factors_of
from contacts.standing import SECOND_FACTORS


class Permitted(PermissionRequiredMixin):
    """Check ``permission_required``; somebody signed in who may not gets 403, never a sign-in."""

    raise_exception = True

    def get_permission_object(self):
        return None


class Logged:
    """Log that ``self.subject`` was read; stands below the check of the permission.

    What shows no more than everybody may know says so in ``unlogged_because``. The line is written
    before the page leaves and before most of it is read: if the log fails, the read fails.
    """

    unlogged_because = ""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        shown = response.status_code == 200 and request.method != "OPTIONS"
        if shown and self.subject and not self.unlogged_because:
            self.log_read()
        return response

    def log_read(self):
        if institutions := read_from_outside(self.subject, self.request.user.standing):
            record_read(
                self.permission_required,
                subject=self.subject,
                institutions=institutions,
                by=self.request.user,
                at=timezone.now(),
                grants=self.request.user.standing.grants,
            )


def read_from_outside(subject, standing):
    """Return the ids of those whose record ``subject`` is, unless the reader belongs to one.

    A police unit's own page is nobody's record. ``guest_ids`` are the further institutions that
    took part in a visit, where the queryset loads them.
    """
    place = subject if isinstance(subject, Institution) else subject.institution
    concerned = {place.pk, *getattr(subject, "guest_ids", ())}
    return [] if place.is_police or concerned & set(standing.own_ids) else sorted(concerned)


class Seen(Permitted, Logged):
    """Load ``self.subject`` by the URL's ``ref`` and check the permission against it.

    Out of sight is 404, the same as missing; in sight but not allowed is 403. ``subject_name`` is
    its name in the template.
    """

    model = None
    subject_name = "subject"
    loads = "for_detail"  # the queryset's method that says what comes with it

    def get_rows(self):
        """Return what may be seen here."""
        return self.model.objects.visible_to(self.request.user)

    def get_subject(self, ref):
        return find(self.get_rows().filter(ref=ref), self.loads)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.subject = self.get_subject(kwargs["ref"])
        if self.subject is None:
            raise Http404

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


class HandsOut(FreshSignIn):
    """Give a file full of what is held about people, after asking again who one is.

    Then one is back on the page with its button, to press it: a file would leave the browser on
    the page that asked.
    """

    def get_page_url(self):
        """Return the page on which the file is asked for."""
        return self.request.path

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except ReauthenticationRequired:
            messages.info(request, _("First show again that it is you. Then download the file."))
            [way, *_others] = get_adapter().get_reauthentication_methods(request.user)
            return redirect(f"{way['url']}?{urlencode({'next': self.get_page_url()})}")


def _showed_second_factor_lately(request):
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(
        record["method"] == "mfa" and record["type"] in SECOND_FACTORS and record["at"] > since
        for record in get_authentication_records(request, request.user)
    )


def _way_of(user):
    """Return where ``user`` shows their second step; whoever has both may change over there."""
    has_app = second_factors_of(user.pk, ["totp"]).exists()
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
