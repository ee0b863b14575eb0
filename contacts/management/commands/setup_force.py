import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from config.actor.claims import as_system
from contacts.actions.reference import load_reference
from contacts.actions.setup import set_up_force
from contacts.models import PoliceForce

NEXT_STEPS = """
Next:
  1. {name} opens the link in the e-mail sent to {email} and makes an account.
     It works for 14 days. It leaves once the worker runs, or `manage.py outbox --loop`.
  2. Signed in, they add districts and neighbourhoods, the police teams and their officers.
  3. Then they add the mosques of the area and invite a lead of each.
Portal: {site}"""


class Command(BaseCommand):
    help = (
        "Set up a force: its area, its institution and its first coordinator, who is invited by "
        "e-mail. Asks for what is not given. Safe to run again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--force", help="code of the force, like west-yorkshire")
        parser.add_argument("--name", default="", help="the force's name, if not the usual one")
        parser.add_argument("--district", default="", help="first district to add")
        parser.add_argument("--neighbourhood", default="", help="first neighbourhood in it")
        parser.add_argument("--coordinator-name", help="who will set up everything else")
        parser.add_argument("--coordinator-email", help="where their invitation goes")

    def handle(self, **options):
        load_reference()
        force = self._force(options["force"] or self._ask("--force", "Code of the force"))
        name = options["coordinator_name"] or self._ask("--coordinator-name", "Coordinator's name")
        email = options["coordinator_email"] or self._ask("--coordinator-email", "Their e-mail")
        self._check(options, email)
        try:
            with as_system("setup_force"):
                setup = set_up_force(
                    force=force,
                    name=options["name"],
                    district=options["district"],
                    neighbourhood=options["neighbourhood"],
                    coordinator_name=name,
                    coordinator_email=email,
                    at=timezone.now(),
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        for thing in setup.made:
            self.stdout.write(f"added: {thing}")
        if not setup.made:
            self.stdout.write("Everything was there already; nothing was added.")
        self.stdout.write(NEXT_STEPS.format(name=name, email=email, site=settings.SITE_URL))

    def _ask(self, option, question):
        if not sys.stdin.isatty():
            raise CommandError(f"{option} is missing.")
        answer = input(f"{question}: ").strip()
        if not answer:
            raise CommandError(f"{option} is missing.")
        return answer

    def _force(self, code):
        force = PoliceForce.objects.filter(code=code).first()
        if force is None:
            codes = ", ".join(PoliceForce.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"There is no force {code}. Choose one of: {codes}")
        return force

    def _check(self, options, email):
        if options["neighbourhood"] and not options["district"]:
            raise CommandError("--neighbourhood needs --district.")
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
