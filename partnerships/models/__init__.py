from .commitments import Commitment, CommitmentStep
from .partnerships import LeadAssignment, Partnership, Side
from .texts import Correction, DisagreementStatement, SharedText, SharedTextVersion

__all__ = [
    "Commitment",
    "CommitmentStep",
    "Correction",
    "DisagreementStatement",
    "LeadAssignment",
    "Partnership",
    "SharedText",
    "SharedTextVersion",
    "Side",
]
