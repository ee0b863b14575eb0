"""What the nouns of the permission table are: rows of a record, as pages load and find them."""

import copy
from dataclasses import dataclass
from functools import partial

from django.db import models

from contacts.models import (
    Contact,
    Disposal,
    Institution,
    Invitation,
    LeadershipDispute,
    LegalHold,
    RightsRequest,
    RoleHolding,
    SharingPermission,
)
from events.models import Engagement, EngagementRequest
from partnerships.models import Commitment, Partnership, PartnershipAgreement, PolicePause


@dataclass(frozen=True)
class Noun:
    """What a noun of the table is in a record: a row, as its page loads it and finds it."""

    thing: str
    model: type[models.Model]
    load: str = "for_detail"
    seen: str = "visible_to"
    changed: tuple = ()  # what is different about it, in memory

    def rows(self):
        return getattr(self.model.objects, self.load)()

    def row(self, record):
        row = copy.copy(self.rows().get(pk=record[self.thing].pk))
        for name, value in self.changed:
            setattr(row, name, value)
        return row

    def is_seen_by(self, user, record):
        found = getattr(self.model.objects, self.seen)(user)
        return found.filter(pk=record[self.thing].pk).exists()


_place = partial(Noun, "institution", Institution)
NOUNS = {
    "institution": _place(),
    "newcomer": _place(changed=(("joined_on", None),)),
    "people": _place(),
    "sharing": _place(),
    "record": _place(seen="openable_by"),
    "house_rules": _place(seen="loggable_by"),
    "readers": _place(seen="whose_readers_are_shown_to"),
    "disclosures": _place(seen="whose_disclosures_are_shown_to"),
    "retention": _place(seen="with_retention_for"),
    "named_contact": Noun("second_person", Contact, "for_list"),
    "unnamed_contact": Noun("hidden_person", Contact, "for_list"),
    "role": Noun("holding", RoleHolding),
    "named_role": Noun("second_holding", RoleHolding),
    "invitation": Noun("invitation", Invitation),
    "right": Noun("right_erasure", RightsRequest),
    "hold": Noun("hold", LegalHold),
    "disposal": Noun("disposal", Disposal),
    "engagement": Noun("visit_noted", Engagement, "for_record"),
    "plan": Noun("visit_planned", Engagement, "for_planning"),
    "asked_visit": Noun("visit_planned", Engagement, "for_planning", changed=(("request_id", 1),)),
    "note": Noun("visit_noted", Engagement, "for_record"),
    "answered_note": Noun("visit_disagreed", Engagement, "for_record"),
    "unleft_note": Noun("visit_shared", Engagement, "for_record"),
    "visit_without_note": Noun("visit_held", Engagement, "for_record"),
    "promise": Noun("promise_agreed", Commitment),
    "mosque_promise": Noun("promise_theirs", Commitment),
    "request": Noun("request_submitted", EngagementRequest),
    "police_request": Noun("request_by_police", EngagementRequest),
    "partnership": Noun("partnership", Partnership),
    "listed": Noun("partnership", Partnership, seen="listed_for"),
    "measured": Noun("partnership", Partnership, seen="measured_by"),
    "invitable": Noun("partnership", Partnership, seen="invitable_by"),
    "agreement": Noun("agreement", PartnershipAgreement),
    "permission": Noun("permission", SharingPermission),
    "pause": Noun("pause", PolicePause),
    "dispute": Noun("dispute", LeadershipDispute),
}
