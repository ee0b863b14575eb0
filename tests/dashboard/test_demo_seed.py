"""The demo's story is told through the portal's own actions, and so breaks when a rule does."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import localdate

from config.dashboard.demo import cast
from contacts.models import Contact, PolicingArea
from partnerships.meetings import owed_by
from partnerships.models import (
    Bulletin,
    BulletinQuestion,
    Commitment,
    Consultation,
    ConsultationTheme,
    PanelComment,
    Partnership,
    PartnershipReview,
)
from tests.roles import as_role

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]


def test_seed_demo_tells_its_whole_story_as_the_worker_may(settings, tmp_path):
    settings.DEMO = True
    told = tmp_path / "sign-ins.txt"
    with connection.cursor() as cursor:  # other tests' rolled-back rows mislead the planner
        cursor.execute("SET LOCAL enable_seqscan = off")

    with as_role("portal_task"):
        call_command("seed_demo", sign_ins=told, stdout=io.StringIO())

    assert set(cast.SIGN_INS.values()) <= set(told.read_text().split())
    signed_in = Contact.objects.filter(user__email__in=cast.SIGN_INS.values())
    assert signed_in.count() == len(cast.SIGN_INS)
    sent = Bulletin.objects.values_list("kind", "state")
    assert set(sent) >= {("statement_of_fact", "published"), ("bulletin", "withdrawn")}
    answered = PanelComment.objects.values_list("answered_at", flat=True)
    assert sorted(at is not None for at in answered) == [False, True]
    states = BulletinQuestion.objects.values_list("state", flat=True)
    assert sorted(states) == ["answered", "cannot_answer", "open"]
    asked = Consultation.objects.consultations().values_list("state", flat=True)
    assert sorted(asked) == ["open", "reported_back", "reported_back"]
    assert Consultation.objects.advice().get().state == "reported_back"
    came = ConsultationTheme.objects.values_list("outcome", flat=True)
    assert sorted(came) == ["changed", "partly", "unchanged"]
    held = PartnershipReview.objects.values_list("kind", "state")
    assert {("annual", "published"), ("quarterly", "figures_frozen")} <= set(held)
    assert set(Partnership.objects.values_list("state", flat=True)) >= {"not_joined", "active"}
    kept = Commitment.objects.filter(concern_commitment__concern__state="closed")
    assert list(kept.values_list("state", flat=True)) == ["kept"]
    assert PolicingArea.objects.with_ways_in(on=localdate()).exists()
    body = Partnership.objects.get(institution__name="Ashwell Mosques Together")
    assert body.institution.memberships_held.count() >= 3
    found = {str(each.meeting): each.is_overdue for each in owed_by(body, on=localdate())}
    assert found == {"senior": False, "working": True}
    assert list(body.workstreams.values_list("state", flat=True)) == ["open", "open"]
