from .agreements import PartnershipAgreement, Signature
from .bulletin_questions import BulletinAsker, BulletinQuestion
from .bulletins import Bulletin, BulletinRecipient, BulletinVersion
from .commitments import Commitment, CommitmentStep
from .community import CommunityView
from .concern_promises import ConcernCommitment
from .concerns import Concern, ConcernStep
from .consultation_answers import ConsultationResponse, ConsultationTheme
from .consultations import Consultation, ConsultationInvitee
from .joining import JoiningCheck, LimitsTalk
from .meetings import AgreedMeeting
from .panel import PanelItem, PanelOrigin, PanelSample
from .panel_comments import PanelAnswer, PanelComment
from .partnerships import LeadAssignment, Partnership, Side
from .pauses import PolicePause
from .photos import ItemPhoto
from .published import PublishedItem
from .review_words import (
    ReviewAssessment,
    ReviewComment,
    ReviewCommitment,
    ReviewReport,
    ReviewStatement,
)
from .reviews import PartnershipReview, ReviewFigures
from .safety import KeyHolder, PremisesSafetyDetail, SafetyNeed
from .texts import Correction, DisagreementStatement, SharedText, SharedTextVersion
from .wider import TouchedPartnership, WiderEvent
from .workstreams import Workstream

__all__ = [
    "AgreedMeeting",
    "Bulletin",
    "BulletinAsker",
    "BulletinQuestion",
    "BulletinRecipient",
    "BulletinVersion",
    "Commitment",
    "CommitmentStep",
    "CommunityView",
    "Concern",
    "ConcernCommitment",
    "ConcernStep",
    "Consultation",
    "ConsultationInvitee",
    "ConsultationResponse",
    "ConsultationTheme",
    "Correction",
    "DisagreementStatement",
    "ItemPhoto",
    "JoiningCheck",
    "KeyHolder",
    "LeadAssignment",
    "LimitsTalk",
    "PanelAnswer",
    "PanelComment",
    "PanelItem",
    "PanelSample",
    "PanelOrigin",
    "Partnership",
    "PartnershipAgreement",
    "PartnershipReview",
    "PolicePause",
    "PremisesSafetyDetail",
    "PublishedItem",
    "ReviewAssessment",
    "ReviewComment",
    "ReviewCommitment",
    "ReviewFigures",
    "ReviewReport",
    "ReviewStatement",
    "SafetyNeed",
    "SharedText",
    "SharedTextVersion",
    "Side",
    "Signature",
    "TouchedPartnership",
    "WiderEvent",
    "Workstream",
]
