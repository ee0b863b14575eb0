"""Who sits on a force's scrutiny panel, who reads what it reads, and who answers it."""

import rules

from contacts.rules import holds, is_partner
from contacts.standing import PARTNER_LEADS, PARTNER_ROLES
from partnerships.models import PanelComment, Side
from partnerships.querysets.panel import NEAR, PANEL, READERS

Asked = PanelComment.Asked
# Who may answer for whom: a commander for an inspector, too.
MAY_ANSWER = {
    Asked.INSPECTOR: frozenset({"inspector", "commander"}),
    Asked.COMMANDER: frozenset({"commander"}),
    Asked.COORDINATOR: frozenset({"coordinator"}),
}


def _holds_in_force(user, force_id, roles) -> bool:
    holdings = user.standing.holdings
    return any(h.force_id == force_id and h.access_role in roles for h in holdings)


@rules.predicate
def sits_on_panel(user, row):
    """A member of the panel of the row's force; the row may be a sample, an item, a concern."""
    return row is not None and _holds_in_force(user, row.force_id, PANEL)


@rules.predicate
def answers_to_panel(user, row):
    """A coordinator or commander of the row's force."""
    return row is not None and _holds_in_force(user, row.force_id, READERS)


@rules.predicate
def is_of_panel(user):
    return user.standing.has(*PANEL)


@rules.predicate
def reads_panel(user):
    return user.standing.has(*PANEL, *READERS)


@rules.predicate
def is_their_record(user, row):
    """Somebody of the institution of whose record it is; ``row.place`` is loaded."""
    place = row and row.place
    return place is not None and user.standing.role_at(place.pk, *PARTNER_ROLES)


@rules.predicate
def is_near(user, row):
    """An inspector in whose area the record is."""
    place = row and row.place
    return place is not None and user.standing.reaches(place, NEAR)


@rules.predicate
def leads_whose_record_it_is(user, comment):
    place = comment and comment.place
    return place is not None and user.standing.role_at(place.pk, *PARTNER_LEADS)


@rules.predicate
def is_asked(user, comment):
    """Who has the rank that was asked: over the record, where it is about one."""
    if comment is None:
        return False
    roles = MAY_ANSWER[comment.asked_role]
    if comment.place is not None:
        return user.standing.reaches(comment.place, roles)
    return not comment.is_about_a_record and _holds_in_force(user, comment.force_id, roles)


def side_of(user, comment) -> str:
    """Return for which side somebody answers; only of whoever may."""
    return Side.INSTITUTION if leads_whose_record_it_is(user, comment) else Side.POLICE


def role_of(user, comment) -> str:
    """Return the rank in which somebody answers for police: the one asked, or the one above."""
    held = [role for role in MAY_ANSWER[comment.asked_role] if user.standing.has(role)]
    return comment.asked_role if comment.asked_role in held else held[0]


reads_item = sits_on_panel | answers_to_panel | is_their_record | is_near

rules.add_perm("partnerships.list_panel_comments", reads_panel | holds(*NEAR) | is_partner)
rules.add_perm("partnerships.view_panel_comment", reads_item)
rules.add_perm("partnerships.view_concern_as_panel", sits_on_panel)
rules.add_perm("partnerships.record_panel_view", sits_on_panel)
rules.add_perm("partnerships.comment_on_item", sits_on_panel)
rules.add_perm("partnerships.comment_on_measure", sits_on_panel)
rules.add_perm("partnerships.comment_on_concern", sits_on_panel)
rules.add_perm("partnerships.answer_panel_comment", is_asked | leads_whose_record_it_is)
