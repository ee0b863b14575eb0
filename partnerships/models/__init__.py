from .agreements import PartnershipAgreement, Signature
from .bulletin_questions import BulletinAsker, BulletinQuestion
from .bulletins import Bulletin, BulletinRecipient, BulletinVersion
from .commitments import Commitment, CommitmentStep
from .community import CommunityView
from .concerns import Concern, ConcernStep
from .joining import JoiningCheck, LimitsTalk
from .partnerships import LeadAssignment, Partnership, Side
from .pauses import PolicePause
from .published import PublishedItem
from .review_words import (
    ReviewAssessment,
    ReviewComment,
    ReviewCommitment,
    ReviewReport,
    ReviewStatement,
)
from .reviews import PartnershipReview, ReviewFigures
from .texts import Correction, DisagreementStatement, SharedText, SharedTextVersion
from .wider import TouchedPartnership, WiderEvent

__all__ = [
    "Bulletin",
    "BulletinAsker",
    "BulletinQuestion",
    "BulletinRecipient",
    "BulletinVersion",
    "Commitment",
    "CommitmentStep",
    "CommunityView",
    "Concern",
    "ConcernStep",
    "Correction",
    "DisagreementStatement",
    "JoiningCheck",
    "LeadAssignment",
    "LimitsTalk",
    "Partnership",
    "PartnershipAgreement",
    "PartnershipReview",
    "PolicePause",
    "PublishedItem",
    "ReviewAssessment",
    "ReviewComment",
    "ReviewCommitment",
    "ReviewFigures",
    "ReviewReport",
    "ReviewStatement",
    "SharedText",
    "SharedTextVersion",
    "Side",
    "Signature",
    "TouchedPartnership",
    "WiderEvent",
]
