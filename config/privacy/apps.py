from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """What is held about people, and the machinery of its export, erasure and end.

    Knows the models by name alone, from the catalogue; what a person may ask for is a matter of
    ``contacts``.
    """

    name = "config.privacy"
    label = "privacy"
    verbose_name = _("Privacy")
