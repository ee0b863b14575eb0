"""Our turn on the sign-in forms: the portal's words, and two that work otherwise."""

from allauth.account import forms as account_forms
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.core import context
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.forms import NamedMessages
from contacts.actions.accounts import request_password_reset
from contacts.adapters import open_invitation
from contacts.forms.preferences import NamedField


class OurAddress:
    """Calls the address what every other page calls it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = _("E-mail address")
            self.fields[name].widget.attrs.pop("placeholder", None)


class LoginForm(NamedMessages, OurAddress, account_forms.LoginForm):
    pass


class ReauthenticateForm(NamedMessages, account_forms.ReauthenticateForm):
    pass


class AddEmailForm(NamedMessages, OurAddress, account_forms.AddEmailForm):
    pass


class ChangeEmailForm(NamedMessages, OurAddress, account_forms.ChangeEmailForm):
    pass


class NewPasswords(NamedMessages, forms.Form):
    """The two boxes for a new password, called as people write."""

    password1 = SetPasswordField(label=_("New password"))
    password2 = PasswordField(
        label=_("New password again"),
        autocomplete="new-password",
        error_messages={"required": _("Enter the new password a second time")},
    )


class ChangePasswordForm(NewPasswords, account_forms.ChangePasswordForm):
    oldpassword = PasswordField(
        label=_("Current password"), autocomplete="current-password", show_reset_help=True
    )


class ResetPasswordKeyForm(NewPasswords, account_forms.ResetPasswordKeyForm):
    pass


class SignupForm(NamedMessages, OurAddress, account_forms.SignupForm):
    """The invited address, a password, and whether the person agrees to be named."""

    named = NamedField(
        error_messages={"required": _("Say whether the other side may see your name")}
    )
    field_order = ["email", "named", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        invitation = open_invitation(context.request)
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _("The address to which we sent the invitation.")
        self.initial["email"] = invitation.email
        if hasattr(invitation.contact, "officer"):
            del self.fields["named"]  # officers are always named


class ResetPasswordForm(NamedMessages, OurAddress, account_forms.ResetPasswordForm):
    """Takes any address and looks none up: the answer, and how long it takes, tell nothing."""

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def save(self, request, **kwargs):
        request_password_reset(email=self.cleaned_data["email"], at=timezone.now())  # noqa: TID251
        return self.cleaned_data["email"]
