"""Which promises were made in answer to a concern."""

from django.db import models

from contacts.models import Tenant

from .commitments import Commitment
from .concerns import Concern


class ConcernCommitment(Tenant):
    """A promise that an answer to a concern gave rise to; whoever reads either may not read both.

    So nothing about the concern stands in the promise.
    """

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="commitments")
    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="concern_commitment")

    def __str__(self):
        return f"ConcernCommitment #{self.pk}"
