"""How signing in differs here: by invitation only, all mail through the outbox, nothing told.

Every sign-in has two steps. The second is a passkey or an authenticator app; for whoever has
neither, a code by e-mail, from which a known device is free for 30 days.
"""

import logging
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.stages import LoginByCodeStage
from allauth.account.utils import has_verified_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.internal.flows.trust import create_config_fingerprint, decode_trust_cookie
from allauth.mfa.stages import AuthenticateStage, TrustStage
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.actor import claims
from config.sealing import ring
from contacts.actions import accounts, invitations
from contacts.middleware import BEGAN, ELSEWHERE, showed_factor_elsewhere
from contacts.models import Invitation, User
from contacts.qr import svg_of
from contacts.querysets.asked import second_factors_of

logger = logging.getLogger(__name__)

SESSION_KEY = "invitation"

# What an account letter may show; everything else that allauth hands over stays behind.
_WORDS = ("code", "deleted_email", "from_email", "to_email")


class AccountAdapter(DefaultAccountAdapter):
    """An adapter is a door, like a view: it reads the clock and calls one action."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("That e-mail address and password do not match."),
        "unknown_email": _("That e-mail address and password do not match."),
        "duplicate_email": _("That is your e-mail address already."),
        "email_taken": _("That e-mail address cannot be used here. Choose another."),
        "incorrect_password": _("That is not your password."),
        "same_as_current": _("That is what it is already. Enter another, or leave it."),
        "incorrect_code": _("That code is not right. Enter the one shown last."),
        "too_many_login_attempts": _(
            "That was tried too often. Wait five minutes, then try again."
        ),
        "rate_limited": _("That was tried too often. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        return open_invitation(request) is not None

    @transaction.atomic
    def save_user(self, request, user, form, commit=True):
        """Make the account of whoever was invited; its address is the invited one."""
        invitation = open_invitation(request)
        form.cleaned_data["email"] = invitation.email.lower()
        user = super().save_user(request, user, form, commit=True)
        invitations.accept_invitation(
            invitation=invitation, user=user, named=form.cleaned_data.get("named", True), at=_now()
        )
        del request.session[SESSION_KEY]
        return user

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count by account alone: allauth adds the Host header, whose port the caller picks."""
        return credentials.get("email", "").lower()

    def login(self, request, user):
        super().login(request, user)
        request.session[BEGAN] = time.time()
        arrive(user)

    def get_login_stages(self):
        return [
            "contacts.adapters.MailedCodeStage",
            "allauth.account.stages.EmailVerificationStage",
            "contacts.adapters.SecondStepStage",
            "contacts.adapters.KnownDeviceStage",
        ]

    def is_login_by_code_required(self, login):
        """Ask for a code by mail where nothing better is there; a mailed invitation is as good."""
        has_proved = login.signup and has_verified_email(login.user)
        has_shown = showed_factor_elsewhere(self.request, login.user)
        return not has_proved and not has_shown and not login.user.has_second_factor

    def is_reauthentication_required(self, *, app, **kwargs):
        """Count signing in as having shown who one is, as long as doing it again would count."""
        records = get_authentication_records(self.request, self.request.user)
        lately = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        if records and records[-1]["at"] > lately:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        """Name the ways as the pages do; allauth's own words speak of security keys.

        On the way to a page that takes a second step alone, the password is none of them.
        """
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code from your authenticator app"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        named = [method | {"description": words[method["id"]]} for method in methods]
        if not user.has_second_factor or not _leads_to_second_step(self.request):
            return named
        return [method for method in named if method["id"] != "reauthenticate"]

    def send_mail(self, template_prefix, email, context):
        words = {name: str(context[name]) for name in _WORDS if name in context}
        if "emailconfirmation" in context:
            words["confirmation"] = context["emailconfirmation"]
        accounts.send_account_mail(
            letter=template_prefix.rpartition("/")[2],
            email=email,
            user=context.get("user"),
            words=words,
            at=_now(),
        )

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        address = emailconfirmation.email_address
        context = {"user": address.user, "emailconfirmation": address.pk}
        self.send_mail("account/email/email_confirmation", address.email, context)

    def send_password_reset_mail(self, user, email, context):
        accounts.request_password_reset(email=email, at=_now())

    def get_signup_redirect_url(self, request):
        return reverse("contacts:preferences")


def _leads_to_second_step(request):
    """Tell whether ``next`` is a page of which the view says ``needs_second_factor``."""
    following = request.POST.get("next") or request.GET.get("next") or ""
    try:
        view = resolve(following.partition("?")[0]).func
    except Resolver404:
        return False
    return getattr(getattr(view, "view_class", None), "needs_second_factor", False)


class MailedCodeStage(LoginByCodeStage):
    """Ask for a code by mail, but not on a device that was remembered and not forgotten since.

    allauth forgets a device when second steps change. Taking the last one away leaves what there
    was before it, so a device from before would be known again.
    """

    def _is_trusted(self):
        user = self.login.user
        since, mark = user.devices_forgotten_at, create_config_fingerprint(user)
        return super()._is_trusted() and any(
            since is None or remembered.at > since.timestamp()
            for remembered in decode_trust_cookie(self.request)
            if remembered.fingerprint == mark
        )


