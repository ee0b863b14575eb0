from .agreements import PartnershipAgreement, Signature
from .bulletin_questions import BulletinAsker, BulletinQuestion
from .bulletins import Bulletin, BulletinRecipient, BulletinVersion
from .commitments import Commitment, CommitmentStep
from .joining import JoiningCheck, LimitsTalk
from .partnerships import LeadAssignment, Partnership, Side
from .pauses import PolicePause
from .texts import Correction, DisagreementStatement, SharedText, SharedTextVersion

__all__ = [
    "Bulletin",
    "BulletinAsker",
    "BulletinQuestion",
    "BulletinRecipient",
    "BulletinVersion",
    "Commitment",
    "CommitmentStep",
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
