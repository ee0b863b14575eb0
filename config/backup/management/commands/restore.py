import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.backup.restoring import restore
from config.backup.trouble import BackupTrouble


class Command(BaseCommand):
    help = "Put a sealed backup back. Needs DATABASE_ADMIN_URL and a private key; freezes the mail."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="file of the private key")
        parser.add_argument(
            "--replace", action="store_true", help="drop the database that is there"
        )

    def handle(self, *, file, identity, replace, **options):
        try:
            stated = restore(
                file,
                identity=identity,
                addresses=os.environ,
                at=timezone.now(),
                tools=settings.PG_PROGRAMS,
                media=settings.MEDIA_ROOT or None,
                replace=replace,
            )
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        rows = sum(stated["counts"].values())
        self.stdout.write(f"Restored {rows} rows as they were at {stated['taken_at']}.")
        if "verify_audit" in get_commands():
            call_command("verify_audit", stdout=self.stdout)
        self.stdout.write("Mail is frozen until `manage.py outbox --release`.")
