"""Who writes what a mosque keeps for emergencies, who gives an officer a need to read it.

A ``PremisesSafetyDetail`` comes from ``visible_to``, which says in ``is_needed`` whether the
reader is assigned; nobody reads it by rank or area alone.
"""

import rules

from contacts.rules import (
    at_institution,
    holds_at,
    holds_over,
    is_current,
    is_police_over,
    is_police_unit,
    over_institution,
    speaks_for,
    works_over,
)
from partnerships.querysets.safety import KEEPERS

ASSIGNERS = ("inspector", "coordinator")


@rules.predicate
def is_needed(_user, detail):
    return detail is not None and getattr(detail, "is_needed", False)


keeps_it = at_institution(*KEEPERS)
keeps_its = holds_at(*KEEPERS)
has_premises = ~is_police_unit

rules.add_perm("partnerships.view_safety", has_premises & (speaks_for | works_over))
rules.add_perm("partnerships.write_safety", has_premises & is_current & keeps_it)
rules.add_perm(
    "partnerships.assign_safety_need",
    has_premises & is_current & over_institution(*ASSIGNERS),
)
rules.add_perm("partnerships.end_safety_need", keeps_its | holds_over(*ASSIGNERS))
rules.add_perm("partnerships.read_safety_words", keeps_its | (is_needed & is_police_over))
rules.add_perm("partnerships.verify_safety", keeps_its)
rules.add_perm("partnerships.remove_key_holder", keeps_its)
