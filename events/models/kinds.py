from django.db import models
from django.utils.translation import gettext_lazy as _


class EngagementKind(models.TextChoices):
    VISIT = "visit", _("Visit")
    TALK_TOUR = "talk_tour", _("Talk and tour")
    DROP_IN = "drop_in", _("Drop-in")
    MEETING = "meeting", _("Meeting")
    OPEN_DAY = "open_day", _("Open day")
    IFTAR_OR_MEAL = "iftar_or_meal", _("Iftar or meal")
    EID = "eid", _("Eid")
    MADRASAH_SESSION = "madrasah_session", _("Madrasah session")
    EVENT_SUPPORT = "event_support", _("Support at an event")
    SECURITY_WALKROUND = "security_walkround", _("Security walk-round")
    REASSURANCE = "reassurance", _("Reassurance visit")
    TRAINING_BY_MOSQUE = "training_by_mosque", _("Training given by the mosque")
    PHONE_CALL = "phone_call", _("Phone call")
