from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "config.dashboard"
    label = "dashboard"

    def ready(self):
        from . import alerts, anchors, letters  # noqa: PLC0415  models are not there before
        from .scrutiny import letters as panel_letters  # noqa: PLC0415

        letters.register()
        anchors.register()
        alerts.register()
        panel_letters.register()
