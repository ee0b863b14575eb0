from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.actions import factors, invitations, people
from contacts.forms.people import CardForm, DeputyForm, EmptyForm, LostFactorForm, OfficerForm
from contacts.models import (
    Contact,
    Institution,
    Invitation,
    Language,
    LeadershipDispute,
    Rank,
    RoleHolding,
    StandingDown,
)
from contacts.qr import svg_of

from .access import FreshSignIn, Permitted, Seen


class PeopleList(Seen, KeysetListView):
    """Who is who at an institution: roles, who stands in, who has not answered yet."""

    permission_required = "contacts.view_people"
    template_name = "contacts/people_list.html"
    model = Institution
    subject_name = "institution"
    loads = "for_people"
    order_keys = ("access_role", "pk")
    most_invitations = 50

    def get_queryset(self):
        today = timezone.localdate()
        return RoleHolding.objects.held_at(self.subject, on=today).for_list()

    def get_context_data(self, **kwargs):
        user = self.request.user
        waiting = Invitation.objects.visible_to(user).unanswered_at(self.subject).for_list()
        invitations = list(waiting.newest(self.most_invitations))
        more = invitations[0].in_all - len(invitations) if invitations else 0
        return super().get_context_data(
            dispute=self.get_dispute(),
            proposal=self.get_proposal(),
            invitations=invitations,
            more_invitations=more,
            now=timezone.now(),
            today=timezone.localdate(),
            **kwargs,
        )

    def get_dispute(self):
        """Return what waits for a coordinator or an inspector; nobody else asks for it."""
        if not self.request.user.has_perm("contacts.report_dispute", self.subject):
            return None
        return LeadershipDispute.objects.open_at(self.subject).for_detail().first()

    def get_proposal(self):
        """Return what one lead proposed and another answers; nobody but leads is told."""
        may_answer = self.request.user.has_perm("contacts.propose_standing_down", self.subject)
        if not (may_answer and self.subject.has_proposal):
            return None
        return StandingDown.objects.open_at(self.subject).for_detail().first()


class OfficerAdd(Permitted, ActionView):
    """Add an officer to one of the coordinator's units; ``?unit=`` chooses it beforehand."""

    permission_required = "contacts.add_officer"
    template_name = "contacts/officer_add.html"
    form_class = OfficerForm
    success_message = _("Added. An invitation is on its way to them.")

    def get_form_kwargs(self):
        units = Institution.objects.reached_by(self.request.user, "coordinator").police().current()
        ranks = Rank.objects.offered(on=timezone.localdate())
        return super().get_form_kwargs() | {"units": units.order_by("name", "pk"), "ranks": ranks}

    def get_initial(self):
        visible = Institution.objects.visible_to(self.request.user)
        return {"unit": visible.with_ref(self.request.GET.get("unit"))}

    def act(self, **data):
        officer = people.add_officer(by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:institution-people", args=[officer.institution.ref])


class OverRole(Seen):
    model = RoleHolding
    subject_name = "holding"

    def get_success_url(self):
        return reverse("contacts:institution-people", args=[self.subject.institution.ref])


class DeputySet(OverRole, ActionView):
    permission_required = "contacts.set_deputy"
    template_name = "contacts/deputy_set.html"
    form_class = DeputyForm
    success_message = _("Saved. They act in that role from the first day to the last.")

    def get_form_kwargs(self):
        there = Contact.objects.with_account_at(self.subject.institution).for_list()
        known = (self.subject.contact_id, self.request.user.standing.contact_id)
        others = there.exclude(pk__in=known).order_by("name", "pk")
        return super().get_form_kwargs() | {"people": others}

    def act(self, **data):
        people.set_deputy(holding=self.subject, by=self.request.user, at=timezone.now(), **data)
        return self.get_success_url()


class SecondStepRemove(OverRole, FreshSignIn, ActionView):
    permission_required = "contacts.remove_second_step"
    template_name = "contacts/second_step_remove.html"
    form_class = LostFactorForm
    success_message = _("Removed. They sign in with their password and begin afresh.")

    def act(self, rang_back):
        factors.remove_second_step(holding=self.subject, by=self.request.user, at=timezone.now())
        return self.get_success_url()


class OverInvitation(Seen):
    model = Invitation
    subject_name = "invitation"
    form_class = EmptyForm

    def get_success_url(self):
        return reverse("contacts:institution-people", args=[self.subject.institution.ref])


class InvitationResend(OverInvitation, ActionView):
    permission_required = "contacts.resend_invitation"
    template_name = "contacts/invitation_resend.html"
    success_message = _("A new link is on its way. The old one no longer works.")

    def act(self):
        invitations.resend_invitation(
            invitation=self.subject, by=self.request.user, at=timezone.now()
        )
        return self.get_success_url()


class InvitationWithdraw(OverInvitation, ActionView):
    permission_required = "contacts.withdraw_invitation"
    template_name = "contacts/invitation_withdraw.html"
    success_message = _("The invitation was withdrawn. Its link no longer works.")

    def act(self):
        invitations.withdraw_invitation(
            invitation=self.subject, by=self.request.user, at=timezone.now()
        )
        return self.get_success_url()


class InvitationCard(OverInvitation, ActionView):
    """Answer with the card itself: its code is kept nowhere, so there is no page to go to."""

    permission_required = "contacts.print_card"
    template_name = "contacts/invitation_card.html"
    form_class = CardForm

    def get_form_kwargs(self):
        languages = Language.objects.besides_english(on=timezone.localdate())
        return super().get_form_kwargs() | {"languages": languages}

    def get_initial(self):
        return {"language": self.subject.contact.language_id}

    def form_valid(self, form):
        by, at = self.request.user, timezone.now()
        try:
            code = invitations.print_card(
                invitation=self.subject, by=by, at=at, **form.cleaned_data
            )
        except ValidationError as error:
            return self.form_declined(form, error)
        site = settings.SITE_URL.rstrip("/")
        self.subject.refresh_from_db(fields=["expires_at"])
        card = {
            "address": site + reverse("contacts:card-enter"),
            "code": "-".join(code[place : place + 4] for place in (0, 4, 8)),
            "picture": svg_of(site + reverse("contacts:invitation-accept", args=[code])),
        }
        page = "contacts/invitation_card_made.html"
        return render(self.request, page, self.get_context_data(**card))
