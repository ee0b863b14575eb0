from django.core.management.base import BaseCommand
from django.utils import timezone

from config.actor.claims import as_system
from contacts.actions.retention import overview
from contacts.tasks import end_what_is_kept


class Command(BaseCommand):
    help = "End what has reached its time, as each night; --dry-run only says what that would be."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *, dry_run, **options):
        with as_system("retention"):
            rules = list(overview(on=timezone.localdate()))
        for rule in rules:
            period, count = rule["period"], rule["count"]
            if count is not None:
                how = "two records officers" if period.two else "by itself"
                self.stdout.write(
                    f"{rule['code']:12} before {rule['before']}  {count:8} rows  ({how})"
                )
        if not dry_run:
            end_what_is_kept()
            self.stdout.write("Done: what ends by itself, and what two have confirmed.")
