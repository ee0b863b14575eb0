"""How far a mosque has come on its way to joining, for the partnership's page."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from contacts.ladder import leads_of
from contacts.models import Contact

from .models import JoiningCheck, LimitsTalk, Partnership, PartnershipAgreement


@dataclass(frozen=True)
class Check:
    kind: JoiningCheck.Kind
    made: JoiningCheck | None


@dataclass
class Joining:
    """What was recorded so far. Each list is loaded when it is first asked for, by one query."""

    partnership: Partnership
    on: date

    @cached_property
    def checks(self) -> list[Check]:
        made = {check.kind: check for check in JoiningCheck.objects.of(self.partnership)}
        return [Check(kind, made.get(kind)) for kind in JoiningCheck.Kind]

    @cached_property
    def talks(self) -> list[LimitsTalk]:
        return list(LimitsTalk.objects.of(self.partnership))

    @cached_property
    def leads(self) -> list[Contact]:
        return leads_of(self.partnership.institution, on=self.on)

    @cached_property
    def agreements(self) -> list[PartnershipAgreement]:
        """All of them, the newest first."""
        return list(PartnershipAgreement.objects.of(self.partnership))

    @property
    def missing_checks(self) -> list[JoiningCheck.Kind]:
        return [check.kind for check in self.checks if check.made is None]

    @property
    def has_two_leads(self) -> bool:
        return len(self.leads) > 1

    @property
    def has_two_talks(self) -> bool:
        return len(self.talks) > 1

    @property
    def draft(self) -> PartnershipAgreement | None:
        return next((one for one in self.agreements if one.is_drafted), None)

    @property
    def in_force(self) -> PartnershipAgreement | None:
        states = PartnershipAgreement.State
        return next((one for one in self.agreements if one.state == states.IN_FORCE), None)

    @property
    def is_review_due(self) -> bool:
        return self.in_force is not None and self.in_force.is_due_for_review(self.on)

    def has_talked(self, contact_id: int) -> bool:
        return any(talk.lead_id == contact_id for talk in self.talks)
