from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupConfig(AppConfig):
    """Copies of the whole record, sealed for people who keep the keys elsewhere."""

    name = "config.backup"
    label = "backup"
    verbose_name = _("Backup")