class SecondStepStage(AuthenticateStage):
    """Ask for passkey or app, but not those whom the force's sign-on has asked already.

    allauth would let a known device pass here too; ours stand in for a code by mail alone.
    """

    def _should_handle(self, request):
        user = self.login.user
        is_through = did_use_passwordless_login(request, user) or showed_factor_elsewhere(
            request, user
        )
        return user.has_second_factor and not is_through


class KnownDeviceStage(TrustStage):
    """Offer to remember the device, but not to those who have to set up a better step first."""

    def handle(self):
        arrive(self.login.user)
        if self.login.user.needs_second_factor:
            return None, True
        return super().handle()


class MFAAdapter(DefaultMFAAdapter):
    """Seals what second steps are made from, and lets nobody take away the last who needs one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your role needs a passkey or an authenticator app. Set up another one first."
        ),
        "cannot_generate_recovery_codes": _("Set up a passkey or an authenticator app first."),
        "incorrect_code": _("That code is not right. Enter the one shown last."),
    }

    def encrypt(self, text):
        return self._ring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return self._ring().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        user = authenticator.user
        others = second_factors_of(user.pk).exclude(pk=authenticator.pk)
        return not user.needs_second_factor or others.exists()

    def generate_authenticator_name(self, user, type):  # noqa: A002 - allauth's name
        number = second_factors_of(user.pk, [type]).count() + 1
        return _("My passkey") if number == 1 else _("My passkey %(number)s") % {"number": number}

    def build_totp_svg(self, url):
        return svg_of(url)

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": settings.PORTAL_NAME}

    def _ring(self):
        return ring(settings.MFA_KEYS, purpose="portal.mfa.secret")


class SocialAdapter(DefaultSocialAccountAdapter):
    """The force's sign-on opens accounts that there are, of police, by a proved address.

    What it says of a person is read and not kept.
    """

    def is_open_for_signup(self, request, sociallogin):
        return False

    def can_authenticate_by_email(self, login, email):
        """Believe the force of its own addresses alone, and not where it says "unproved"."""
        told = login.account.extra_data.get("id_token") or {}
        is_its_own = (
            email.rpartition("@")[2].lower() in login.provider.app.settings["verified_email"]
        )
        return is_its_own and told.get("email_verified", True) is True

    def pre_social_login(self, request, sociallogin):
        told = sociallogin.account.extra_data.get("id_token") or {}
        sociallogin.account.extra_data = {}
        if sociallogin.account.pk:
            sociallogin.account.save(update_fields=["extra_data"])
        if not told.get("nonce") or told["nonce"] != sociallogin.state.get("nonce"):
            self.on_authentication_error(request, None, error="a token of another sign-in")
        user = sociallogin.user
        if sociallogin.is_existing:
            arrive(user)
        if not sociallogin.is_existing or not user.needs_second_factor:
            self._send_back(request, _("No police account here has that address. Ask to be added."))
        request.session.pop(ELSEWHERE, None)
        if "mfa" in told.get("amr", ()):
            request.session[ELSEWHERE] = str(user.pk)

    def serialize_instance(self, instance):
        """Keep an account between two steps without the roles that were loaded with it."""
        if isinstance(instance, User):
            instance = User.objects.get(pk=instance.pk)
        return super().serialize_instance(instance)

    def on_authentication_error(self, request, provider, *, error=None, exception=None, **_more):
        logger.warning("sign-on: %s (%s)", error, type(exception).__name__)
        self._send_back(request, _("Signing in by the force’s sign-on did not work. Try again."))

    def _send_back(self, request, words):
        messages.error(request, words)
        raise ImmediateHttpResponse(redirect("account_login"))


def arrive(user):
    """Act for somebody who has shown who they are, from now on in this request.

    The database shows their roles to nobody else, so what was loaded of them before is nothing.
    """
    claims.enter(user.pk)
    for known in ("standing", "has_second_factor"):
        user.__dict__.pop(known, None)


def remember_invitation(request, invitation):
    """Keep an opened invitation for the pages that follow; a mailed link proves its address."""
    request.session[SESSION_KEY] = invitation.token_digest
    if not request.user.is_authenticated and not invitation.by_card:
        AccountAdapter(request).stash_verified_email(request, invitation.email)


def open_invitation(request):
    """Return the invitation that this visitor opened, while it is still open, or None."""
    digest = request.session.get(SESSION_KEY)
    return digest and invitation_behind(digest)


def invitation_behind(digest):
    """Return the open invitation whose token has this digest, or None; the token is the proof."""
    claims.enter_invited(digest)
    return Invitation.objects.open_at(_now()).for_detail().with_digest(digest).first()


def _now():
    return timezone.now()  # noqa: TID251
