from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from .bulletins import person

UNOPENED = ("draft", "co_signed")
ANSWERABLE = ("open", "closed")
LIVE = (*ANSWERABLE, "considering")  # asked, and not decided
OVER = ("decided", "reported_back", "abandoned")
SCRUTINEERS = frozenset({"scrutineer"})
ABOVE = frozenset({"coordinator", "inspector", "commander"})


class ConsultationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep what one's own institution was asked, convenes or wished for.

        Police of the force keep what was opened, the asking unit and those above it the drafts as
        well. Each row says ``is_invited``, and ``owes_answer`` until one's own have all answered.
        """
        standing = user.standing
        asked = self._related("invitees").filter(
            consultation=OuterRef("pk"), institution_id__in=standing.own_ids
        )
        of_force = Q(force_id__in=standing.force_ids) | standing.within(SCRUTINEERS)
        silent = self._silent(standing).filter(consultation=OuterRef("pk"))
        return self.annotate(is_invited=Exists(asked), owes_answer=Exists(silent)).filter(
            Q(is_invited=True)
            | Q(co_convenor_id__in=standing.own_ids)
            | Q(asked_by_id__in=standing.own_ids)
            | (Q(opened_at__isnull=False) & of_force)
            | Q(institution_id__in=standing.unit_ids)
            | standing.within(ABOVE)
        )

    def chosen(self, *, state=""):
        """Keep what the list's filter asks for; without a choice, what is not over."""
        if state == "drafts":
            return self.filter(state__in=UNOPENED)
        if state == "over":
            return self.filter(state__in=OVER)
        if state == "all":
            return self
        return self.filter(state__in=LIVE)

    def consultations(self):
        """Leave out what was asked as advice: it is none, and counts as none."""
        return self.filter(kind="consultation")

    def advice(self):
        return self.filter(kind="rapid_advice")

    def live(self):
        return self.consultations().filter(state__in=LIVE)

    def advice_to_close(self, *, at):
        return self.advice().filter(state="open", answer_by__lte=at)

    def advice_to_be_given_by(self, user):
        """Keep what an umbrella body that ``user`` leads was asked and has not answered."""
        led = [h.institution_id for h in user.standing.holdings if h.access_role == "umbrella_lead"]
        asked = self.advice().filter(state__in=ANSWERABLE, co_convenor_id__in=led)
        return asked.filter(answered_umbrella=0)

    def advice_to_report(self, user, *, role):
        """Keep that of which police over the unit have yet to say what they did."""
        over = self.advice().filter(user.standing.within(frozenset({role})))
        answered = Q(answered_umbrella__gt=0) | Q(state="closed")
        return over.filter(answered, state__in=ANSWERABLE)

    def asked_of_any(self, institutions):
        """Keep those that one of these institutions (a queryset of ids) was asked."""
        invitees = self._related("invitees").filter(institution__in=institutions)
        return self.filter(Exists(invitees.filter(consultation=OuterRef("pk"))))

    def except_for(self, ids):
        return self.exclude(pk__in=ids)

    def for_choice(self):
        return self.order_by("closes_on", "pk")

    def to_be_answered_by(self, user):
        """Keep those that an institution of ``user``'s own was asked and has not answered."""
        asked = Exists(self._silent(user.standing).filter(consultation=OuterRef("pk")))
        return self.consultations().filter(asked, state="open")

    def waiting_on(self, user, *, role):
        """Keep those whose next step is taken in that role; ``team`` is the unit that asks."""
        standing = user.standing
        if role == "umbrella_lead":
            led = [h.institution_id for h in standing.holdings if h.access_role == role]
            unread = self._related("themes").uncoded().filter(named_side="police")
            to_read = Q(Exists(unread.filter(consultation=OuterRef("pk"))), state="closed")
            to_co_sign = Q(state="draft") & ~self._unfinished()
            return self.filter(to_co_sign | to_read, co_convenor_id__in=led)
        if role == "team":
            to_write = Q(state="draft") & self._unfinished()
            here = self.consultations().filter(institution_id__in=standing.unit_ids)
            return here.filter(to_write | Q(state="closed"))
        over = self.filter(standing.within(frozenset({role})))
        if role == "coordinator":
            return over.filter(state__in=["co_signed", "decided"])
        return over.filter(state="considering", owner_role=role)

    def sent_to_institution(self, institution):
        return self.filter(invitees__institution=institution).order_by("pk")

    def to_tell(self):
        """Keep the whole drafts about which the umbrella body has not been asked yet."""
        return self.filter(~self._unfinished(), state="draft", convenor_told_at__isnull=True)

    def to_close(self, *, on):
        return self.filter(state="open", closes_on__lt=on)

    def to_remind(self, *, by):
        """Keep the open ones that close by a day and of which nobody was reminded."""
        return self.filter(state="open", reminded_at__isnull=True, closes_on__lte=by)

    def for_list(self):
        return self.select_related("institution")

    def for_action(self):
        """Lock the row and load what a move needs."""
        return self.select_for_update(of=["self"]).select_related("institution__area")

    def for_detail(self):
        """Load the whole consultation with its themes."""
        who = ("drafted_by", "cosigned_by", "opened_by", "decided_by", "abandoned_by")
        themes = self._related("themes").for_page()
        return self.select_related(
            "institution__area",
            "asked_by",
            *(part for each in who for part in person(each)),
        ).prefetch_related(Prefetch("themes", themes, to_attr="heard"))

    def _silent(self, standing):
        answers = (
            self._related("responses")
            .current()
            .filter(consultation=OuterRef("consultation"), institution=OuterRef("institution"))
        )
        own = self._related("invitees").filter(institution_id__in=standing.own_ids)
        return own.filter(~Exists(answers))

    def _unfinished(self):
        """Say which lack a part or a day; of one row, ``is_whole`` says it."""
        lacks = Q(closes_on__isnull=True) | Q(decides_on__isnull=True)
        for part in self.model.PARTS:
            lacks |= Q(**{part: ""})
        return lacks

    def _related(self, name):
        return self.model._meta.get_field(name).related_model._default_manager


class ConsultationInviteeQuerySet(models.QuerySet):
    def of(self, user):
        """Keep those of the institutions that ``user`` speaks for."""
        own = self.filter(institution_id__in=user.standing.own_ids)
        return own.select_related("institution").order_by("institution__name", "pk")
