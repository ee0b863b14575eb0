from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    When,
    Window,
)

from contacts.standing import ADMINS, INVITED_FUNCTIONS, INVITED_ROLE, PARTNER_LEADS, RECORDS

from .asked import roles_of, second_factors_of, today
from .institutions import POLICE_KINDS


class RoleHoldingQuerySet(models.QuerySet):
    def open_on(self, day):
        return self.filter(Q(held_until__isnull=True) | Q(held_until__gt=day), held_from__lte=day)

    def that_make_standing(self, user):
        """Load the roles in which ``user`` may act today. Issues the query."""
        return roles_of(self.model, user)

    def open_and_acting_on(self, day):
        """Keep the open roles in which somebody may act on a day.

        Left out is every role at an invited unit, and every police role of whoever serves in one.
        """
        invited = Q(access_role=INVITED_ROLE) | Q(institution__unit_function__in=INVITED_FUNCTIONS)
        theirs = self.model._default_manager.open_on(day).filter(invited).values("contact")
        police = Q(institution__kind__in=POLICE_KINDS, contact__in=theirs)
        return self.open_on(day).exclude(invited).exclude(police)

    def with_role(self, *access_roles):
        return self.filter(access_role__in=access_roles)

    def visible_to(self, user):
        """Keep the roles at one's own institutions, and those which a police role reaches."""
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(institution_id__in=standing.unit_ids)
            | Q(institution_id__in=standing.guest_ids, contact__name_agreed_on__isnull=False)
            | standing.within()
        )

    def held_at(self, institution, *, on):
        return self.open_on(on).filter(institution=institution)

    def of_type(self, code):
        """Keep the roles of one kind: imam, safeguarding lead."""
        return self.filter(role_type__code=code)

    def held_by(self, contact, *, on):
        """Load the roles that somebody holds on a day, wherever."""
        mine = self.open_on(on).filter(contact=contact).select_related("institution")
        return mine.order_by("held_from", "pk")

    def with_deputies(self, *, on):
        """Load who stands in on the day as ``acting``. One more query."""
        deputyships = self.model._meta.get_field("deputyships").related_model._default_manager
        acting = deputyships.acting_on(on).select_related("deputy__user", "deputy__officer__rank")
        return self.prefetch_related(Prefetch("deputyships", queryset=acting, to_attr="acting"))

    def for_list(self):
        """Load what a row of a list of people shows; who deputises comes in one more query."""
        deputyships = self.model._meta.get_field("deputyships").related_model._default_manager
        people = deputyships.select_related("deputy__officer__rank", "deputy__shown_role")
        return self.select_related(
            "contact__officer__rank",
            "contact__shown_role",
            "contact__institution",
            "role_type",
            "institution",
        ).prefetch_related(Prefetch("deputyships", queryset=people.order_by("acts_from", "pk")))

    def for_detail(self):
        return self.select_related(
            "contact__officer__rank", "contact__shown_role", "role_type", "institution__area"
        )


