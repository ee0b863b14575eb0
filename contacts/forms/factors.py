"""Our turn on the forms of the second step: one box for a code, and passkeys that stand alone."""

from allauth.account import forms as account_forms
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import NamedMessages


class CodeField(forms.CharField):
    """A code of digits; phones offer to fill it in."""

    widget = forms.TextInput(
        attrs={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "govuk-input--width-10",
        }
    )

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("Code"), "max_length": 20} | kwargs)


class CodeForm(NamedMessages, forms.Form):
    code = CodeField()


class ActivateTOTPForm(CodeForm, totp_forms.ActivateTOTPForm):
    code = CodeField(label=_("Code that the app shows"))


class AuthenticateForm(CodeForm, mfa_forms.AuthenticateForm):
    code = CodeField(label=_("Code from your authenticator app, or a recovery code"))


class ReauthenticateForm(CodeForm, mfa_forms.ReauthenticateForm):
    code = CodeField(label=_("Code from your authenticator app, or a recovery code"))


class MailedCodeForm(CodeForm, account_forms.ConfirmLoginCodeForm):
    """Counts wrong codes by account, whatever the number of sign-ins they are spread over."""

    code = CodeField(label=_("Code from the e-mail"))

    def clean_code(self):
        key = f"mailed-code-{context.request._login_stage.login.user.pk}"
        if not ratelimit.consume(context.request, action="login_failed", key=key):
            raise get_adapter().validation_error("incorrect_code")
        code = super().clean_code()
        ratelimit.clear(context.request, action="login_failed", key=key)
        return code


class AddPasskeyForm(NamedMessages, webauthn_forms.AddWebAuthnForm):
    """Every passkey can stand for password and second step: it asks for face, finger or PIN.

    ``passwordless`` is what the browser's part reads; nobody is asked.
    """

    name = forms.CharField(label=_("Name of the passkey"), required=False, max_length=60)
    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": _("Your browser made no passkey. Try again.")},
    )
    passwordless = forms.BooleanField(
        required=False, initial=True, widget=forms.CheckboxInput(attrs={"hidden": True})
    )

    def clean_credential(self):
        """Refuse a key that did not see whose it is, whatever the form says of it."""
        credential = self.cleaned_data["credential"]
        response = auth.parse_registration_response(credential).response
        if not response.attestation_object.auth_data.is_user_verified():
            raise get_adapter().validation_error("incorrect_code")
        return credential


class EditPasskeyForm(NamedMessages, webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=60)
