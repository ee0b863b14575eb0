"""Tell each institution the day on which its first partnership began."""

from django.db import migrations
from django.db.models import Min, OuterRef, Subquery


def tell(apps, schema_editor):
    Partnership = apps.get_model("partnerships", "Partnership")
    Institution = apps.get_model("contacts", "Institution")
    first = (
        Partnership.objects.filter(institution=OuterRef("pk"), joined_on__isnull=False)
        .values("institution")
        .annotate(day=Min("joined_on"))
        .values("day")
    )
    Institution.objects.filter(joined_on=None).update(joined_on=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0010_police_pauses"),
        ("contacts", "0015_institution_joined_on"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
