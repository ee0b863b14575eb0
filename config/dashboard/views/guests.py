"""What an invited unit or an umbrella body reads of an institution that let it in.

Pages of their own, which hold what the permission covers and nothing else: house rules, those who
agreed to be named, visits, and their notes. Never requests, promises, feedback or the timeline.
"""

from django.utils import timezone
from django.views.generic import TemplateView

from config.web.paging import KeysetListView
from contacts.models import Contact, Institution, SharingPermission, WeeklyTime
from contacts.views.access import Seen
from events.models import Engagement
from events.records import note_state, part_labels
from partnerships.text_record import text_record_of

MOST_PEOPLE = 50


class GuestInstitution(Seen, KeysetListView):
    model = Institution
    subject_name = "institution"
    permission_required = "dashboard.view_as_guest"
    template_name = "dashboard/guest_institution.html"
    order_keys = ("-starts_at", "-pk")

    def get_rows(self):
        return Institution.objects.letting_in(self.request.user)

    def get_queryset(self):
        visible = Engagement.objects.visible_to(self.request.user)
        return visible.for_guest(self.subject).for_list()

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        people = Contact.objects.visible_to(user).with_account_at(self.subject).for_list()
        context = super().get_context_data(
            permission=SharingPermission.objects.letting_in(user, self.subject, on=today),
            people=people.order_by("name", "pk")[:MOST_PEOPLE],
            times=WeeklyTime.objects.kept_by(self.subject, on=today),
            **kwargs,
        )
        for visit in context["page"].items:
            visit.note_label, visit.note_colour = note_state(visit)
        return context


class GuestVisit(Seen, TemplateView):
    model = Engagement
    subject_name = "visit"
    permission_required = "dashboard.view_visit_as_guest"
    template_name = "dashboard/guest_visit.html"

    def get_rows(self):
        visits = Engagement.objects.visible_to(self.request.user).not_cancelled()
        return visits.hosted_by(self.request.user.standing.guest_ids)

    def get_context_data(self, **kwargs):
        visit = self.subject
        note = getattr(visit, "note", None)
        label, colour = note_state(visit)
        text = None
        if note is not None and note.has_left:
            text = text_record_of(
                note.text,
                partnership=visit.partnership,
                labels=part_labels(visit.institution),
            )
        return super().get_context_data(text=text, note_label=label, note_colour=colour, **kwargs)
