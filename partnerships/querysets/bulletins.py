from datetime import timedelta

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

UNPUBLISHED = ("draft", "checked")
STANDING = ("published", "updated")
OVER = ("withdrawn", "expired")
SCRUTINEERS = frozenset({"scrutineer"})
WHO_PUBLISH = frozenset({"coordinator", "inspector", "commander"})
WEEK = timedelta(days=7)


class BulletinQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep what one's own institution was sent; for police of the force, all that is out.

        A draft is its unit's, and theirs who check it. Each row says ``is_received``.
        """
        standing = user.standing
        sent = self._related("recipients").filter(
            bulletin=OuterRef("pk"), institution_id__in=standing.own_ids
        )
        is_out = ~Q(state__in=UNPUBLISHED)
        of_force = Q(force_id__in=standing.force_ids) | standing.within(SCRUTINEERS)
        return self.annotate(is_received=Exists(sent)).filter(
            Q(is_received=True)
            | (is_out & of_force)
            | Q(institution_id__in=standing.bulletin_unit_ids)
            | standing.within(WHO_PUBLISH)
        )

    def received_by(self, user):
        """Keep what an institution of ``user``'s own was sent."""
        return self.visible_to(user).filter(is_received=True)

    def sent_to_institution(self, institution):
        return self.filter(recipients__institution=institution).order_by("pk")

    def chosen(self, *, state=""):
        """Keep what the list's filter asks for; without a choice, what stands."""
        if state == "drafts":
            return self.drafts()
        if state == "over":
            return self.filter(state__in=OVER)
        if state == "all":
            return self.exclude(state__in=UNPUBLISHED)
        return self.standing()

    def drafts(self):
        return self.filter(state__in=UNPUBLISHED)

    def standing(self):
        return self.filter(state__in=STANDING)

    def published_since(self, moment):
        return self.standing().filter(published_at__gte=moment)

    def to_sign_off(self):
        """Keep the statements of fact of which nobody was told that they wait for a word."""
        return self.filter(kind="statement_of_fact", state="draft", sign_off_asked_at__isnull=True)

    def to_expire(self, *, on):
        return self.standing().filter(valid_until__lte=on)

    def with_current(self):
        """Load the wording that stands as ``current`` (a list of one). One more query."""
        versions = self._related("versions").filter(number=F("bulletin__current_version"))
        return self.prefetch_related(Prefetch("versions", versions, to_attr="current"))

    def to_be_signed_off_by(self, user, *, role):
        """Keep the statements of fact that wait for somebody in that role; not one's own."""
        drafts = self.filter(kind="statement_of_fact", state="draft")
        drafts = drafts.exclude(drafted_by=user.standing.contact_id)
        if role == "commander":  # of whose own area's units there is no inspector
            return drafts.filter(institution__area_id__in=user.standing.area_ids(role))
        return drafts.filter(user.standing.within(frozenset({role})))

    def for_home(self):
        """Load what a line of the home page or of a digest says: no words."""
        return self.select_related("institution")

    def for_list(self):
        """Load what a row shows, with how many questions there are and how many wait."""
        questions = self._related("questions").filter(bulletin=OuterRef("pk"))
        return (
            self.select_related("institution", "language")
            .annotate(
                asked=count_of(questions),
                unanswered=count_of(questions.filter(state="open")),
            )
            .with_current()
        )

    def for_action(self):
        """Lock the rows and load what a move needs."""
        return self.select_for_update(of=["self"]).select_related("institution__area", "drafted_by")

    def for_detail(self):
        """Load the whole bulletin with every wording, the newest first."""
        versions = self._related("versions").select_related(*person("written_by"))
        people = ("drafted_by", "checked_by", "published_by", "withdrawn_by")
        return self.select_related(
            "institution__area", "language", *(p for who in people for p in person(who))
        ).prefetch_related(Prefetch("versions", versions.order_by("-number")))

    def _related(self, name):
        return self.model._meta.get_field(name).related_model._default_manager


class BulletinRecipientQuerySet(models.QuerySet):
    def of_week(self, *, at):
        """Keep what was sent in the seven days before a moment."""
        return self.filter(sent_at__gt=at - WEEK, sent_at__lte=at)

    def of(self, user):
        """Keep those of the institutions that ``user`` speaks for."""
        own = self.filter(institution_id__in=user.standing.own_ids)
        return own.select_related("institution").order_by("institution__name", "pk")

    def counted_for(self, institution, *, at):
        """Build the number of bulletins sent to an outer row's institution within the week."""
        return count_of(self.of_week(at=at).filter(institution=institution))


def person(who):
    """Name what is loaded to write a person's name, and their unit."""
    return [f"{who}__{part}" for part in ("officer__rank", "shown_role", "institution")]


def count_of(rows):
    """Build the number of rows of a correlated queryset."""
    counted = rows.order_by().values(one=models.Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
