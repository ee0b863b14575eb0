"""What police in the demo explain to mosques, and what those ask about it. Invented."""

from datetime import timedelta

from django.utils.timezone import localdate

from contacts.models import RoleHolding
from partnerships.actions import bulletin_questions as questions
from partnerships.actions import bulletins
from partnerships.models import BulletinRecipient

from . import words
from .people import Cast

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def tell_bulletins(cast: Cast, *, now) -> None:
    """Send four, each made by those who would; one takes questions and one goes to be checked."""
    west = cast.homes[0].team
    fireworks = _sent(cast, west, words.FIREWORKS, at=now - 6 * DAY)
    _ask(cast, fireworks, at=now - 5 * DAY)
    statement = _draft(west, words.RUMOUR, kind="statement_of_fact", at=now - 3 * DAY - 4 * HOUR)
    bulletins.sign_off_bulletin(
        bulletin=statement, by=west.inspector, at=statement.drafted_at + 35 * MINUTE
    )
    bulletins.withdraw_bulletin(
        bulletin=_sent(cast, west, words.WRONG_DAY, at=now - 9 * DAY),
        reason="The day is wrong: the run is a week later. A new text follows.",
        by=cast.coordinator,
        at=now - 8 * DAY,
    )
    unit, officer = _invited_unit()
    powers = bulletins.draft_bulletin(
        unit=unit, by=officer, at=now - 2 * DAY, **_terms(words.POWERS, (), now - 2 * DAY)
    )
    bulletins.check_bulletin(bulletin=powers, by=cast.coordinator, at=now - 2 * DAY + HOUR)
    bulletins.publish_bulletin(bulletin=powers, by=cast.coordinator, at=now - 2 * DAY + HOUR)
    _draft(
        west, words.WRONG_DAY | {"title": "Road shut for the half marathon: the right day"}, at=now
    )


def _terms(parts, areas, at):
    last = localdate(at) + 21 * DAY
    return {
        "kind": "bulletin",
        "parts": parts,
        "areas": areas,
        "valid_until": last,
        "questions_until": last - 7 * DAY,
    }


def _draft(team, parts, *, at, kind="bulletin"):
    unit = team.unit
    return bulletins.draft_bulletin(
        unit=unit,
        by=team.sergeant,
        at=at,
        **_terms(parts, (unit.area_id,), at) | {"kind": kind},
    )


def _sent(cast, team, parts, *, at):
    bulletin = _draft(team, parts, at=at - DAY)
    bulletins.check_bulletin(bulletin=bulletin, by=cast.coordinator, at=at - HOUR)
    return bulletins.publish_bulletin(bulletin=bulletin, by=cast.coordinator, at=at)


def _ask(cast, bulletin, *, at):
    """Let mosques that were sent it ask in turn; whoever wrote it answers."""
    received = set(
        BulletinRecipient.objects.filter(bulletin=bulletin).values_list("institution", flat=True)
    )
    homes = [home for home in cast.homes if home.partnership.institution_id in received]
    for number, (text, is_named, can_answer, answer) in enumerate(words.ASKED):
        home, moment = homes[number % len(homes)], at + number * DAY
        question = questions.ask_bulletin_question(
            bulletin=bulletin,
            institution=home.partnership.institution,
            text=text,
            is_named=is_named,
            by=home.lead,
            at=moment,
        )
        if answer:
            questions.answer_bulletin_question(
                question=question,
                answer=answer,
                can_answer=can_answer,
                by=home.team.sergeant,
                at=moment + 20 * HOUR,
            )


def _invited_unit():
    holding = RoleHolding.objects.with_role("invited_unit").select_related(
        "institution", "contact__user"
    )
    found = holding.order_by("pk")[0]
    return found.institution, found.contact.user
