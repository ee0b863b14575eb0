"""What the two sides are told about the partnership itself."""

from datetime import timedelta

from config.outbox import kinds
from contacts.mail import plain_kind
from contacts.presenters import shown_name
from partnerships.models import Partnership

LETTERS = (
    "partnership_activated",
    "partnership_paused",
    "partnership_resumed",
    "partnership_left",
    "lead_assigned",
    "partnership_applied",
    "partnership_verified",
    "agreement_drafted",
    "agreement_in_force",
    "agreement_disagreed",
    "police_pause_proposed",
    "police_pause_announced",
    "police_pause_began",
    "police_pause_replied",
    "police_pause_ended",
)


def register():
    for letter in LETTERS:
        kinds.register(
            plain_kind(
                f"partnerships.{letter}",
                template=f"partnerships/{letter}",
                still_due=always,
                context=context,
                give_up_after=timedelta(days=3),
            )
        )


def always(message):
    return True


def context(message):
    partnership = Partnership.objects.for_detail().get(pk=message.about_id)
    return {
        "institution": partnership.institution.name,
        "officers": [
            {"role": lead.get_role_display(), "name": shown_name(lead.officer, unit=True)}
            for lead in partnership.current_leads
        ],
        "path": partnership.get_absolute_url(),
    }
