"""Whom a partnership and its promises concern on a day; each function says what it queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from config.outbox.kinds import To
from contacts.ladder import leads_of, on_rung
from contacts.mail import to_people
from contacts.models import Contact, Institution, RoleHolding
from contacts.standing import PARTNER_ROLES

from .models import Commitment, LeadAssignment, Partnership, Side

ACTING_POLICE = frozenset({"officer", "sergeant", "inspector", "liaison"})


def people_of_side(partnership: Partnership, side: str, *, on: date) -> list[Contact]:
    """Return who answers for a side: named officer and cover, or the institution's leads.

    One query. A person without an account is left out, and so is an officer without a role.
    """
    if side == Side.INSTITUTION:
        return leads_of(partnership.institution, on=on)
    leads = (
        LeadAssignment.objects.current()
        .filter(partnership=partnership, officer__user__is_active=True)
        .filter(officer__in=RoleHolding.objects.open_and_acting_on(on).values("contact"))
        .select_related("officer")
    )
    named_first = sorted(leads, key=lambda lead: (lead.role != lead.Role.NAMED_OFFICER, lead.pk))
    return list(dict.fromkeys(lead.officer for lead in named_first))


def who_may_own(partnership: Partnership, side: str, *, on: date):
    """Build the queryset of people to whom a promise of that side may be handed.

    A commander is one of them where their own unit is the partner, as of an umbrella body.
    """
    return _of_side(partnership, side, ACTING_POLICE, on=on)


def who_may_lead(partnership: Partnership, side: str, *, on: date):
    """Build the queryset of people who may lead a workstream for a side, commanders included."""
    return _of_side(partnership, side, ACTING_POLICE | {"commander"}, on=on)


def _of_side(partnership, side, police_roles, *, on):
    if side == Side.INSTITUTION:
        stands = Q(institution=partnership.institution, access_role__in=PARTNER_ROLES)
    else:
        stands = Q(
            institution__kind__in=Institution.POLICE_KINDS,
            institution__area__in=partnership.institution.area.lineage,
            access_role__in=police_roles,
        ) | _of_its_unit(partnership)
    holdings = RoleHolding.objects.open_and_acting_on(on).filter(stands)
    people = Contact.objects.for_list().filter(pk__in=holdings.values("contact"))
    return people.order_by("name", "pk")


def _of_its_unit(partnership):
    roles = ACTING_POLICE | {"commander"}
    return Q(institution=partnership.police_unit_id, access_role__in=roles)


def may_own(contact: Contact, partnership: Partnership, side: str, *, on: date) -> bool:
    """Say whether a promise can be somebody's: any officer of the force, or one of the mosque.

    An officer may log a visit anywhere, so a promise may be an officer's from another area.
    """
    if side == Side.INSTITUTION:
        return contact.institution_id == partnership.institution_id
    stands = Q(access_role__in=ACTING_POLICE) | _of_its_unit(partnership)
    holdings = RoleHolding.objects.open_and_acting_on(on).filter(stands)
    return holdings.filter(contact=contact, force=partnership.force_id).exists()


@dataclass(frozen=True)
class Circle:
    """The people round one promise on a day, all of the owner's own side.

    ``owner`` holds the person and whoever deputises that day; it is empty when nobody is named or
    the person has left. ``answering`` are named officer and cover, or the institution's leads.
    """

    owner: tuple[Contact, ...]
    answering: tuple[Contact, ...]
    sergeants: tuple[Contact, ...]
    inbox: To

    @property
    def owning(self) -> list[To]:
        """Whom a promise is looked for with: its owner, else who answers, else the inbox."""
        return to_people(self.owner) or to_people(self.answering) or [self.inbox]


def circle_of(commitment: Commitment, *, on: date) -> Circle:
    """Load the circle. Up to four queries."""
    partnership, side = commitment.partnership, commitment.owner_side
    police = side == Side.POLICE
    return Circle(
        owner=tuple(_owner_and_deputies(commitment, on=on)),
        answering=tuple(people_of_side(partnership, side, on=on)),
        sergeants=tuple(on_rung("sergeant", over=partnership.institution, on=on)) if police else (),
        inbox=To.inbox(partnership.police_unit if police else partnership.institution),
    )


def _owner_and_deputies(commitment: Commitment, *, on: date) -> list[Contact]:
    if commitment.owner_id is None:
        return []
    holdings = (
        RoleHolding.objects.open_and_acting_on(on)
        .filter(contact=commitment.owner_id, contact__user__is_active=True)
        .exclude(access_role="")
        .select_related("contact")
        .with_deputies(on=on)
    )
    if commitment.owner_side == Side.INSTITUTION:
        holdings = holdings.filter(institution=commitment.institution_id)
    people = []
    for holding in holdings:
        people.append(holding.contact)
        people += [standing.deputy for standing in holding.acting]
    return list(dict.fromkeys(people))
