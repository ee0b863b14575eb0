from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from config.actor.claims import as_system
from contacts.actions.setup import add_panel_member
from contacts.models import PolicingArea


class Command(BaseCommand):
    help = (
        "Add a member of a force's scrutiny panel, who is invited by e-mail. Whoever runs the "
        "portal does this, at the word of those who appoint the panel: no officer can. Safe to "
        "run again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--force", required=True, help="the force's name, as set up")
        parser.add_argument("--name", required=True, help="the member's name")
        parser.add_argument("--email", required=True, help="where the invitation goes")

    def handle(self, *, force, name, email, **options):
        now = timezone.now()
        try:
            validate_email(email)
            with as_system("add_panel_member"):
                areas = PolicingArea.objects.current(on=timezone.localdate(now))
                area = areas.filter(level="force", name=force).first()
                if area is None:
                    raise CommandError(f"No force is called {force}. Run setup_force first.")
                setup = add_panel_member(force=area, name=name, email=email, at=now)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        for thing in setup.made:
            self.stdout.write(f"added: {thing}")
        if not setup.made:
            self.stdout.write("They were there already; nothing was added.")
