from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from contacts.standing import INVITED_FUNCTIONS, PARTNER_LEADS, RECORDS

POLICE_KINDS = ("police_team", "police_unit", "police_force")
PARTNER_KINDS = (
    "mosque",
    "islamic_centre",
    "madrasah",
    "umbrella_body",
    "council",
    "school",
    "charity_other",
)


class InstitutionQuerySet(models.QuerySet):
    def partners_in(self, force_ids):
        """Keep the mosques, umbrella bodies and others of these forces, and no unit or panel."""
        ours = [*POLICE_KINDS, "panel"]
        return self.filter(force_id__in=force_ids).exclude(kind__in=ours)

    def of_panels(self):
        """Keep the scrutiny panels that work today."""
        return self.filter(kind="panel", ended_on__isnull=True)

    def visible_to(self, user):
        """Keep the institutions of whose record ``user`` may read something.

        One's own; for police, those within reach and the units of their force; for an invited unit
        or an umbrella body, those that let it in. Everybody else gets nothing.
        """
        standing = user.standing
        return self.filter(
            Q(pk__in=standing.own_ids)
            | Q(pk__in=standing.guest_ids)
            | standing.within_institutions()
            | Q(kind__in=POLICE_KINDS, force_id__in=standing.force_ids)
        )

    def whose_readers_are_shown_to(self, user):
        """Keep those that ``user`` speaks for, coordinates or scrutinises."""
        standing = user.standing
        over = standing.within_institutions(frozenset({"coordinator", "scrutineer"}))
        return self.partners().filter(Q(pk__in=standing.own_ids) | over)

    def whose_disclosures_are_shown_to(self, user):
        """Keep the partners whose record ``user`` reads, scrutinises, or keeps the files of."""
        over = user.standing.within_institutions(frozenset({"scrutineer", "records_officer"}))
        return self.partners().filter(Q(pk__in=self.visible_to(user).values("pk")) | over)

    def drafting_for(self, user):
        """Keep the police units in whose name ``user`` may write to mosques: one's own.

        A coordinator writes for every unit within reach that serves mosques. Each has a function,
        for that stands as a badge beside its name.
        """
        standing = user.standing
        serving = self.that_serve().filter(standing.within_institutions(frozenset({"coordinator"})))
        mine = Q(pk__in=standing.bulletin_unit_ids) | Q(pk__in=serving.values("pk"))
        units = self.current().police().exclude(unit_function="").filter(mine)
        return units.order_by("name", "pk")

    def without_leads(self, user):
        """Keep those whose leads stood down together, for their coordinators."""
        over = user.standing.within_institutions(frozenset({"coordinator"}))
        return self.partners().current().filter(over, leads_ended_on__isnull=False)

    def led_by(self, user):
        """Keep the partners of which ``user`` is a lead, by name."""
        standing = user.standing
        held = [h.institution_id for h in standing.holdings if h.access_role in PARTNER_LEADS]
        return self.partners().current().filter(pk__in=held).order_by("name", "pk")

    def those_of(self, rows):
        """Keep the institutions of the rows of something else, by name."""
        return self.filter(pk__in=rows.order_by().values("institution")).order_by("name", "pk")

    def convening_in(self, units):
        """Keep the umbrella bodies that have joined in the forces of these units, by name."""
        forces = {unit.force_id for unit in units}
        rows = self.current().filter(kind="umbrella_body", force_id__in=forces)
        return rows.filter(joined_on__isnull=False).order_by("name", "pk")

    def convening_for(self, places, *, on):
        """Keep the umbrella bodies to which these institutions belong, or which they are."""
        own = [place.pk for place in places]
        belongs = apps.get_model("contacts", "Membership").objects.open_on(on)
        held = belongs.filter(member__in=own).values("umbrella")
        rows = self.current().filter(kind="umbrella_body")
        return rows.filter(Q(pk__in=own) | Q(pk__in=held)).order_by("name", "pk")

    def loggable_by(self, user):
        """Keep those at which ``user`` may log a visit: an officer anywhere in the force."""
        standing = user.standing
        own = Q(pk__in=standing.own_ids)
        return self.partners().filter(own | Q(force_id__in=standing.force_ids), ended_on=None)

    def openable_by(self, user):
        """Keep the partners whose record ``user`` could open in an emergency, or reads anyway."""
        over = user.standing.within_institutions(frozenset({"platform_admin"}))
        mine = self.loggable_by(user).values("pk")
        return self.partners().current().filter(Q(pk__in=mine) | over)

    def reached_by(self, user, *access_roles):
        """Keep those in the areas below which ``user`` holds one of these police roles."""
        return self.filter(user.standing.within_institutions(frozenset(access_roles)))

    def kept_by(self, user):
        """Keep those whose records ``user`` keeps."""
        return self.reached_by(user, *RECORDS)

    def with_retention_for(self, user):
        """Keep those of which ``user`` may read how long things are kept: one's own as well."""
        own = Q(pk__in=user.standing.own_ids)
        return self.filter(own | user.standing.within_institutions(RECORDS))

    def force_of_records(self, user):
        """Return the police force whose records ``user`` keeps. Issues a query."""
        force = user.standing.force_of_records
        return self.filter(kind="police_force", force_id=force, ended_on=None).earliest("pk")

    def partners(self):
        return self.filter(kind__in=PARTNER_KINDS)

    def police(self):
        return self.filter(kind__in=POLICE_KINDS)

    def that_serve(self):
        """Keep the police units with which a mosque may have a partnership."""
        return self.police().exclude(unit_function__in=INVITED_FUNCTIONS)

    def to_be_invited(self, *, force_id):
        """Keep the units of a force that see nothing unless a mosque invites them."""
        rows = self.current().police().filter(force_id=force_id)
        return rows.filter(unit_function__in=INVITED_FUNCTIONS).order_by("name", "pk")

    def umbrellas_of(self, institution, *, on):
        """Keep the umbrella bodies of which an institution is a member on a day.

        Each says by ``membership`` which row makes it one, and by ``membership_role`` as what.
        """
        held = self.model._meta.get_field("memberships_held").related_model._default_manager
        stands = held.open_on(on).filter(member=institution)
        mine = stands.filter(umbrella=OuterRef("pk"))
        bodies = self.current().filter(pk__in=stands.values("umbrella"))
        return bodies.annotate(
            membership=Subquery(mine.values("pk")[:1]),
            membership_role=Subquery(mine.values("role")[:1]),
        ).order_by("name", "pk")

    def umbrella_bodies(self):
        return self.filter(kind="umbrella_body").order_by("name", "pk")

    def listed_to(self, user, *, on):
        """Keep those that let other mosques of their force read that they are there."""
        given = self.model._meta.get_field("permissions_received").related_model._default_manager
        listed = given.open_on(on).of_kind("listed").filter(institution=OuterRef("pk"))
        forces = user.standing.partner_force_ids
        return self.current().partners().filter(Exists(listed), force_id__in=forces)

    def letting_in(self, user):
        """Keep those that let the unit or umbrella body of ``user`` read their record."""
        return self.filter(pk__in=user.standing.guest_ids).order_by("name", "pk")

    def with_ref(self, ref):
        """Return the one with that ``ref`` (a text from outside), or None. Issues a query."""
        try:
            return self.filter(ref=UUID(ref)).first()
        except (TypeError, ValueError):
            return None

    def current(self):
        return self.filter(ended_on__isnull=True)

    def for_list(self):
        return self.select_related("area", "district")

    def disputed(self):
        """Keep those where it is disputed who leads."""
        return self.filter(self._is_disputed())

    def _is_disputed(self):
        disputes = apps.get_model("contacts.LeadershipDispute").objects
        return Exists(disputes.standing_at(OuterRef("pk")))

    def for_detail(self):
        """Load what its page shows; ``is_disputed`` says that its leadership is."""
        loaded = self.select_related("area", "district", "force")
        return loaded.annotate(is_disputed=self._is_disputed())

    def for_people(self):
        """Load the same; ``has_proposal`` says that leads propose to stand down, to leads alone."""
        proposals = apps.get_model("contacts.StandingDown").objects
        proposed = proposals.open_at(OuterRef("pk"))
        return self.for_detail().annotate(has_proposal=Exists(proposed))


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep those of one's own body, of one's own institution, or of institutions in sight.

        Police read that a mosque is a member where they read the mosque.
        """
        standing = user.standing
        places = self.model._meta.get_field("member").related_model._default_manager
        return self.filter(
            Q(umbrella__in=standing.own_ids)
            | Q(member__in=standing.own_ids)
            | Q(member__in=places.filter(standing.within_institutions()).values("pk"))
        )

    def of(self, institution):
        """Keep those in which an institution is the member or the body."""
        return self.filter(Q(member=institution) | Q(umbrella=institution))

    def held_by(self, umbrella, *, on):
        """Keep the members that a body speaks for on a day."""
        return self.open_on(on).filter(umbrella=umbrella)

    def for_list(self):
        return self.select_related("member__area")

    def open_on(self, day):
        return self.filter(
            Q(member_until__isnull=True) | Q(member_until__gt=day), member_from__lte=day
        )


class WeeklyTimeQuerySet(models.QuerySet):
    def kept_by(self, institution, *, on):
        """Keep the times that an institution keeps for itself on a day, in the week's order."""
        return self.filter(
            Q(kept_until__isnull=True) | Q(kept_until__gt=on),
            institution=institution,
            kept_from__lte=on,
        ).order_by("weekday", "starts", "pk")
