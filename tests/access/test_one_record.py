"""There is one record: what may be typed about an institution, its own leads can read."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from config.web.fields import CodeField
from contacts.models import Institution, Tenant
from partnerships.models import ReviewAssessment
from partnerships.models.bulletins import PARTS
from partnerships.models.consultations import PARTS as ASKED

pytestmark = pytest.mark.django_db

# Each field into which somebody types, the thing whose page shows it, and the canary it holds.
SHOWN = {
    "contacts.Institution.local_name": ("institution", "local-name"),
    "contacts.Institution.before_you_come": ("institution", "house-rules"),
    "partnerships.SharedTextVersion.parts": ("visit_noted", "noted-amended"),
    "partnerships.Correction.proposed": ("visit_corrected", "corrected-asked"),
    "partnerships.Correction.reason": ("visit_declined", "declined-reason"),
    "partnerships.DisagreementStatement.statement": ("visit_disagreed", "disagreement"),
    "partnerships.Commitment.text": ("promise_agreed", "promise-agreed"),
    "partnerships.CommitmentStep.words": ("promise_claimed", "promise-done"),
    "partnerships.ConcernStep.words": ("concern_in_hand", "concern-in-hand"),
    "partnerships.PolicePause.reason": ("pause", "pause-reason"),
    "partnerships.CommunityView.title": ("statement", "statement-title"),
    "partnerships.CommunityView.words": ("statement", "statement-words"),
    "partnerships.Workstream.title": ("workstream", "workstream-title"),
    "partnerships.Workstream.purpose": ("workstream", "workstream-purpose"),
    "partnerships.PublishedItem.title": ("item", "item-title"),
    "partnerships.PublishedItem.words": ("item", "item-words"),
    "partnerships.ItemPhoto.alt": ("item", "photo-alt"),
    "partnerships.ItemPhoto.agreed_by": ("item", "photo-agreed"),
    **{
        f"partnerships.ReviewAssessment.{part}": (
            "review_opened",
            f"review-{part.replace('_', '-')}",
        )
        for part in ReviewAssessment.PARTS
    },
    "partnerships.ReviewStatement.words": ("review_panel", "review-statement-police"),
    "partnerships.ReviewComment.words": ("review_commented", "review-comment"),
    "partnerships.ReviewReport.parts": ("report", "report-translation"),
    "partnerships.PolicePause.reply": ("pause_replied", "pause-reply"),
    **{
        f"partnerships.BulletinVersion.{part}": ("bulletin", f"bulletin-{part.replace('_', '-')}")
        for part in (*PARTS, "read_out")
    },
    "partnerships.Bulletin.withdrawal": ("bulletin_withdrawn", "bulletin-reason"),
    "partnerships.BulletinQuestion.text": ("bulletin", "bulletin-question"),
    "partnerships.BulletinQuestion.answer": ("bulletin", "bulletin-answer"),
    **{
        f"partnerships.Consultation.{part}": (
            "consultation",
            f"consultation-{part.replace('_', '-')}",
        )
        for part in ASKED
    },
    **{
        f"partnerships.Consultation.{name}": ("consultation_decided", f"consultation-{name}")
        for name in ("objection", "urgency", "decision")
    },
    "partnerships.Consultation.abandonment": (
        "consultation_abandoned",
        "consultation-abandonment",
    ),
    "partnerships.ConsultationResponse.text": ("consultation_response", "consultation-answer"),
    "partnerships.ConsultationTheme.title": ("consultation_decided", "consultation-theme"),
    **{
        f"partnerships.ConsultationTheme.{name}": ("consultation_decided", f"consultation-{name}")
        for name in ("heard", "dissent", "changed", "unchanged", "why", "promise")
    },
    "partnerships.PremisesSafetyDetail.alarm": ("safety_detail", "safety-alarm"),
    "partnerships.PremisesSafetyDetail.layout": ("safety_detail", "safety-layout"),
    "partnerships.KeyHolder.name": ("key_holder", "key-holder"),
    "events.Engagement.place": ("visit_planned", "visit-place"),
    "events.Engagement.funding": ("visit_planned", "visit-funding"),
    "events.EngagementFeedback.next_words": ("visit_noted", "feedback"),
    "events.EngagementRequest.why": ("request_accepted", "request-why"),
    "events.EngagementRequest.times_to_avoid": ("request_accepted", "request-avoid"),
    "events.EngagementRequest.place": ("request_accepted", "request-place"),
    "events.RequestStep.words": ("request_accepted", "request-accepted"),
}
# Reviewed: not words about the institution.
NOT_WORDS = {
    "contacts.Institution.name": "the heading of the institution's own page",
    "contacts.Institution.public_phone": "a published number, on its page",
    "contacts.Institution.inbox_email": "an address to send to",
    "contacts.Contact.name": "shown once the person agrees, their role until then",
    "contacts.Contact.phone": "an officer's, shown to the mosque; nobody writes a partner's",
    "contacts.Contact.email": "where the person has mail sent; theirs alone",
    "contacts.OfficerProfile.shoulder_number": "an officer's own number",
    "contacts.OfficerProfile.languages": "languages that an officer speaks",
    "contacts.Invitation.email": "shown to the leads with the invitation",
    "contacts.Invitation.token_digest": "a digest",
    "contacts.LegalHold.case_mark": "the reference or the day of what is held",
    "contacts.Disclosure.reference": "the number of a file elsewhere; letters, digits and dashes",
    "partnerships.CommunityView.signed_as": "the name under the statement, on its page",
    "partnerships.PublishedItem.shown_name": "the institution's own name",
    "partnerships.JoiningCheck.reference": "a number in a public register, or a published phone",
    "partnerships.Bulletin.areas": "numbers of areas",
    "partnerships.Bulletin.kinds": "codes of a list",
    "partnerships.Bulletin.apart_from": "numbers of consultations",
    "partnerships.BulletinQuestion.asked_as": "the asker's own name, if it wishes",
    "partnerships.Consultation.areas": "numbers of areas",
    "partnerships.Consultation.convenor_name": "the umbrella body's own name",
    "partnerships.Consultation.positions": "numbers by code",
    "partnerships.Consultation.withheld": "asked of the umbrella body alone: test_rapid_advice.py",
    "partnerships.ConsultationResponse.themes": "numbers of themes",
    "partnerships.Concern.reference": "made by the portal",
    "partnerships.Concern.complaint_reference": "a number; letters, digits and dashes, on its page",
    "partnerships.PartnershipReview.met_institution_roles": "codes of a list",
    "partnerships.PartnershipReview.met_police_roles": "codes of a list",
    "partnerships.ReviewFigures.payload": "numbers, by their codes",
    "partnerships.ReviewFigures.digest": "a digest",
    "partnerships.ReviewReport.figures": "numbers, by their codes",
    "partnerships.ReviewReport.digest": "a digest",
    "partnerships.KeyHolder.phone": "a number, on the page beside the name",
    "events.Engagement.purposes": "codes of a list",
    "events.Engagement.topics": "codes of a list",
    "events.Engagement.roles_met": "codes of a list",
    "events.Engagement.photography_agreed_by": "the code of a role",
    "events.EngagementRequest.reference": "made by the portal",
    "events.EngagementRequest.purposes": "codes of a list",
    "events.EngagementRequest.topics": "codes of a list",
    "events.SharedNote.planned_promises": "of a note that has not left; becomes promises, emptied",
}
TEXT = (models.CharField, models.TextField, models.JSONField, ArrayField)
OUR_APPS = ("contacts", "partnerships", "events", "audit", "outbox", "dashboard")
# What the portal has no place for, in any name of a table, a column or a code.
NO_PLACE_FOR = (
    "risk",
    "threat",
    "intel",
    "suspect",
    "source",
    "nominal",
    "vrm",
    "dob",
    "nationality",
    "immigration",
)
REVIEWED = {}  # the name, and why it may hold such a word


def our_models():
    return [m for m in apps.get_models() if m._meta.app_label in OUR_APPS]


def typed_fields():
    """Return each field of a row about an institution that can hold more than a code."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        if issubclass(model, Tenant) or model is Institution
        for field in model._meta.get_fields()
        if isinstance(field, TEXT) and not isinstance(field, CodeField)
    }


