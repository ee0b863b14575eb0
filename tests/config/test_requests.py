"""What every request gets, whatever its page: an id, headers, a log line without words."""

import io
import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.logging import AddRequestId, JsonLines
from config.web.middleware import NoStore, RequestId, request_id
from contacts.models import User


class Anybody:
    is_authenticated = False


def pass_through(middleware, **attributes):
    request = RequestFactory().get("/")
    for name, value in attributes.items():
        setattr(request, name, value)
    return middleware(lambda request: HttpResponse(request_id.get()))(request)


def test_request_id_is_in_the_response_and_ends_with_it():
    first, second = pass_through(RequestId), pass_through(RequestId)

    assert first["X-Request-ID"] == first.content.decode()
    assert len({first["X-Request-ID"], second["X-Request-ID"]}) == 2
    assert request_id.get() == ""


def test_no_store_is_for_the_signed_in_only():
    assert pass_through(NoStore, user=User())["Cache-Control"] == "no-store"
    assert "Cache-Control" not in pass_through(NoStore, user=Anybody())


@pytest.fixture
def lines():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(AddRequestId())
    logger = logging.getLogger("tests.requests")
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)


def test_log_line_has_the_request_id_and_what_was_given_as_extra(lines):
    token = request_id.set("abc")
    logging.getLogger("tests.requests").warning("Request acknowledged", extra={"request_pk": 7})
    request_id.reset(token)

    (line,) = lines()
    assert line.pop("at")
    assert line == {
        "level": "WARNING",
        "logger": "tests.requests",
        "message": "Request acknowledged",
        "request_id": "abc",
        "request_pk": 7,
    }


def test_log_line_drops_the_request_that_django_attaches(lines):
    request = RequestFactory().get("/search/?q=A+name+that+somebody+typed")
    logging.getLogger("tests.requests").warning("Not found", extra={"request": request})

    assert "typed" not in json.dumps(lines())
