from datetime import timedelta

from config.outbox import kinds
from contacts.actions.factors import KIND
from contacts.mail import plain_kind
from contacts.models import Contact


def register():
    kinds.register(
        plain_kind(
            KIND,
            template="contacts/second_step_removed",
            still_due=lambda message: True,
            context=context,
            give_up_after=timedelta(days=3),
            quiet=False,  # if it was a fraud, the night is when it counts
        )
    )


def context(message):
    contact = Contact.objects.select_related("institution").get(pk=message.about_id)
    return {"institution": contact.institution.name, "removed_at": message.due_at}
