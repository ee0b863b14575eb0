from .areas import PolicingArea
from .break_glass import BreakGlassGrant
from .disclosures import Disclosure
from .disputes import LeadershipDispute
from .held_notices import HeldNotice
from .institutions import Institution, Membership, WeeklyTime
from .people import (
    Contact,
    Deputyship,
    Invitation,
    OfficerProfile,
    Preferences,
    RoleHolding,
)
from .reference import Language, PoliceForce, Purpose, Rank, RoleType, Signpost, Topic
from .rights import Disposal, LegalHold, RightsRequest
from .sharing import SharingPermission
from .standing_down import StandingDown
from .tenancy import Tenant
from .users import User

__all__ = [
    "BreakGlassGrant",
    "Contact",
    "Deputyship",
    "Disclosure",
    "Disposal",
    "HeldNotice",
    "Institution",
    "Invitation",
    "Language",
    "LeadershipDispute",
    "LegalHold",
    "Membership",
    "OfficerProfile",
    "PoliceForce",
    "PolicingArea",
    "Preferences",
    "Purpose",
    "Rank",
    "RightsRequest",
    "RoleHolding",
    "RoleType",
    "SharingPermission",
    "Tenant",
    "Signpost",
    "StandingDown",
    "Topic",
    "User",
    "WeeklyTime",
]
