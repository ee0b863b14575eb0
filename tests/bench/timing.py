"""Timing requests over one connection that is kept alive."""

import http.client
import statistics
import time
from typing import NamedTuple
from urllib.parse import urlencode

from .pages import Page, cookies
from .servers import Web

WARM = 12  # requests before any counts: each of four threads opens its connections


class Times(NamedTuple):
    """In milliseconds."""

    p50: float
    p95: float

    def __str__(self):
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms"


def time_page(web: Web, bare: Web, page: Page, session: str, *, times: int) -> tuple[Times, Times]:
    """Ask the portal and the floor for a page in turn, so that what disturbs one disturbs both."""
    headers = {"Cookie": cookies(session), "Host": f"localhost:{web.port}"}
    headers |= {"Content-Type": "application/x-www-form-urlencoded"} if page.forms else {}
    ours, floors = [], []
    portal, floor = (
        http.client.HTTPConnection("127.0.0.1", server.port, timeout=60) for server in (web, bare)
    )
    for _again in range(WARM + times):
        form = urlencode(next(page.forms)) if page.forms else None
        method, expect = ("POST", 302) if page.forms else ("GET", 200)
        ours.append(_ask(portal, method, page.path, form, headers, expect=expect))
        floors.append(_ask(floor, "GET", f"/{page.key}", expect=200))
    portal.close()
    floor.close()
    return _times(ours), _times(floors)


def _ask(connection, *request, expect) -> float:
    began = time.perf_counter()
    connection.request(*request)
    response = connection.getresponse()
    body = response.read()
    took = (time.perf_counter() - began) * 1000
    assert response.status == expect, (request[:2], response.status, body[:2000])
    return took


def _times(measured) -> Times:
    counted = measured[WARM:]
    return Times(statistics.median(counted), statistics.quantiles(counted, n=20)[-1])
