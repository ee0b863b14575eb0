from .engagements import (
    Attendance,
    Engagement,
    EngagementCommitment,
    EngagementFeedback,
    EngagementParty,
)
from .kinds import EngagementKind
from .notes import SharedNote
from .requests import EngagementRequest, RequestSlot, RequestStep

__all__ = [
    "Attendance",
    "Engagement",
    "EngagementCommitment",
    "EngagementFeedback",
    "EngagementKind",
    "EngagementParty",
    "EngagementRequest",
    "RequestSlot",
    "RequestStep",
    "SharedNote",
]
