"""Makes the portal's database roles; see docs/operations.md."""

import os

from django.core.management.base import BaseCommand, CommandError

from config import roles


class Command(BaseCommand):
    help = "Make the roles, the database, its extensions and default privileges. Safe to run again."
    requires_system_checks = []

    def handle(self, **options):
        try:
            roles.bootstrap(os.environ)
        except roles.RolesNotMade as error:
            raise CommandError(str(error)) from None
        self.stdout.write("Roles and database are ready; next: manage.py migrate.")
