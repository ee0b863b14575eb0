"""What the nouns of the permission table are: rows of a record, as pages load and find them."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import models

from contacts.models import (
    Contact,
    Disposal,
    HeldNotice,
    Institution,
    Invitation,
    LeadershipDispute,
    LegalHold,
    RightsRequest,
    RoleHolding,
    SharingPermission,
    StandingDown,
)
from events.models import Engagement, EngagementRequest
from partnerships.models import (
    Bulletin,
    BulletinQuestion,
    Commitment,
    CommunityView,
    Concern,
    ConcernStep,
    Consultation,
    ConsultationResponse,
    ConsultationTheme,
    ItemPhoto,
    KeyHolder,
    PanelComment,
    PanelItem,
    PanelSample,
    Partnership,
    PartnershipAgreement,
    PartnershipReview,
    PolicePause,
    PremisesSafetyDetail,
    PublishedItem,
    ReviewReport,
    SafetyNeed,
    WiderEvent,
    Workstream,
)
from partnerships.wordings import KINDS, Words


def _itself(row, _user):
    return row


def _words_of(code):
    return lambda row, _user: Words(KINDS[code], row)


def _as_received(bulletin, user):
    """Say of a bulletin what ``visible_to`` says of it; who was sent it is a row of its own."""
    bulletin = copy.copy(bulletin)
    bulletin.is_received = bulletin.recipients.of(user).exists()
    return bulletin


def _as_invited(consultation, user):
    consultation = copy.copy(consultation)
    consultation.is_invited = consultation.invitees.of(user).exists()
    return consultation


@dataclass(frozen=True)
class Noun:
    """What a noun of the table is in a record: a row, as its page loads it and finds it."""

    thing: str
    model: type[models.Model]
    load: str = "for_detail"
    seen: str = "visible_to"
    changed: tuple = ()  # what is different about it, in memory
    asked: Callable = _itself  # of row and user: what a rule is asked about

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
    "safety": _place(),
    "safety_need": Noun("safety_need", SafetyNeed),
    "safety_detail": Noun("safety_detail", PremisesSafetyDetail),
    "key_holder": Noun("key_holder", KeyHolder),
    "retention": _place(seen="with_retention_for"),
    "named_contact": Noun("second_person", Contact, "for_list"),
    "unnamed_contact": Noun("hidden_person", Contact, "for_list"),
    "account": Noun("second_person", Contact, "for_accounts", "with_account_in"),
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
    "words": Noun("promise_agreed", Commitment, "for_words", asked=_words_of("promise")),
    "request_words": Noun(
        "request_submitted", EngagementRequest, "for_words", asked=_words_of("request")
    ),
    "panel_words": Noun(
        "concern_viewed_step", ConcernStep, "for_words", asked=_words_of("concern-step")
    ),
    "concern": Noun("concern_in_hand", Concern),
    "partnership": Noun("partnership", Partnership),
    "listed": Noun("partnership", Partnership, seen="listed_for"),
    "measured": Noun("partnership", Partnership, seen="measured_by"),
    "invitable": Noun("partnership", Partnership, seen="invitable_by"),
    "agreement": Noun("agreement", PartnershipAgreement),
    "permission": Noun("permission", SharingPermission),
    "pause": Noun("pause", PolicePause),
    "dispute": Noun("dispute", LeadershipDispute),
    "held_notice": Noun("held_notice", HeldNotice),
    "standing_down": Noun("standing_down", StandingDown),
    "statement": Noun("statement", CommunityView),
    "workstream": Noun("workstream", Workstream),
    "public_words": Noun("item", PublishedItem),
    "photograph": Noun("photo", ItemPhoto, asked=lambda photo, _user: photo.item),
    "review": Noun("review_opened", PartnershipReview),
    "review_report": Noun("report", ReviewReport, "for_page"),
    "wider_event": Noun("wider_event", WiderEvent),
    "bulletin": Noun("bulletin", Bulletin, asked=_as_received),
    "bulletin_draft": Noun("bulletin_draft", Bulletin, asked=_as_received),
    "bulletin_statement": Noun("bulletin_statement", Bulletin, asked=_as_received),
    "question": Noun("question", BulletinQuestion),
    "consultation": Noun("consultation", Consultation, asked=_as_invited),
    "consultation_draft": Noun("consultation_draft", Consultation, asked=_as_invited),
    "advice": Noun("advice", Consultation, asked=_as_invited),
    "response": Noun("consultation_response", ConsultationResponse),
    "theme": Noun("consultation_theme", ConsultationTheme),
    "panel_sample": Noun("panel_sample", PanelSample),
    "panel_item": Noun("panel_item", PanelItem),
    "panel_comment": Noun("panel_comment", PanelComment),
    "panel_concern": Noun("concern_panel", Concern, seen="before_panel"),
}


def allows(user, grant, row, perm=""):
    """Say whether somebody holds what a grant is about over a row of its noun."""
    return user.has_perm(perm or grant.perm, NOUNS[grant.noun].asked(row, user))
