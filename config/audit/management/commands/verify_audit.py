from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config.actor.claims import as_system
from config.audit import chains, checks


class Command(BaseCommand):
    help = "Go through the sealed logs and name every row that was changed, removed or slipped in."

    def add_arguments(self, parser):
        parser.add_argument(
            "--anchor",
            type=Path,
            metavar="FILE",
            help="What audit_anchor once wrote, or the daily mail: finds a chain that was cut.",
        )

    def handle(self, anchor, **options):
        known = []
        if anchor:
            try:
                known = chains.read_anchor(anchor.read_text())
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{anchor} cannot be read: {error}") from None
            if not known:
                raise CommandError(f"{anchor} names no head of a chain.")
        with as_system("verify_audit"):
            found = [*map(str, chains.faults(known)), *checks.found()]
        if found:
            raise CommandError("\n".join(found), returncode=1)
        for head in chains.heads():
            self.stdout.write(f"{head} whole")
