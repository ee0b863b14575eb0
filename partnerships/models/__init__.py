from .agreements import PartnershipAgreement, Signature
from .commitments import Commitment, CommitmentStep
from .concerns import Concern, ConcernStep
from .joining import JoiningCheck, LimitsTalk
from .partnerships import LeadAssignment, Partnership, Side
from .pauses import PolicePause
from .texts import Correction, DisagreementStatement, SharedText, SharedTextVersion

__all__ = [
    "Commitment",
    "CommitmentStep",
    "Concern",
    "ConcernStep",
    "Correction",
    "DisagreementStatement",
    "JoiningCheck",
    "LeadAssignment",
    "LimitsTalk",
    "Partnership",
    "PartnershipAgreement",
    "PolicePause",
    "SharedText",
    "SharedTextVersion",
    "Side",
    "Signature",
]
