from django.core.management.base import BaseCommand, CommandError

from config.privacy.datamap import FILE, written
from config.privacy.missing import lines


class Command(BaseCommand):
    help = "Write the data map and the retention table into docs/privacy.md, from the catalogue."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail if the page is out of date")

        parser.add_argument("--missing", action="store_true", help="print what to classify")

    def handle(self, *, check, missing, **options):
        if missing:
            self.stdout.write("\n".join(lines()))
            return
        text = FILE.read_text()
        if check and written(text) != text:
            raise CommandError("docs/privacy.md is out of date: run `manage.py privacy_map`.")
        FILE.write_text(written(text))
