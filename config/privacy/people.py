"""Which rows are about one person, and where others' words name them; read off the catalogue."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from config.web.sealed import Sealed

from .catalogue import Table, model_of

NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Person:
    """``names`` are the texts that mean this person wherever they stand.

    A name of one word is left out: it may be anybody's.
    """

    contact: int
    user: int | None
    force: int
    names: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, contact) -> "Person":
        """Build from a row of ``contacts.Contact`` with ``user`` loaded."""
        addresses = [contact.email, contact.user.email if contact.user else ""]
        names = [contact.name] if len(contact.name.split()) > 1 else []
        found = [text for text in (*names, *addresses, contact.phone) if text.strip()]
        return cls(contact.pk, contact.user_id, contact.force_id, tuple(dict.fromkeys(found)))


def regex_of(names: Iterable[str]) -> str:
    """Return what finds any of the names as whole words, here as in Postgres; "" for no name."""
    spaced = [r"\s+".join(map(re.escape, name.split())) for name in names]
    longest_first = "|".join(sorted(spaced, key=len, reverse=True))
    return rf"(?<!\w)(?:{longest_first})(?!\w)" if spaced else ""


def pattern_of(names: Iterable[str]) -> re.Pattern | None:
    regex = regex_of(names)
    return re.compile(regex, re.IGNORECASE) if regex else None


class Reach:
    """One table of the catalogue, asked about one person."""

    def __init__(self, label: str, table: Table, person: Person):
        self.model, self.table, self.person = model_of(label), table, person
        self.rows = self.model._base_manager.order_by("pk")

    def about(self) -> Q:
        """Select the rows that name the person by a key, or by a number."""
        found = NOBODY
        for lead in self.table.leads:
            found |= self._by(lead)
        for numbers in self.table.numbers:
            found |= self._by_numbers(numbers)
        return found

    def owned(self) -> Q:
        """Select the rows whose details and secrets are the person's."""
        if not self.table.leads:
            return self.about()
        lead = self.table.leads[0]
        found = self._by(lead)
        for column in self.table.named.split():
            found |= self.naming(column) & Q(**{f"{lead}__isnull": True})
        return found

    def written(self, column: str) -> Q:
        """Select the rows whose words in ``column`` are the person's."""
        found = NOBODY
        for author in self.table.authors(column):
            found |= self._by(author)
        return found

    def naming(self, column: str) -> Q:
        """Select the rows of the same force whose words in ``column`` name the person.

        Sealed words are read here, since the database cannot: that issues a query.
        """
        if isinstance(self.model._meta.get_field(column), Sealed):
            return Q(pk__in=self._naming_sealed(column))
        regex = regex_of(self.person.names)
        found = Q(**{f"{column}__iregex": regex}) if regex else NOBODY
        has_force = any(field.name == "force" for field in self.model._meta.fields)
        return found & Q(force_id=self.person.force) if has_force else found

    def _naming_sealed(self, column) -> list[int]:
        pattern = pattern_of(self.person.names)
        rows = self.rows.filter(force_id=self.person.force).values_list("pk", column)
        return [pk for pk, words in rows if pattern.search(words)] if pattern else []

    def _by(self, lead):
        value = self.person.contact if self._leads_to(lead) == "Contact" else self.person.user
        return NOBODY if value is None else Q(**{lead: value})

    def _leads_to(self, lead):
        model = self.model
        for step in lead.split("__"):
            found = model._meta.get_field(step)
            model = found.related_model or model
        return model.__name__

    def _by_numbers(self, numbers):
        if self.person.user is None and any("{user}" in value for value in numbers.values()):
            return NOBODY
        known = {"user": self.person.user, "contact": self.person.contact}
        return Q(**{name: value.format(**known) for name, value in numbers.items()})
