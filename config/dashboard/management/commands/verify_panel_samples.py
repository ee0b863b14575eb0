from django.core.management.base import BaseCommand, CommandError

from config.actor.claims import as_system
from config.dashboard.scrutiny.drawing import is_drawn_again
from partnerships.models import PanelSample


class Command(BaseCommand):
    help = (
        "Draw each panel's sample again by its own seed, and say whether the same list comes out."
    )

    def handle(self, **options):
        with as_system("verify_panel_samples"):
            found = [
                (sample, is_drawn_again(sample))
                for sample in PanelSample.objects.for_list().order_by("since", "pk")
            ]
        for sample, same in found:
            words = "the same list" if same else "ANOTHER LIST"
            self.stdout.write(f"{sample.force.name}, {sample.since}: {words} ({sample.listed})")
        if not all(same for _sample, same in found):
            raise CommandError("A record has gone, was slipped in, or the list was changed.")
