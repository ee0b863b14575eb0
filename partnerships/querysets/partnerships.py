from uuid import UUID

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q
from django.db.models.functions import Cast, Greatest, Least

from contacts.models import LeadershipDispute, RoleHolding
from contacts.standing import PARTNER_LEADS


class _Months(Func):
    template = "make_interval(months => %(expressions)s)"
    output_field = models.DurationField()


class PartnershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep the partnerships to which ``user`` is a party, or which a police role reaches."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(police_unit_id__in=standing.unit_ids)
            | standing.within()
        )

    def listed_for(self, user):
        """Keep the primary ones whose name, area and named officer ``user`` may read.

        Any officer may be sent anywhere in the force; details need :meth:`visible_to`.
        """
        standing = user.standing
        return self.primary().filter(
            Q(institution_id__in=standing.own_ids) | Q(force_id__in=standing.force_ids)
        )

    def matching(self, *, name="", kind="", area=None, state=""):
        """Keep what somebody looked for in the list; ended ones only when asked for."""
        rows = self.filter(state=state) if state else self.live()
        if name:
            rows = rows.filter(
                Q(institution__name__icontains=name) | Q(institution__local_name__icontains=name)
            )
        if kind:
            rows = rows.filter(institution__kind=kind)
        if area:
            rows = rows.filter(institution__area__lineage__contains=[area.pk])
        return rows

    def invitable_by(self, user):
        """Keep the live ones to whose institution ``user`` may invite people.

        A coordinator's say ends once the institution has joined, until its leads are all gone.
        """
        standing = user.standing
        led = {h.institution_id for h in standing.holdings if h.access_role in PARTNER_LEADS}
        return self.primary().live().filter(Q(institution_id__in=led) | self._set_up_by(standing))

    def _set_up_by(self, standing):
        nobody = Q(institution__joined_on__isnull=True) | Q(
            institution__leads_ended_on__isnull=False
        )
        return standing.within({"coordinator"}) & nobody

    def of_institution_with_ref(self, ref):
        """Return the one of the institution with that ``ref`` (from outside), or None. A query."""
        try:
            return self.filter(institution__ref=UUID(ref)).first()
        except (TypeError, ValueError):
            return None

    def for_choice(self):
        return self.select_related("institution").order_by("institution__name", "pk")

    def measured_by(self, user):
        """Keep those whose figures ``user`` may read as aggregates."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(police_unit_id__in=standing.unit_ids)
            | standing.within(with_grants=False)
            | standing.within({"commander"})
        )

    def of_force(self, force_id):
        return self.filter(force_id=force_id)

    def primary(self):
        return self.filter(is_primary=True)

    def live(self):
        return self.exclude(state="ended")

    def to_begin(self, *, on):
        """Keep those that are on their way to joining; an invitation only once a lead accepted.

        Each row says ``has_named_officer`` and ``has_cover``.
        """
        leads = RoleHolding.objects.open_on(on).with_role(*PARTNER_LEADS)
        accepted = leads.filter(institution=OuterRef("institution"), contact__user__isnull=False)
        officers = self.model._meta.get_field("leads").related_model.objects.current()
        here = officers.filter(partnership=OuterRef("pk"))
        on_the_way = Q(state__in=["applied", "verified", "met", "agreement_drafted"])
        return self.filter(on_the_way | Q(Exists(accepted), state="invited")).annotate(
            has_named_officer=Exists(here.filter(role="named_officer")),
            has_cover=Exists(here.filter(role="cover")),
        )

    def with_meetings_agreed(self):
        """Keep the active ones in which meetings are owed."""
        owed = Q(senior_months__isnull=False) | Q(working_months__isnull=False)
        return self.joined().filter(owed, meetings_since__isnull=False)

    def with_meeting_overdue(self, *, on):
        """Keep those of which an agreed meeting is late; ``meeting_due_on`` says since when.

        As :func:`partnerships.meetings.owed_by` works it out.
        """
        rows = self.with_meetings_agreed().annotate(
            meeting_due_on=Least(_due_on("senior"), _due_on("working"))
        )
        return rows.filter(meeting_due_on__lt=on)

    def joined(self):
        return self.filter(state="active")

    def reached_as(self, user, *access_roles):
        """Keep those that ``user`` reaches by one of these police roles."""
        return self.filter(user.standing.within(frozenset(access_roles)))

    def in_area(self, area):
        return self.filter(institution__area__lineage__contains=[area.pk])

    def meant_by(self, bulletin):
        """Keep the primary ones of the institutions that a bulletin is for, joined or not.

        ``areas`` are ids and take in what lies below; an empty list leaves nobody out.
        """
        rows = (
            self.primary()
            .live()
            .filter(force=bulletin.force_id, institution__ended_on__isnull=True)
        )
        if bulletin.areas:
            rows = rows.filter(institution__area__lineage__overlap=bulletin.areas)
        if bulletin.kinds:
            rows = rows.filter(institution__kind__in=bulletin.kinds)
        return rows

    def joined_in(self, force, areas):
        """Keep the primary ones of those who joined and go on, in the areas or the whole force."""
        rows = self.primary().joined().filter(force=force, institution__ended_on__isnull=True)
        return rows.filter(institution__area__lineage__overlap=areas) if areas else rows

    def for_list(self):
        return self.select_related("institution__area", "police_unit")

    def for_action(self):
        rows = self.select_for_update(of=["self"])
        return rows.select_related("institution__area", "police_unit")

    def skipping_locked(self):
        """Lock the rows for a sweep, leaving out what somebody is moving at this moment."""
        rows = self.select_for_update(of=["self"], skip_locked=True)
        return rows.select_related("institution__area", "police_unit")

    def for_detail(self):
        """Load what a partnership's own pages show, its named officer and cover included."""
        leads = self.model._meta.get_field("leads").related_model.objects
        disputes = LeadershipDispute.objects.standing_at(OuterRef("institution"))
        return (
            self.select_related("institution__area", "police_unit__area")
            .annotate(is_disputed=Exists(disputes))
            .prefetch_related(
                Prefetch("leads", queryset=leads.current().for_list(), to_attr="current_leads")
            )
        )


class LeadAssignmentQuerySet(models.QuerySet):
    def current(self):
        return self.filter(held_until__isnull=True)

    def for_list(self):
        return self.select_related("officer__officer__rank", "officer__institution").order_by(
            "-role", "pk"
        )


def _due_on(meeting):
    """Build the last day on which the next meeting of a kind is in time, or null."""
    last = Greatest(f"{meeting}_met_on", "meetings_since")  # leaves out what is null
    due = last + _Months(F(f"{meeting}_months"))
    return Cast(models.ExpressionWrapper(due, models.DateTimeField()), models.DateField())