def test_every_field_that_may_hold_words_is_shown_to_the_leads_or_reviewed():
    known = SHOWN.keys() | NOT_WORDS.keys()

    assert typed_fields() - known == set(), "words that no page is known to show"
    assert known - typed_fields() == set(), "fields that are gone"
    assert not SHOWN.keys() & NOT_WORDS.keys()


@pytest.mark.parametrize("field", SHOWN)
def test_the_leads_read_on_a_page_what_was_typed(crawl, scene, field):
    thing, canary = SHOWN[field]
    page = crawl.ask_at("get", scene.ours[thing].get_absolute_url(), "imam")

    assert ("ours", canary) in page.canaries


def test_no_table_column_or_code_is_for_what_the_portal_has_no_place_for():
    found = {
        name
        for name in _names()
        if any(word in name.lower() for word in NO_PLACE_FOR) and name not in REVIEWED
    }

    assert found == set()
    assert REVIEWED.keys() <= _names()


def _names():
    names = set()
    for model in our_models():
        names.add(model._meta.label)
        for field in model._meta.get_fields():
            names.add(f"{model._meta.label}.{field.name}")
            codes = [code for code, _label in getattr(field, "choices", None) or ()]
            names |= {f"{model._meta.label}.{field.name}={code}" for code in codes}
    return names
