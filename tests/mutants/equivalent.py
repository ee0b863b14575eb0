"""Mutants that change nothing, each with the reason; reviewed by hand."""

REACHES_ITS_OWN = "a police role reaches its own institution, which is asked beside it"
OF_THE_FORCE = "whoever serves in its force may do so anyway; that is asked beside it"

EQUIVALENT = {
    f"contacts.rules:{name}: {call}('commander') -> {call}('commander', '{role}')": REACHES_ITS_OWN
    for name, call in (("commands_at", "holds_at"), ("commands", "at_institution"))
    for role in ("officer", "sergeant", "inspector", "liaison", "coordinator")
}
# works_over is asked beside it, and holds for every police role that reaches.
OVER = "over_institution('scrutineer', 'records_officer'"
EQUIVALENT |= {
    f"contacts.rules:contacts.view_disclosures: {OVER}) -> {OVER}, '{role}')": REACHES_ITS_OWN
    for role in ("officer", "sergeant", "inspector", "liaison", "coordinator")
}
EQUIVALENT |= {
    "contacts.rules:contacts.break_glass: over_institution('platform_admin') -> "
    f"over_institution('platform_admin', '{role}')": OF_THE_FORCE
    for role in ("officer", "sergeant", "inspector", "liaison", "coordinator", "commander")
}

DECIDES = "who reaches it with that role owns it and decides already"
COORDINATES = "partnerships.rules.commitments:is_coordinator: {'coordinator'} -> {'coordinator', "
CAME = "partnerships.rules.commitments:has_come_to_commander: {'commander'} -> {'commander', "
EQUIVALENT |= {
    f"{start}'{role}'}}": DECIDES
    for start in (CAME, COORDINATES)
    for role in ("sergeant", "inspector")
}

EQUIVALENT |= {
    "events.rules.requests:has_come_to_commander: holds_over('commander') -> "
    "holds_over('commander', 'inspector')": DECIDES
}

EQUIVALENT |= {
    "events.rules.requests:events.submit_request: holds('commander') -> "
    f"holds('commander', '{role}')": "can_act, which is asked beside it, holds for that role"
    for role in ("officer", "sergeant", "inspector", "liaison")
}

EQUIVALENT |= {
    f"contacts.standing:Standing.{name}: {{'commander'}} -> {{'commander', '{role}'}}": (
        "it is joined to POLICE_ROLES, which has that role"
    )
    for name in ("unit_ids", "force_ids")
    for role in ("officer", "sergeant", "inspector", "liaison", "coordinator")
}

EQUIVALENT |= {
    f"{query}: {{'commander'}} -> {{'commander', '{role}'}}": (
        "within() is asked beside it, for every police role that reaches"
    )
    for query in (
        "partnerships.querysets.commitments:CommitmentQuerySet.visible_to",
        "partnerships.querysets.concerns:ConcernQuerySet.visible_to",
        "partnerships.querysets.partnerships:PartnershipQuerySet.measured_by",
        "partnerships.querysets.pauses:PolicePauseQuerySet.visible_to",
        "events.querysets.requests:EngagementRequestQuerySet.visible_to",
    )
    for role in ("officer", "sergeant", "inspector", "liaison", "coordinator")
}

VISITS = "events.querysets.engagements:EngagementQuerySet.visible_to: "
EQUIVALENT |= {
    f"{VISITS}parts[:-1] if standing.reaches_force else parts -> parts": (
        "what is left out is asked of the visit itself; it is quicker so"
    ),
    f"{VISITS}self._related('parties').filter(is_guest=True) -> "
    "self._related('parties').filter()": ("hosts are found anyway; it is quicker so"),
    f"{VISITS}within | Q(pk__in=found) if standing.reaches_force else Q(pk__in=found) -> "
    "within | Q(pk__in=found)": "within is among the parts then; it is quicker so",
}

STATEMENTS = "partnerships.rules.community:"
EQUIVALENT |= {
    f"{STATEMENTS}serves_its_partnership: statement is not None and bool(units) -> "
    "statement is not None": "no unit is in an empty list; it saves the query for the partnership",
}

BULLETINS = "partnerships.rules.bulletins:"
for call in (
    "partnerships.view_bulletins: holds('scrutineer'",
    "scrutinises: holds_over('scrutineer'",
):
    EQUIVALENT |= {
        f"{BULLETINS}{call}) -> {call.partition(': ')[2]}, '{role}')": (
            "police of the force read what is out anyway; that is asked beside it"
        )
        for role in ("officer", "sergeant", "inspector", "liaison", "coordinator", "commander")
    }

QUESTIONS = "partnerships.querysets.bulletin_questions:"
SCRUTINEER = f"{QUESTIONS}BulletinQuestionQuerySet.visible_to: {{'scrutineer'}} -> {{'scrutineer'"
EQUIVALENT |= {
    f"{SCRUTINEER}, '{role}'}}": "police of the force are asked beside it"
    for role in ("officer", "sergeant", "inspector", "liaison", "coordinator", "commander")
} | {
    f"{SCRUTINEER}, '{role}'}}": "they are shown no bulletin, and so no question about one"
    for role in ("records_officer", "platform_admin")
}
ACTING = "{'officer', 'sergeant', 'inspector', 'liaison'"
EQUIVALENT |= {
    f"{QUESTIONS}ACTING_POLICE: {ACTING}}} -> {ACTING}, 'coordinator'}}": (
        "a coordinator reaches the own unit, which is asked beside it"
    )
}

EQUIVALENT |= {
    f"partnerships.querysets.{query}: Q(pk__in=[]) -> Q()": (
        "an empty condition adds nothing to others that are joined to it by or"
    )
    for query in (
        "community:CommunityViewQuerySet.visible_to",
        "commitments:CommitmentQuerySet.escalated_to",
    )
}

# --- The database's own functions -----------------------------------------------------------------

EQUIVALENT |= {
    "portal:dealings: myself IS NULL OR ids('forces') = '{}' -> ids('forces') = '{}'": (
        "nobody's number is compared with nothing, and finds no row"
    ),
    "portal:claim: coalesce((found ->> 'until')::numeric, 0) < extract(epoch FROM "
    "clock_timestamp()) -> coalesce((found ->> 'until')::numeric, 0) <= extract(epoch FROM "
    "clock_timestamp())": "the clock counts millionths, and no claim is asked at its very end",
}
