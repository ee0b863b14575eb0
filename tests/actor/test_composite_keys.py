"""A row cannot hang on another institution's, also where nobody may see that it does."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from contacts.models import Contact, Tenant
from partnerships.models import SharedText

pytestmark = pytest.mark.django_db

# A meeting of several institutions is a row of its host, its parties are rows of each.
# A bulletin is a row of the unit that sends it; who gets it and who asks are rows of theirs.
# So is a consultation, and so are those who are asked and what they answer.
SHARED = {
    ("events_engagementparty", "engagement_id"),
    ("partnerships_bulletinrecipient", "bulletin_id"),
    ("partnerships_bulletinasker", "question_id"),
    ("partnerships_consultationinvitee", "consultation_id"),
    ("partnerships_consultationresponse", "consultation_id"),
    ("partnerships_consultationtheme", "commitment_id"),  # a promise to the umbrella body
    ("partnerships_consultation", "public_item_id"),  # on the umbrella body's page
}
# People stand where they are at home, and act in others' records.
PEOPLE = Contact


def links():
    """Each key from one institution's row to another such row, as (table, column)."""
    for label in ("contacts", "partnerships", "events"):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.concrete_fields if issubclass(model, Tenant) else ():
                target = field.related_model
                if target and issubclass(target, Tenant) and target is not PEOPLE:
                    yield model._meta.db_table, field.column


def test_every_link_between_rows_of_institutions_carries_the_institution_along():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint "
            "JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] "
            "WHERE contype = 'f' AND cardinality(conkey) = 2"
        )
        carried = set(cursor.fetchall())

    assert set(links()) - SHARED == carried


@pytest.fixture
def theirs(world):
    return world.other_partnership


def checked(write):
    with transaction.atomic():
        write()
        connection.check_constraints()


def test_a_text_cannot_hang_on_another_institutions_partnership(world, theirs):
    text = SharedText(institution=world.mosque, partnership=theirs, drafted_side="police")

    with pytest.raises(IntegrityError, match="partnership_id_same"):
        checked(text.save)


def test_a_partnership_cannot_pass_to_another_institution_with_its_record(world, theirs):
    there = type(theirs).objects.filter(pk=theirs.pk)

    with pytest.raises(IntegrityError, match="_same"):
        checked(lambda: there.update(institution=world.mosque, state="ended"))
