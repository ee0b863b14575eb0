from .areas import PolicingArea
from .institutions import Institution, Membership, WeeklyTime
from .people import (
    Contact,
    Deputyship,
    Invitation,
    OfficerProfile,
    Preferences,
    RoleHolding,
)
from .reference import Language, PoliceForce, Purpose, Rank, RoleType, Topic
from .rights import Disposal, LegalHold, RightsRequest
from .tenancy import Tenant
from .users import User

__all__ = [
    "Contact",
    "Deputyship",
    "Disposal",
    "Institution",
    "Invitation",
    "Language",
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
    "Tenant",
    "Topic",
    "User",
    "WeeklyTime",
]
