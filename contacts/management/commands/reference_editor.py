from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contacts.actions.reference import set_reference_editor
from contacts.models import User


class Command(BaseCommand):
    help = "Let somebody edit topics, purposes, ranks and the like at /admin/, or no longer."

    def add_arguments(self, parser):
        parser.add_argument("email", help="their sign-in address")
        parser.add_argument("--remove", action="store_true", help="take it back")

    def handle(self, email, **options):
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {email}.")
        allowed = not options["remove"]
        set_reference_editor(user=user, allowed=allowed, at=timezone.now())
        self.stdout.write(f"{email} {'may' if allowed else 'may no longer'} edit the lists.")
