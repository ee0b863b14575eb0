from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.actor.claims import share_keys


class Command(BaseCommand):
    help = "Give the database ACTOR_KEYS, after the first migrate and whenever they change."

    def handle(self, **options):
        if settings.PORTAL_ROLE != "owner":
            raise CommandError("Only the tables' owner may: set PORTAL_ROLE=owner.")
        share_keys()
        self.stdout.write(f"The database knows {len(settings.ACTOR_KEYS)} key(s).")
