"""Does asking change anything, and who answers?"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Sum

from partnerships.models import Consultation, ConsultationInvitee, ConsultationTheme

from .scope import Period, Scope


@dataclass(frozen=True)
class Consulted:
    """``n`` are the themes. The three kinds of answers are counted apart and never merged."""

    period: Period
    consultations: int
    objected: int
    urgent: int
    reported: int
    n: int
    changed: int
    partly: int
    unchanged: int
    dissent: int
    members: int
    others: int
    umbrella: int

    @property
    def percent_changed(self) -> int | None:
        return round(100 * (self.changed + self.partly) / self.n) if self.n else None


def consulted(*, scope: Scope, period: Period) -> Consulted:
    """Count what came of the consultations that asked the scope's institutions.

    Unit: themes of consultations decided in the period that asked at least one institution of the
    scope. Formula: themes of which something changed, wholly or partly ÷ all themes; each says why.
    Two queries.
    """
    institutions = [member.institution_id for member in scope.members]
    asked = ConsultationInvitee.objects.filter(
        institution__in=institutions, consultation=OuterRef("pk")
    )
    decided = Consultation.objects.consultations().filter(
        Exists(asked), decided_on__gte=period.since, decided_on__lt=period.until
    )
    themes = ConsultationTheme.objects.filter(consultation__in=decided.values("pk"))
    return Consulted(period=period, **decided.aggregate(**_ASKED), **themes.aggregate(**_HEARD))


def _sum(field):
    return Sum(field, default=0)


_ASKED = {
    "consultations": Count("pk"),
    "objected": Count("pk", filter=~Q(objection="")),
    "urgent": Count("pk", filter=Q(is_urgent=True)),
    "reported": Count("pk", filter=Q(state="reported_back")),
    "members": _sum("answered_members"),
    "others": _sum("answered_others"),
    "umbrella": _sum("answered_umbrella"),
}
_HEARD = {
    "n": Count("pk"),
    "changed": Count("pk", filter=Q(outcome="changed")),
    "partly": Count("pk", filter=Q(outcome="partly")),
    "unchanged": Count("pk", filter=Q(outcome="unchanged")),
    "dissent": Count("pk", filter=~Q(dissent="")),
}
