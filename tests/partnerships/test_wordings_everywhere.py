"""Whatever both sides read can be corrected by both, and what is held against it goes with it."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.apps import apps
from django.urls import reverse, reverse_lazy

from config.dashboard.own_record import OWN_LINKS
from contacts.models import Tenant
from partnerships.models import ReviewAssessment, SharedText
from partnerships.models.bulletins import PARTS
from partnerships.models.consultations import PARTS as ASKED
from partnerships.models.texts import Correction, DisagreementStatement, SharedTextVersion
from partnerships.wordings import KINDS
from tests.access.test_one_record import SHOWN
from tests.contacts.rights_kit import unpacked
from tests.support.factors import show_again
from tests.support.scenes import made_once

from .wordings_kit import AT, THINGS, make_kinds

pytestmark = pytest.mark.django_db
STATEMENT = "It was not like that at all."
# Rows that have their text from the start: by which pages each side puts it right or disagrees.
OWN_PAGES = {
    "events.SharedNote.text": {
        "drafter": ("events:visit-amend", "events:visit-accept", "events:visit-withdraw"),
        "other": ("events:visit-correct", "events:visit-disagree", "events:visit-close"),
    },
    "partnerships.PartnershipAgreement.text": {
        "drafter": ("partnerships:agreement-change", "partnerships:agreement-withdraw"),
        "other": ("partnerships:agreement-change", "partnerships:agreement-disagree"),
    },
}
# Words that stand in no shared text, and why.
ALONE = {
    "contacts.Institution.local_name": "the mosque's own",
    "contacts.Institution.before_you_come": "the mosque's own rules, which nobody else writes",
    **dict.fromkeys(
        (
            "partnerships.PremisesSafetyDetail.alarm",
            "partnerships.PremisesSafetyDetail.layout",
            "partnerships.KeyHolder.name",
        ),
        "the mosque's own, for emergencies; no version of it is kept",
    ),
    "partnerships.CommunityView.title": "a mosque's own signed statement; it takes it back",
    "partnerships.CommunityView.words": "a mosque's own signed statement; it takes it back",
    "partnerships.PremisesSafetyDetail.alarm": "the mosque's own, which nobody else writes",
    "partnerships.PremisesSafetyDetail.layout": "the mosque's own, which nobody else writes",
    "partnerships.KeyHolder.name": "the mosque's own, which nobody else writes",
    "partnerships.ItemPhoto.alt": "both approve picture and words; removed, not edited",
    "partnerships.ItemPhoto.agreed_by": "both approve picture and words; removed, not edited",
    "partnerships.PublishedItem.title": "both approve the exact words; taken down, not edited",
    "partnerships.PublishedItem.words": "both approve the exact words; taken down, not edited",
    **{
        f"partnerships.ReviewAssessment.{part}": "a side's own; the other's stands beside it"
        for part in ReviewAssessment.PARTS
    },
    "partnerships.ReviewStatement.words": "signed; each side has a statement of its own",
    "partnerships.ReviewComment.words": "the panel's own",
    "partnerships.ReviewReport.parts": "both approve the whole; taken down, not edited",
    **{
        f"partnerships.BulletinVersion.{part}": "a bulletin has its own versions: docs/decisions.md"
        for part in (*PARTS, "read_out")
    },
    "partnerships.Bulletin.withdrawal": "why a bulletin was taken back; asked about by a question",
    "partnerships.BulletinQuestion.text": "a recipient's own question",
    "partnerships.BulletinQuestion.answer": "police's answer; who disagrees asks again",
    **{
        f"partnerships.Consultation.{part}": "what police ask; changed until it opens, then fixed"
        for part in ASKED
    },
    "partnerships.Consultation.objection": "the umbrella body's own, beside the question",
    "partnerships.Consultation.urgency": "an inspector's reason, shown to all who are asked",
    "partnerships.Consultation.decision": "what is decided stands; who disagrees raises a concern",
    "partnerships.Consultation.abandonment": "why it was given up; the same",
    "partnerships.ConsultationResponse.text": "one's own; a later answer takes its place",
    "partnerships.ConsultationTheme.title": "read again by the other side, whose dissent stays",
    "partnerships.ConsultationTheme.heard": "read again by the other side, whose dissent stays",
    "partnerships.ConsultationTheme.dissent": "the second reader's own",
    **{
        f"partnerships.ConsultationTheme.{name}": "what came of it; who disagrees raises a concern"
        for name in ("changed", "unchanged", "why", "promise")
    },
    "events.Engagement.place": "a fact of a visit, which either side moves",
    "events.Engagement.funding": "declared before the visit, a fact of it",
    "events.EngagementFeedback.next_words": "each side's own view; the other's stands beside it",
}
OF_TEXTS = (SharedTextVersion, Correction, DisagreementStatement)


def links():
    """Return each key by which a row carries a shared text."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, Tenant)
        for field in model._meta.concrete_fields
        if field.one_to_one and field.related_model is SharedText
    }


