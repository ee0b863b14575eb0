from celery import shared_task
from django.utils import timezone

from config.actor.claims import for_system

from . import alerts, anchors
from .digests.schedule import schedule_digests as schedule
from .scrutiny import drawing
from .scrutiny import letters as panel_letters


@shared_task(name="dashboard.schedule_digests", ignore_result=True)
@for_system("dashboard.schedule_digests")
def schedule_digests(**_):
    """Run each hour; safe to run again."""
    schedule(at=timezone.now())


@shared_task(name="dashboard.send_anchor", ignore_result=True)
@for_system("dashboard.send_anchor")
def send_anchor(**_):
    """Run daily; a second run the same day promises nothing new."""
    anchors.send_anchor(at=timezone.now())


@shared_task(name="dashboard.tell_of_bulk_reading", ignore_result=True)
@for_system("dashboard.tell_of_bulk_reading")
def tell_of_bulk_reading(**_):
    """Run every ten minutes; it tells each of an account once a day."""
    alerts.tell_of_bulk_reading(at=timezone.now())


@shared_task(name="dashboard.draw_panel_samples", ignore_result=True)
@for_system("dashboard.draw_panel_samples")
def draw_panel_samples(**_):
    """Run each morning; a quarter is drawn once, and late where a day was missed."""
    drawing.draw_samples(at=timezone.now())


@shared_task(name="dashboard.write_to_panels", ignore_result=True)
@for_system("dashboard.write_to_panels")
def write_to_panels(**_):
    """Run each morning; each member gets one letter a month."""
    panel_letters.write_to_panels(at=timezone.now())
