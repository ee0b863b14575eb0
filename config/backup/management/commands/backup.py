from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from config.backup.taking import take
from config.backup.trouble import BackupTrouble
from config.outbox.actions import note_run


class Command(BaseCommand):
    help = "Write a backup of database and files, sealed for BACKUP_RECIPIENTS, into a folder."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder, **options):
        try:
            path = take(
                folder,
                address=settings.DATABASE_BACKUP_URL,
                recipients=settings.BACKUP_RECIPIENTS,
                at=timezone.now(),
                tools=settings.PG_PROGRAMS,
                media=settings.MEDIA_ROOT or None,
            )
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        with suppress(DatabaseError):  # the file is there, whether that can be written down or not
            note_run("backup", at=timezone.now())
        self.stdout.write(f"{path}")