def test_every_row_that_carries_a_text_has_pages_by_which_both_sides_put_it_right():
    of_kinds = {f"{kind.model._meta.label}.{kind.link}" for kind in KINDS.values()}

    assert links() == of_kinds | OWN_PAGES.keys()
    for pages in OWN_PAGES.values():
        for names in pages.values():
            assert all(reverse(name, args=[SharedText().ref]) for name in names)


def test_whatever_both_sides_read_stands_in_a_shared_text_or_says_why_not():
    of_kinds = {
        f"{kind.model._meta.label}.{column}"
        for kind in KINDS.values()
        if not kind.is_text
        for column in kind.columns
    }
    of_texts = {name for name in SHOWN if name.startswith(tuple(m._meta.label for m in OF_TEXTS))}

    assert SHOWN.keys() - of_texts == of_kinds | ALONE.keys()
    assert not of_kinds & ALONE.keys()


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker, make_kinds) as made:
        yield made


@pytest.fixture
def world(built, db):
    return built[0]


@pytest.fixture
def cases(built, db, time_machine):
    time_machine.move_to(AT, tick=False)
    return {code: replace(case, words=case.again()) for code, case in built[1].items()}


@pytest.fixture
def disputed(client, cases):
    """Put a statement of its own beside the words of each kind."""
    for code, case in cases.items():
        client.force_login(case.reader)
        client.post(case.url("disagree"), {"statement": f"{STATEMENT} ({code})"})
    return cases


@pytest.mark.parametrize("code", THINGS)
def test_the_copy_that_a_mosque_takes_along_has_it_beside_the_words(client, world, disputed, code):
    client.force_login(world.imam)
    show_again(client, world.imam)
    answer = client.post(reverse("record-copy", args=[world.mosque.ref]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        record = json.loads(archive.read("record.json"))["record"]
        told = archive.read("record.html").decode()

    case = disputed[code]
    [row] = [
        row
        for row in record[case.words.kind.model._meta.model_name]
        if row["number"] == case.words.row.pk
    ]
    prefix = "" if case.words.kind.link in OWN_LINKS else f"{case.words.kind.link}_"
    assert [said["statement"] for said in row[f"{prefix}disagreements"]] == [
        f"{STATEMENT} ({code})"
    ]
    assert f"{STATEMENT} ({code})" in told


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (reverse_lazy("partnerships:promise-list"), "One side disagrees with the words"),
        ("institution", "; one side disagrees with the words"),
    ],
)
def test_lists_say_of_a_promise_that_its_words_are_disagreed_with(client, world, cases, url, said):
    timeline = f"{world.mosque.get_absolute_url()}?kind=promise"
    address = timeline if url == "institution" else url
    case = cases["promise"]
    client.force_login(case.reader)
    before = client.get(address).text.count(said)

    client.post(case.url("disagree"), {"statement": STATEMENT})

    after = client.get(address).text
    assert after.count(said) == before + 1
    assert STATEMENT not in after


def own_copy(client, person):
    """Return the rows of somebody's own data by table."""
    client.force_login(person)
    show_again(client, person)
    told = unpacked(client.post(reverse("contacts:my-data-export")).content)[0]
    return {section["table"]: section["rows"] for section in json.loads(told)["sections"]}


def test_the_copy_of_ones_own_data_says_which_words_are_disagreed_with(client, disputed):
    case = disputed["promise"]
    rows = own_copy(client, case.keeper)["partnerships.Commitment"]

    standing = {row["ID"]: row.get("standing") for row in rows}
    assert "One side disagrees with these words" in standing[case.words.row.pk]
    assert standing[disputed["promise-step"].words.row.commitment_id] is None


def test_the_copy_of_ones_own_data_holds_ones_statement_as_ones_own_words(client, disputed):
    rows = own_copy(client, disputed["promise"].reader)["partnerships.DisagreementStatement"]

    [own] = [row for row in rows if row["statement"] == f"{STATEMENT} (promise)"]
    assert "standing" not in own
