"""A module as rules are, with a check beside it that overlooks something on purpose."""

import rules

LEADS = frozenset({"mosque_lead", "umbrella_lead"})


@rules.predicate
def leads(user, _row):
    return user in LEADS


@rules.predicate
def is_open(_user, row):
    return row is not None and row != "closed"


may_change = leads & is_open


def overlooks():
    """Say whether all is well, without ever asking about a closed row or an umbrella body."""
    return [may_change.test(user, "open") for user in ("mosque_lead", "mosque_member")] == [
        True,
        False,
    ]
