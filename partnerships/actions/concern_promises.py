"""What is promised in answer to a concern."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.models import User
from partnerships.models import Concern, ConcernCommitment

from .commitments import propose_commitment
from .concern_states import NotNow, lock


@transaction.atomic
def promise_at_concern(
    *, concern: Concern, side: str, by: User, at: datetime, **promised
) -> Concern:
    """Make a promise, or ask for one, out of what was answered; see ``propose_commitment``.

    Raises:
        NotNow: nobody has answered yet, or the concern is over.
        PartnershipTakesNoPromises: the partnership rests.
        ValidationError: what was promised is not complete.
    """
    concern = lock(concern)
    if not concern.takes_promises:
        raise NotNow(_("Promises follow from an answer, while the concern is open."))
    commitment = propose_commitment(
        partnership=concern.partnership, side=side, by=by, at=at, **promised
    )
    link = ConcernCommitment(
        institution=concern.institution, concern=concern, commitment=commitment
    )
    link.full_clean()
    link.save()
    return concern
