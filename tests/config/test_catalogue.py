"""Every column is classified: what it says of whom, and what becomes of it."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from config.privacy.missing import lines
from config.privacy.periods import PERIODS
from config.privacy.tables import TABLES

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
PEOPLE = {"contacts.Contact", "contacts.User"}
PAIRS = [pytest.param(label, TABLES.get(label), id=label) for label in MODELS]
TYPED = (models.TextField, models.JSONField)


def columns(label):
    return {field.name: field for field in MODELS[label]._meta.local_concrete_fields}


def test_every_table_is_in_the_catalogue_and_nothing_else():
    missing = MODELS.keys() - TABLES.keys()
    gone = TABLES.keys() - MODELS.keys()

    advice = "`manage.py privacy_map --missing` writes what is to be said in config/privacy/tables"
    assert (missing, gone) == (set(), set()), advice


@pytest.mark.parametrize(("label", "table"), PAIRS)
def test_every_column_is_classified_once(label, table):
    listed = [
        *f"{table.facts} {table.people} {table.details} {table.secrets}".split(),
        *table.words,
    ]

    assert sorted(listed) == sorted(columns(label)), "Say in config/privacy/tables what it is."


@pytest.mark.parametrize(("label", "table"), PAIRS)
def test_a_key_of_a_person_leads_to_them(label, table):
    """A key to a contact or an account that is not among ``people`` would escape every export."""
    keys = {
        name
        for name, field in columns(label).items()
        if field.remote_field and field.related_model._meta.label in PEOPLE
    }
    own = {"id"} if label in PEOPLE else set()

    assert set(table.people.split()) == keys | own


@pytest.mark.parametrize(("label", "table"), PAIRS)
def test_words_name_their_authors(label, table):
    for column in table.words:
        assert set(table.authors(column)) <= set(table.leads)
        assert table.authors(column) or not table.leads


@pytest.mark.parametrize(("label", "table"), PAIRS)
def test_periods_and_their_beginnings_exist(label, table):
    period = PERIODS[table.keep]

    if table.since:
        MODELS[label]._default_manager.filter(**{f"{table.since}__isnull": False})
    if period.act == "delete":
        assert table.since


@pytest.mark.parametrize(("label", "table"), PAIRS)
def test_typed_text_is_never_a_mere_fact(label, table):
    """A column of long text that is called a fact would survive an erasure."""
    ours = label.split(".")[0] in {"contacts", "partnerships", "events"}
    reviewed = {"labels"}  # of the lists
    # Codes and numbers: the actions write nothing else (test_panel_samples.py, test_reviews.py).
    reviewed |= {
        "partnerships.Consultation": {"positions"},
        "partnerships.ReviewFigures": {"payload"},
        "partnerships.ReviewReport": {"figures"},
        "partnerships.PanelSample": {"counts", "measures"},
        "partnerships.PanelItem": {"facts"},
    }.get(label, set())
    facts = {
        name
        for name in table.facts.split()
        if isinstance(columns(label)[name], TYPED) and name not in reviewed
    }

    assert not (ours and facts)


def test_what_is_not_classified_is_written_out_to_be_classified(monkeypatch):
    monkeypatch.delitem(TABLES, "partnerships.CommitmentStep")
    told = "\n".join(lines())

    assert '"partnerships.CommitmentStep": Table(' in told
    assert 'people="by handed_to"' in told
    assert 'words={"words": "its author"}' in told


def test_docs_privacy_is_up_to_date():
    call_command("privacy_map", "--check")
