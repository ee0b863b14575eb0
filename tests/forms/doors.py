"""How each form is reached: as whom, after what, with which valid answers.

The forms about the record that ``tests.access.bodies`` can send whole are taken from there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP

from contacts.actions.disputes import confirm_dispute, drop_dispute
from contacts.actions.memberships import end_membership
from contacts.actions.sharing import give_permission
from contacts.models import (
    Institution,
    LeadershipDispute,
    LegalHold,
    Membership,
    Rank,
    RoleType,
    StandingDown,
    Topic,
    User,
)
from events.actions.notes import MOST_PROMISES
from partnerships.actions.agreements import drop_agreement
from partnerships.actions.partnerships import pause_partnership
from partnerships.actions.pauses import countersign_pause, drop_pause, propose_pause
from partnerships.models.reviews import digest_of
from tests.access.asked import CONSULTATION
from tests.access.bodies import AGREED, MOVES, NAMING, WORDS, day
from tests.access.concerns import ASKED
from tests.access.record import AT
from tests.factories.world import TOTP_KEY
from tests.partnerships.bulletin_kit import PARTS
from tests.partnerships.joining_kit import asked, newcomer
from tests.roles import as_owner
from tests.support.pictures import from_a_phone

from .sending import Upload


def nothing(_scene, _caller):
    return None


def no_answers(_scene):
    return {}


@dataclass(frozen=True)
class Door:
    """``who`` is a role of the table; ``arrange`` may sign somebody else in, or give the address.

    ``declined`` says why the valid form, too, is declined here.
    """

    who: str = "signed_out"
    body: Callable = no_answers
    arrange: Callable = nothing
    declined: str = ""


def _always(sent):
    return lambda scene: dict(sent)


def _of_bodies():
    for name, (who, sent) in MOVES.items():
        yield name, Door(who, _always(sent))
    for name, (who, sent) in NAMING.items():
        yield name, Door(who, lambda scene, sent=sent: sent(scene.ours))


def _promises():
    rows = {}
    for number in range(1, MOST_PROMISES + 1):
        rows |= {f"promise_{number}_text": "Ask.", f"promise_{number}_whose": "police"}
        rows |= day(f"promise_{number}_due", 20, 12)
    return rows


# --- What must be arranged first -----------------------------------------------------------------
def _by(user, at=AT):
    return {"by": user, "at": at}


def officers(name, *, is_active=True):
    def arrange(scene, caller):
        officer = scene.world.officer
        with as_owner():
            User.objects.filter(pk=officer.pk).update(is_active=is_active)
        return caller.address(f"contacts:{name}", officer.contact)

    return arrange


def no_proposal(scene, _caller):
    with as_owner():
        StandingDown.objects.filter(institution=scene.ours.institution).update(state="dropped")


def no_dispute(scene, _caller):
    drop_dispute(dispute=scene.ours["dispute"], **_by(scene.world.sergeant))


def dispute_stands(scene, _caller):
    confirm_dispute(dispute=scene.ours["dispute"], **_by(scene.world.inspector))


def is_no_member(scene, _caller):
    world, at = scene.world, {"at": AT}
    held = Membership.objects.get(member=world.mosque)
    end_membership(institution=world.mosque, membership=held, by=world.imam, **at)
    give_permission(institution=world.umbrella, kind="listed", by=world.umbrella_lead, **at)


def no_agreement(scene, _caller):
    drop_agreement(agreement=scene.ours["agreement"], **_by(scene.world.sergeant))


def no_pause(scene, _caller):
    drop_pause(pause=scene.ours["pause"], **_by(scene.world.sergeant))


def pause_in_force(scene, caller):
    drop_pause(pause=scene.ours["pause"], **_by(scene.world.sergeant))
    given = {"partnership": scene.ours.partnership, "reason": "No.", "is_for_safety": True}
    pause = propose_pause(**given, **_by(scene.world.inspector))
    countersign_pause(pause=pause, **_by(scene.world.commander))
    return caller.address("partnerships:police-pause-lift", pause)


def rests(scene, _caller):
    pause_partnership(partnership=scene.ours.partnership, **_by(scene.world.imam))


def has_an_app(scene, _caller):
    with as_owner():
        TOTP.activate(scene.ours.hidden, TOTP_KEY)


def as_the_person(scene, caller):
    caller.sign_in(scene.ours.hidden)


def of_a_newcomer(name, made=newcomer):
    def arrange(scene, caller):
        return caller.address(name, made(scene.world).partnership)

    return arrange


alone = "the mosque of the scene has one lead: tests/contacts/test_standing_down.py"

ELSEWHERE = {
    "partnerships:photo-add": Door(
        "sergeant",
        _always(
            {
                "picture": Upload(from_a_phone()),
                "alt": "Two people at a table",
                "is_anybody_known": "yes",
                "agreed_by": "The imam",
                "has_children": "no",
            }
        ),
    ),
    "partnerships:review-joint-sign": Door(
        "imam", lambda scene: {"read": digest_of(scene.ours.say("review-joint"))}
    ),
    "partnerships:bulletin-draft": Door(
        "sergeant",
        lambda scene: {
            **PARTS,
            "kind": "bulletin",
            "areas": [scene.world.neighbourhood.pk],
            **day("valid_until", 6, 12),
            **day("questions_until", 2, 12),
        },
    ),
    "partnerships:consultation-draft": Door(
        "sergeant",
        lambda scene: CONSULTATION | {"co_convenor": scene.world.umbrella.pk},
    ),
    "partnerships:consultation-ask": Door(
        "imam",
        lambda scene: {
            "co_convenor": scene.world.umbrella.pk,
            "title": "Patrols",
            "question": "When should officers walk past?",
        },
    ),
    "partnerships:advice-ask": Door(
        "inspector",
        lambda scene: {
            **dict.fromkeys(("title", "question", "urgency", "withheld"), "At the gate, tonight."),
            "co_convenor": scene.world.umbrella.pk,
            "hours": 4,
        },
    ),
    "partnerships:concern-record": Door(
        "officer",
        lambda scene: {
            **ASKED,
            "topic": Topic.objects.get(code="road_safety").pk,
            "asked_role": RoleType.objects.get(code="imam").pk,
            "channel": "in_person",
        },
    ),
    "partnerships:wider-event-record": Door(
        "coordinator",
        lambda scene: {
            "kind": "policy",
            "title": "A law is debated",
            "words": "It is in all the papers.",
            **day("happened_on", 20, 11),
            "area": scene.world.neighbourhood.pk,
        },
    ),
    "record-copy": Door("imam"),
    "dashboard-csv-reason": Door("sergeant", _always({"gateway": "planning"})),
    "dashboard-xlsx-reason": Door("sergeant", _always({"gateway": "planning"})),
    "contacts:team-add": Door(
        "coordinator",
        lambda scene: {
            "kind": "police_team",
            "name": "Millbrook East",
            "area": scene.world.neighbourhood.pk,
            "unit_function": "neighbourhood",
            "inbox_email": "east@police.example",
            "public_phone": "0161 496 0100",
        },
    ),
    "contacts:area-add": Door(
        "coordinator",
        lambda scene: {
            "level": "neighbourhood",
            "name": "Millbrook South",
            "parent": scene.world.district.pk,
        },
    ),
    "contacts:ways-in": Door(
        "coordinator",
        lambda scene: {
            "area": scene.world.neighbourhood.pk,
            "phone": "0161 496 0100",
            "email": "west@police.example",
            "was_tried": "on",
        },
    ),
    "contacts:officer-add": Door(
        "coordinator",
        lambda scene: {
            "unit": scene.world.team.pk,
            "name": "Ian Frost",
            "email": "ian@police.example",
            "rank": Rank.objects.get(code="pc").pk,
            "access_role": "officer",
        },
    ),
    "contacts:unit-invite": Door(
        "imam",
        lambda scene: (
            {"unit": Institution.objects.get(name="Millbrook CT").pk}
            | day("valid_from", 24, 11)
            | day("last_day", 24, 12)
        ),
    ),
    "contacts:membership-join": Door(
        "imam", lambda scene: {"umbrella": scene.world.umbrella.pk, "role": "chair"}, is_no_member
    ),
    "contacts:membership-end": Door(
        "imam",
        lambda scene: {"membership": Membership.objects.get(member=scene.world.mosque).pk},
    ),
    "contacts:naming-agree": Door("", arrange=as_the_person),
    "contacts:naming-stop": Door("imam", declined="nobody agreed: it only asks for a yes"),
    "contacts:dispute-report": Door("coordinator", _always({"two_reports": "on"}), no_dispute),
    "contacts:dispute-lift": Door(
        "coordinator", _always({"ground": LeadershipDispute.Ground.values[0]}), dispute_stands
    ),
    "contacts:invitation-card": Door("imam"),
    "contacts:second-step-remove": Door("coordinator", _always({"rang_back": "on"}), has_an_app),
    "contacts:preferences": Door(
        "imam",
        _always({"digest": "daily", "digest_weekday": 0, "digest_hour": 8, "named": "yes"}),
    ),
    "contacts:account-shut": Door("admin", _always({"reason": "left"}), officers("account-shut")),
    "contacts:account-open": Door("admin", arrange=officers("account-open", is_active=False)),
    "contacts:standing-down-propose": Door("imam", _always({"who": "all"}), no_proposal, alone),
    "contacts:standing-down-confirm": Door("imam", declined=alone),
    "contacts:hold-place": Door(
        "records",
        lambda scene: {
            "institution": scene.world.other_mosque.pk,
            "of": "all",
            "reason": LegalHold.Reason.values[0],
        },
    ),
    "partnerships:application-record": Door(
        "sergeant", arrange=of_a_newcomer("partnerships:application-record")
    ),
    "partnerships:check-record": Door(
        "coordinator",
        _always({"kind": "register", "register_number": "1234567"} | day("checked_on", 20, 11)),
        of_a_newcomer("partnerships:check-record", asked),
    ),
    "partnerships:left-alone": Door(
        "sergeant", _always(day("until", 1, 6, 2027)), of_a_newcomer("partnerships:left-alone")
    ),
    "partnerships:agreement-draft": Door("imam", _always(AGREED), no_agreement),
    "partnerships:partnership-resume": Door("imam", arrange=rests),
    "partnerships:police-pause-propose": Door(
        "inspector", _always({"reason": "Two meetings were called off."}), no_pause
    ),
    "partnerships:police-pause-lift": Door("inspector", arrange=pause_in_force),
    "events:visit-finish": Door(
        "officer",
        _always(
            {
                "topics": "road_safety",
                "told_us": "A crossing.",
                "we_said": "We ask the council.",
                **_promises(),
                "children_present": "no",
                "photography": "none",
                "body_worn_video": "off",
                "hospitality": "none",
            }
        ),
    ),
    "events:request-redirect": Door(
        "sergeant",
        lambda scene: WORDS | {"unit": scene.world.other_team.pk, "warm_handover": "yes"},
    ),
}
PORTAL = dict(_of_bodies()) | ELSEWHERE
# They answer to a POST without looking at a form.
FORMLESS = {
    "contacts:my-data-export": "gives a file",
    "contacts:right-export": "gives a file",
    "account_logout": "asks for a yes",
    "account_confirm_email": "the key in the address is all",
    "account_email_verification_sent": "a page to read",
    "account_set_password": "leads to changing the password: everybody has one",
    "openid_connect_callback": "reads the address alone; there is no provider in the tests",
    "sign-on": "the same",
    "mfa_trust": "two buttons: tests/contacts/test_second_step.py",
}
