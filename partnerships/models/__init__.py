from .agreements import PartnershipAgreement, Signature
from .bulletin_questions import BulletinAsker, BulletinQuestion
from .bulletins import Bulletin, BulletinRecipient, BulletinVersion
from .commitments import Commitment, CommitmentStep
from .community import CommunityView
from .concerns import Concern, ConcernStep
from .joining import JoiningCheck, LimitsTalk
from .panel import PanelItem, PanelOrigin, PanelSample
from .panel_comments import PanelAnswer, PanelComment
from .partnerships import LeadAssignment, Partnership, Side
from .pauses import PolicePause
from .published import PublishedItem
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
    "PanelAnswer",
    "PanelComment",
    "PanelItem",
    "PanelSample",
    "PanelOrigin",
    "Partnership",
    "PartnershipAgreement",
    "PolicePause",
    "PublishedItem",
    "SharedText",
    "SharedTextVersion",
    "Side",
    "Signature",
    "TouchedPartnership",
    "WiderEvent",
]
