"""How signing in differs here: by invitation only, all mail through the outbox, nothing told."""

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.actor import claims
from contacts.actions import accounts, invitations
from contacts.models import Invitation

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
    }

    def login(self, request, user):
        super().login(request, user)
        claims.enter(user.pk)  # what follows in this request is already theirs

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


def remember_invitation(request, invitation):
    """Keep an opened invitation for the pages that follow; its address counts as proven."""
    request.session[SESSION_KEY] = invitation.token_digest
    if not request.user.is_authenticated:
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
