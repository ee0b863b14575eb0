"""Doors: pages that somebody reaches by a link, signed in or not."""

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from config.outbox.unsubscribe import read_token
from config.web.views import ActionView
from contacts.actions import invitations, preferences
from contacts.adapters import invitation_behind, open_invitation, remember_invitation
from contacts.forms.people import CardCodeForm, EmptyForm
from contacts.forms.preferences import ConfirmInvitationForm, PreferencesForm
from contacts.models import User
from contacts.presenters import officer_of

from .access import Permitted


@method_decorator(login_not_required, name="dispatch")
class InvitationAccept(View):
    """Take the token out of the address and go where this visitor can accept."""

    def get(self, request, token):
        invitation = invitation_behind(invitations.digest_of(token))
        if invitation is None:
            return render(request, "contacts/invitation_over.html", status=404)
        remember_invitation(request, invitation)
        confirm = reverse("contacts:invitation-confirm")
        if request.user.is_authenticated:
            return redirect(confirm)
        if User.objects.known_by(invitation.email):
            return redirect(reverse("account_login", query={"next": confirm}))
        return redirect("account_signup")


@method_decorator(login_not_required, name="dispatch")
class CardEnter(ActionView):
    """The way in for whoever has a card and no camera: its code is the same token."""

    template_name = "contacts/card_enter.html"
    form_class = CardCodeForm

    def act(self, code):
        return reverse("contacts:invitation-accept", args=[code])


class InvitationConfirm(Permitted, ActionView):
    """Somebody who has an account accepts a further role."""

    permission_required = "contacts.accept_invitation"
    template_name = "contacts/invitation_confirm.html"
    form_class = ConfirmInvitationForm
    success_message = _("Welcome. You have the role now.")

    def dispatch(self, request, *args, **kwargs):
        self.invitation = open_invitation(request)
        if self.invitation is None:
            return render(request, "contacts/invitation_over.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(invitation=self.invitation, **kwargs)

    def act(self, **data):
        invitations.accept_invitation(
            invitation=self.invitation, user=self.request.user, at=timezone.now(), **data
        )
        return reverse("home")


class PreferencesSet(Permitted, ActionView):
    permission_required = "contacts.set_preferences"
    template_name = "contacts/preferences.html"
    form_class = PreferencesForm
    success_message = _("Saved.")

    def get_form_kwargs(self):
        is_officer = officer_of(self.request.user.contact) is not None
        return super().get_form_kwargs() | {"is_officer": is_officer}

    def get_initial(self):
        return preferences.current_preferences(self.request.user)

    def act(self, **data):
        preferences.set_preferences(user=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:preferences")


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class Unsubscribe(ActionView):
    """RFC 8058: a mail program posts here with no session and no token of ours but the link's."""

    template_name = "contacts/unsubscribe.html"
    form_class = EmptyForm

    def dispatch(self, request, *args, **kwargs):
        try:
            self.wish = read_token(kwargs["token"])
        except BadSignature:
            return render(request, "contacts/unsubscribe_over.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(topic=self.wish.topic, **kwargs)

    def form_valid(self, form):
        try:
            preferences.unsubscribe(ref=self.wish.ref, topic=self.wish.topic, at=timezone.now())
        except User.DoesNotExist:
            return render(self.request, "contacts/unsubscribe_over.html", status=404)
        return render(self.request, "contacts/unsubscribed.html", {"topic": self.wish.topic})
