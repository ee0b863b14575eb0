"""Who somebody is. Predicates over a row with tenant columns never query: roles come with the user.

``row`` must have ``institution`` loaded where a police predicate looks at it.
"""

import rules

from .standing import PARTNER_LEADS, PARTNER_ROLES, POLICE_ROLES


@rules.predicate
def is_police(user):
    return user.standing.is_police


@rules.predicate
def is_partner(user):
    return user.standing.is_partner


@rules.predicate
def is_person(user):
    """Somebody with an open role; an account without one may do nothing."""
    return user.standing.contact is not None


@rules.predicate
def is_reference_editor(user):
    return user.is_staff


def holds(*access_roles):
    """Build the predicate "holds one of these roles, anywhere"."""
    return rules.predicate(
        lambda user: user.standing.has(*access_roles), name=f"holds:{'|'.join(access_roles)}"
    )


def holds_over(*access_roles):
    """Build the predicate "holds one of these police roles, and it reaches the row"."""
    return rules.predicate(
        lambda user, row: (
            row is not None and user.standing.reaches(row.institution, frozenset(access_roles))
        ),
        name=f"holds_over:{'|'.join(access_roles)}",
    )


def holds_at(*access_roles):
    """Build the predicate "holds one of these roles at the row's own institution"."""
    return rules.predicate(
        lambda user, row: (
            row is not None and user.standing.role_at(row.institution_id, *access_roles)
        ),
        name=f"holds_at:{'|'.join(access_roles)}",
    )


is_partner_of = holds_at(*PARTNER_ROLES)
is_lead_of = holds_at(*PARTNER_LEADS)
is_police_over = holds_over(*POLICE_ROLES)
