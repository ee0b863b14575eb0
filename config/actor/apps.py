from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActorConfig(AppConfig):
    name = "config.actor"
    label = "actor"
    verbose_name = _("Who the database acts for")
