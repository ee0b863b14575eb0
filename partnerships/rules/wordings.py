"""Who may say what about the words of a row; asked over ``partnerships.wordings.Words``."""

import rules

from partnerships.models import Side

from .commitments import acts_for


@rules.predicate
def wrote_them(user, words):
    """Of the side that wrote them, and where the kind says so, somebody who may keep them."""
    if words is None or not words.exist:
        return False
    kind = words.kind
    is_of_side = kind.is_ranked or words.side in acts_for(user, words.partnership)
    return is_of_side and (not kind.keep_perm or user.has_perm(kind.keep_perm, words.row))


@rules.predicate
def reads_them_from_across(user, words):
    if words is None or not words.exist:
        return False
    return Side(words.side).other in acts_for(user, words.partnership)


@rules.predicate
def is_of_either_side(user, words):
    return words is not None and words.exist and bool(acts_for(user, words.partnership))


rules.add_perm("partnerships.view_words", is_of_either_side | wrote_them)
rules.add_perm("partnerships.answer_words", reads_them_from_across)
rules.add_perm("partnerships.keep_words", wrote_them)
