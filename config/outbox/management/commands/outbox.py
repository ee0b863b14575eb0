import signal
import threading

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from config.actor.claims import as_system
from config.database import refuse_unsafe
from config.outbox import actions, delivery, knobs, status


class Command(BaseCommand):
    help = "Send what is due, say how the outbox is doing, or hold everything back."

    def add_arguments(self, parser):
        choice = parser.add_mutually_exclusive_group(required=True)
        choice.add_argument("--loop", action="store_true", help="send until told to stop")
        choice.add_argument("--once", action="store_true", help="send what is due now, then end")
        choice.add_argument("--status", action="store_true", help="print counts and lateness")
        choice.add_argument("--freeze", action="store_true", help="let nothing leave")
        choice.add_argument("--release", action="store_true", help="let messages leave again")

    def handle(self, **options):
        if options["loop"]:
            self.loop()
        elif options["once"]:
            with as_system("outbox.once"):
                drained = delivery.drain(clock=timezone.now)
            self.stdout.write(f"Sent {drained.sent}.")
        elif options["freeze"]:
            actions.freeze(at=timezone.now())
            self.stdout.write("Frozen: nothing leaves until `manage.py outbox --release`.")
        elif options["release"]:
            actions.release()
            self.stdout.write("Released.")
        else:
            self.print_status()

    def print_status(self):
        for state, count in status.counts().items():
            self.stdout.write(f"{state:10} {count}")
        age = status.oldest_due_age(timezone.now())
        self.stdout.write(f"oldest due {f'{age.total_seconds():.0f} s ago' if age else '-'}")
        self.stdout.write(f"frozen     {'yes' if status.is_frozen() else 'no'}")

    def loop(self):
        """Needs no broker. Ends between two messages when asked to."""
        refuse_unsafe()
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        while not stopping.is_set():
            pause = self.drain(stopping.is_set)
            stopping.wait(pause.total_seconds())

    def drain(self, should_stop):
        """Drain once and return how long to wait."""
        close_old_connections()
        try:
            with as_system("outbox.loop"):
                drained = delivery.drain(clock=timezone.now, should_stop=should_stop)
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"The database is away ({type(error).__name__}).")
            return knobs.OUTAGE_PAUSE
        return knobs.LOOP_PAUSE if drained.reachable else knobs.OUTAGE_PAUSE
