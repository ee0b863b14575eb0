"""The routes that there really are, read from the resolver."""

from collections.abc import Callable
from typing import NamedTuple

from django.urls import URLResolver, get_resolver


class Route(NamedTuple):
    """``name`` is what ``reverse`` knows it by; a route without a name goes by its pattern."""

    name: str
    pattern: str
    view: Callable

    @property
    def takes_forms(self) -> bool:
        """Whether it answers to POST; a plain function may always."""
        view = getattr(self.view, "view_class", None)
        return view is None or (hasattr(view, "post") and "post" in view.http_method_names)


def routes() -> list[Route]:
    return list(_below(get_resolver(), space="", prefix=""))


def _below(resolver, *, space, prefix):
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _below(entry, space=inner, prefix=pattern)
        else:
            yield Route(space + entry.name if entry.name else pattern, pattern, entry.callback)
