"""What every request gets, whatever its page: an id, headers, a log line without words."""

import io
import json
import logging

import pytest
from celery import Celery
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import RequestFactory

from config.logging import AddRequestId, JsonLines, NameTaskFailures
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
    handler.addFilter(NameTaskFailures())
    loggers = [logging.getLogger("tests.requests"), logging.getLogger("celery.app.trace")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger in loggers:
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


@pytest.fixture
def refused(world):
    """Something that the database refuses, quoting what is in the row.

    Of an institution's rows it quotes nothing: their policies forbid it.
    """
    User.objects.filter(pk=world.imam.pk).update(email="somebody.typed@example.org")

    def refuse():
        User.objects.filter(pk=world.member.pk).update(email="Somebody.Typed@example.org")

    return refuse


def test_log_line_of_a_refused_row_names_the_constraint_and_the_place_not_the_words(lines, refused):
    with pytest.raises(IntegrityError, match="somebody.typed") as caught:
        refused()
    failed = ValueError("Not saved")
    failed.__cause__ = caught.value

    logging.getLogger("tests.requests").error("Refused", exc_info=failed)

    (line,) = lines()
    assert "typed" not in json.dumps(line)
    assert "psycopg2.errors.UniqueViolation: user_email_once_in_any_case" in line["exception"]
    assert "django.db.utils.IntegrityError" in line["exception"]
    assert line["exception"].endswith("ValueError: Not saved")
    assert __file__ in line["exception"]


def test_log_line_of_a_task_that_the_database_refuses_has_no_words_either(lines, refused):
    Celery("tests", set_as_current=False).task(refused, name="tests.refused", shared=False).apply()

    (line,) = lines()
    assert "typed" not in json.dumps(line)
    assert line["message"].endswith("raised unexpected: IntegrityError")
    assert "user_email_once_in_any_case" in line["exception"]


def test_log_line_of_any_other_failure_keeps_its_traceback(lines):
    logging.getLogger("tests.requests").error("Failed", exc_info=ValueError("Not a number"))

    assert lines()[0]["exception"] == "ValueError: Not a number"
