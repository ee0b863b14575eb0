from django.core.management.base import BaseCommand
from django.db import transaction

from config.actor.claims import as_system
from contacts.models import Contact


class Command(BaseCommand):
    help = "Seal contact details with the first of DETAIL_KEYS, after which the others can go."

    @transaction.atomic
    def handle(self, **options):
        with as_system("contacts.reseal_details"):
            people = list(Contact.objects.select_for_update().only("phone", "email"))
            Contact.objects.bulk_update(people, ["phone", "email"], batch_size=500)
        self.stdout.write(f"{len(people)} people's details are sealed with the first key.")
