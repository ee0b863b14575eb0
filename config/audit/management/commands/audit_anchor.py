from pathlib import Path

from django.core.management.base import BaseCommand

from config.audit import chains


class Command(BaseCommand):
    help = "Seal the logs and print where each chain stands, to be kept away from this server."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, metavar="FILE", help="Write it there instead.")

    def handle(self, to, **options):
        chains.seal()
        text = "".join(f"{head}\n" for head in chains.heads())
        if to:
            to.write_text(text)
        else:
            self.stdout.write(text, ending="")
