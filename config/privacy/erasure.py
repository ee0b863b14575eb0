"""Taking a person out of the record, in place: rows stay, so that counts stay.

What they typed is replaced, what identifies them emptied, and their name replaced in the words of
others. The audit trail has nothing to erase: it holds numbers.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.db.models import BinaryField, JSONField, Q

from .catalogue import model_of
from .people import Person, Reach, pattern_of
from .tables import TABLES

REMOVED = "(removed at the request of the person concerned)"
EXPIRED = "(removed at the end of the time it is kept)"
SOMEBODY = "(a person)"
_EMPTY = {JSONField: dict, ArrayField: list, BinaryField: lambda: None}


def erase(person: Person, *, words: bool = True) -> int:
    """Erase the person from every table; return how many rows were changed or deleted.

    Without ``words`` what was written stays, and the account and the details go. The caller holds
    a transaction. May be repeated, but a second time their name is no longer known.
    """
    changed = _end_sessions(person)
    reaches = [Reach(label, table, person) for label, table in TABLES.items()]
    for reach in reaches:
        if not reach.table.goes:
            changed += (_take_words(reach) if words else 0) + _take_details(reach)
    for reach in reaches:
        if reach.table.goes:
            changed += reach.rows.filter(reach.owned()).delete()[0]
    return changed


def _end_sessions(person: Person) -> int:
    """Delete the sessions that are this account's; only their content says whose they are."""
    own = [
        session.session_key
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(person.user)
    ]
    return Session.objects.filter(session_key__in=own).delete()[0]


def _take_words(reach: Reach) -> int:
    names, changed = pattern_of(reach.person.names), 0
    for column in reach.table.words:
        for row in reach.rows.filter(reach.written(column)):
            changed += _put(row, {column: replaced(getattr(row, column), REMOVED)})
        for row in reach.rows.filter(reach.naming(column)):
            changed += _put(row, {column: _without(getattr(row, column), names)})
    return changed


def _take_details(reach: Reach) -> int:
    columns = [*reach.table.details.split(), *reach.table.secrets.split()]
    if not columns:
        return 0
    return sum(
        _put(row, {column: blank(reach.table, row, column) for column in columns})
        for row in reach.rows.filter(reach.owned())
    )


def _put(row, values: dict) -> int:
    if all(getattr(row, column) == value for column, value in values.items()):
        return 0
    return type(row)._base_manager.filter(pk=row.pk).update(**values)


def blank(table, row, column: str):
    """Return what a detail becomes: nothing, or what the catalogue says."""
    if column in table.blanks:
        return table.blanks[column].format(pk=row.pk)
    return _EMPTY.get(type(row._meta.get_field(column)), str)()


def replaced(value, by: str):
    """Return the words replaced; what is empty stays empty, a list of drafts goes whole."""
    if isinstance(value, dict):
        return {code: by for code, words in value.items() if words}
    if isinstance(value, list):
        return []
    return by if value else value


def _without(value, names):
    if isinstance(value, dict):
        return {code: _without(words, names) for code, words in value.items()}
    if isinstance(value, list):
        return [_without(words, names) for words in value]
    return names.sub(SOMEBODY, value) if isinstance(value, str) else value


def remains(label: str) -> Q:
    """Select the rows of a table in which words or details are left to take."""
    table, model, found = TABLES[label], model_of(label), Q(pk__in=[])
    for column in (*table.words, *table.details.split()):
        if isinstance(model._meta.get_field(column), BinaryField):
            found |= Q(**{f"{column}__isnull": False})
        elif isinstance(model._meta.get_field(column), JSONField):
            empty = Q(**{column: {}}) | Q(**{column: []})
            found |= ~empty & ~Q(**{f"{column}__icontains": REMOVED[:8]})
        else:
            found |= ~Q(**{f"{column}__in": ["", REMOVED, EXPIRED]})
    return found
