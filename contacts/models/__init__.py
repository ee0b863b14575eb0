from .areas import PolicingArea
from .disputes import LeadershipDispute
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
from .sharing import SharingPermission
from .tenancy import Tenant
from .users import User

__all__ = [
    "Contact",
    "Deputyship",
    "Institution",
    "Invitation",
    "Language",
    "LeadershipDispute",
    "Membership",
    "OfficerProfile",
    "PoliceForce",
    "PolicingArea",
    "Preferences",
    "Purpose",
    "Rank",
    "RoleHolding",
    "RoleType",
    "SharingPermission",
    "Tenant",
    "Topic",
    "User",
    "WeeklyTime",
]
