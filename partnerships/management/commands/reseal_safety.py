from django.core.management.base import BaseCommand
from django.db import transaction

from config.actor.claims import as_system
from partnerships.models import KeyHolder, PremisesSafetyDetail

SEALED = {PremisesSafetyDetail: ("alarm", "layout"), KeyHolder: ("name", "phone")}


class Command(BaseCommand):
    help = "Seal safety details with the first of SAFETY_KEYS, after which the others can go."

    @transaction.atomic
    def handle(self, **options):
        with as_system("partnerships.reseal_safety"):
            for model, columns in SEALED.items():
                rows = list(model.objects.select_for_update().only(*columns))
                model.objects.bulk_update(rows, columns, batch_size=500)
                self.stdout.write(f"{len(rows)} rows of {model.__name__} are sealed anew.")
