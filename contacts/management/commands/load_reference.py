from django.core.management.base import BaseCommand

from contacts.actions.reference import load_reference


class Command(BaseCommand):
    help = "Add missing forces, ranks, roles, languages, topics, purposes, signposts."

    def handle(self, **options):
        added = load_reference()
        for name, count in added.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {count} added")
