"""The routes that there really are, read from the resolver."""

from typing import NamedTuple

from django.urls import URLResolver, get_resolver


class Route(NamedTuple):
    """``name`` is what ``reverse`` knows it by; a route without a name goes by its pattern."""

    name: str
    pattern: str


def routes() -> list[Route]:
    return list(_below(get_resolver(), space="", prefix=""))


def _below(resolver, *, space, prefix):
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _below(entry, space=inner, prefix=pattern)
        else:
            yield Route(space + entry.name if entry.name else pattern, pattern)