class DeputyshipQuerySet(models.QuerySet):
    def acting_on(self, day):
        """Keep those whose days it is, and who still have a role of their own to act in."""
        holdings = self.model._meta.get_field("holding").related_model._default_manager
        own = holdings.open_and_acting_on(day).filter(contact=OuterRef("deputy"))
        own = own.exclude(access_role="")
        return self.filter(
            Exists(own),
            Q(acts_until__isnull=True) | Q(acts_until__gt=day),
            acts_from__lte=day,
        ).order_by("pk")


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep the people of one's own institutions, and those whom a police role reaches.

        Whoever was let in sees those who agreed to be named.
        """
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids)
            | Q(institution_id__in=standing.unit_ids)
            | Q(institution_id__in=standing.guest_ids, name_agreed_on__isnull=False)
            | standing.within()
        )

    def with_account_at(self, institution):
        """Keep those who sign in and hold a role at an institution today."""
        day = today()
        return self.filter(
            Q(holdings__held_until__isnull=True) | Q(holdings__held_until__gt=day),
            user__isnull=False,
            holdings__held_from__lte=day,
            holdings__institution=institution,
        ).distinct()

    def leading(self, institution):
        """Keep the leads of an institution who sign in, by name."""
        day = today()
        rows = self.filter(
            Q(holdings__held_until__isnull=True) | Q(holdings__held_until__gt=day),
            user__isnull=False,
            holdings__held_from__lte=day,
            holdings__access_role__in=PARTNER_LEADS,
            holdings__institution=institution,
        )
        return rows.distinct().order_by("name", "pk")

    def officers_of(self, institution_ids):
        """Keep the officers who serve in the given police institutions today."""
        holdings = self.model._meta.get_field("holdings").related_model._default_manager
        serving = holdings.open_and_acting_on(today()).filter(institution__in=institution_ids)
        return self.filter(officer__isnull=False, pk__in=serving.values("contact"))

    def by_user(self, user_ids):
        """Return ``{user id: contact}`` for the accounts given. Issues a query."""
        people = self.for_list().filter(user_id__in=user_ids)
        return {contact.user_id: contact for contact in people}

    def named_at(self, institution_ids):
        """Return the names of those whose home these institutions are. Issues a query."""
        return list(self.filter(institution_id__in=institution_ids).values_list("name", flat=True))

    def with_role_at(self, institution, access_role):
        """Keep those who hold a role at an institution, whether they have an account yet or not."""
        return self.filter(
            holdings__institution=institution,
            holdings__access_role=access_role,
            holdings__held_until__isnull=True,
        )

    def reached_by(self, email):
        """Keep those who sign in with an address, or were invited under it."""
        return self.filter(
            Q(user__email__iexact=email)
            | Q(invitations__email__iexact=email, invitations__ended_at__isnull=True)
        ).distinct()

    def kept_by(self, user):
        """Keep those whose records ``user`` keeps."""
        return self.filter(user.standing.within(RECORDS))

    def at(self, institution):
        """Keep those whose home it is or who have ever held a role there."""
        return self.filter(
            Q(institution=institution) | Q(holdings__institution=institution)
        ).distinct()

    def called(self, text):
        """Keep those with that full name, or with that address to sign in or to write to."""
        text = text.strip()
        return self.filter(
            Q(name__iexact=text) | Q(email=text) | Q(user__email__iexact=text)
        ).order_by("pk")

    def for_export(self):
        return self.select_related("user", "institution")

    def gone_before(self, day):
        """Keep those whose last role ended before a day, and whose details are still here."""
        roles = self.model._meta.get_field("holdings").related_model._default_manager
        later = Q(held_until__isnull=True) | Q(held_until__gte=day)
        return self.filter(
            Exists(roles.filter(contact=OuterRef("pk"))),
            ~Exists(roles.filter(later, contact=OuterRef("pk"))),
        ).exclude(name="(name removed)")

    def with_account_in(self, user):
        """Keep those who sign in, in the force whose portal ``user`` administers."""
        return self.filter(user.standing.within(ADMINS), user__isnull=False)

    def for_accounts(self):
        """Load what is said of an account: ``leaves_on`` is the day on which its last role ends."""
        roles = self.model._meta.get_field("holdings").related_model._default_manager
        mine = roles.filter(contact=OuterRef("pk")).order_by()
        last = mine.values("contact").annotate(day=Max("held_until")).values("day")
        return self.select_related(
            "user", "officer__rank", "shown_role", "institution__area"
        ).annotate(
            has_second_factor=Exists(second_factors_of(OuterRef("user_id"))),
            leaves_on=Case(
                When(Exists(mine.filter(held_until__isnull=True)), then=None),
                default=Subquery(last),
            ),
        )

    def chosen(self, *, state="", who="", on):
        """Narrow accounts: by what is to be seen to, by somebody's full name or address."""
        found = self.called_openly(who) if who else self
        return {
            "": found,
            "open": found.filter(user__is_active=True),
            "closed": found.filter(user__is_active=False),
            "leaving": found.filter(user__is_active=True, leaves_on__gt=on),
            "without_step": found.filter(user__is_active=True, has_second_factor=False),
        }[state or ""]

    def called_openly(self, text):
        """Keep those who sign in with that address, or who are named and called that."""
        text = text.strip()
        named = Q(name__iexact=text, name_agreed_on__isnull=False)
        return self.filter(named | Q(user__email__iexact=text))

    def for_list(self):
        return self.select_related("officer__rank", "shown_role", "institution", "language")


class InvitationQuerySet(models.QuerySet):
    def open_at(self, moment):
        """Keep those that can be accepted: not while it is disputed who leads there."""
        places = self.model._meta.get_field("institution").related_model.objects
        return self.filter(
            accepted_at__isnull=True, ended_at__isnull=True, expires_at__gt=moment
        ).exclude(institution__in=places.disputed())

    def visible_to(self, user):
        standing = user.standing
        return self.filter(
            Q(institution_id__in=standing.own_ids) | standing.within({"coordinator"})
        )

    def unanswered_at(self, institution):
        """Keep those neither accepted nor withdrawn; their time may be over."""
        return self.filter(institution=institution, accepted_at__isnull=True, ended_at__isnull=True)

    def newest(self, size):
        """Load the first ``size`` of a list; each row knows in ``in_all`` how many there are."""
        return self.annotate(in_all=Window(Count("pk")))[:size]

    def with_digest(self, digest):
        return self.filter(token_digest=digest)

    def for_list(self):
        return self.select_related(
            "contact__officer__rank", "contact__shown_role", "institution"
        ).order_by(F("invited_at").desc(), "-pk")

    def for_detail(self):
        return self.select_related("contact__officer", "contact__shown_role", "institution__area")
