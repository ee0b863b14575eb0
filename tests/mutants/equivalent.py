"""Mutants that change nothing, each with the reason; reviewed by hand."""

REACHES_ITS_OWN = "a police role reaches its own institution, which is asked beside it"
OF_THE_FORCE = "whoever serves in its force may do so anyway; that is asked beside it"

EQUIVALENT = {
    f"contacts.rules:{name}: {call}('commander') -> {call}('commander', '{role}')": REACHES_ITS_OWN
    for name, call in (("commands_at", "holds_at"), ("commands", "at_institution"))
    for role in ("officer", "sergeant", "inspector", "liaison", "coordinator")
}
EQUIVALENT |= {
    "contacts.rules:contacts.break_glass: over_institution('platform_admin') -> "
    f"over_institution('platform_admin', '{role}')": OF_THE_FORCE
    for role in ("officer", "sergeant", "inspector", "liaison", "coordinator", "commander")
}
