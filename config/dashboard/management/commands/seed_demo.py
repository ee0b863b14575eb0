import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.actor.claims import as_system
from config.dashboard.demo import cast
from config.dashboard.demo.apps import give_apps
from config.dashboard.demo.haste import haste
from config.dashboard.demo.story import tell
from contacts.models import Institution


class Command(BaseCommand):
    help = "Build an invented district with 18 months of history, through the portal's own actions."

    def add_arguments(self, parser):
        parser.add_argument("--sign-ins", type=Path, help="Write the demo's sign-ins to this file.")

    def handle(self, *args, sign_ins, **options):
        if not settings.DEMO:
            raise CommandError("This is not a demo. Set PORTAL_DEMO=1, or run `make demo`.")
        with as_system("seed_demo"):
            keys = self._build()
        lines = [f"{who:14} {email:38} {cast.PASSWORD}" for who, email in cast.SIGN_INS.items()]
        lines.append(cast.SECOND_STEP)
        if sign_ins:
            sign_ins.with_suffix(".json").write_text(json.dumps(keys))
            sign_ins.write_text("\n".join(lines) + "\n")
        self.stdout.write("\n".join(lines))

    def _build(self):
        if Institution.objects.exists():
            raise CommandError("There are institutions already. Use an empty database.")
        with transaction.atomic(), haste():  # whole or not at all
            tell(now=timezone.now(), say=lambda step: self.stdout.write(f"  {step} …"))
            return give_apps()
