"""What the two sides are told about the public page."""

from datetime import timedelta

from config.outbox import kinds
from contacts.mail import plain_kind
from partnerships.models import PublishedItem

State = PublishedItem.State
# By the letter: the state in which it still has something to say.
LETTERS = {
    "item_proposed": State.PROPOSED,
    "item_published": State.PUBLISHED,
    "item_declined": State.DECLINED,
    "item_taken_down": State.TAKEN_DOWN,
}


def register():
    for letter, state in LETTERS.items():
        kinds.register(
            plain_kind(
                f"partnerships.{letter}",
                template=f"partnerships/{letter}",
                still_due=stands_at(state),
                context=context,
                give_up_after=timedelta(days=3),
            )
        )


def stands_at(state):
    def still_due(message):
        return PublishedItem.objects.filter(pk=message.about_id, state=state).exists()

    return still_due


def context(message):
    item = PublishedItem.objects.for_detail().get(pk=message.about_id)
    return {"institution": item.institution.name, "path": item.get_absolute_url()}
