"""Logs for us: one line a record, with the request's id; ids and codes, never what people typed."""

import json
import logging
import logging.config
import traceback
from datetime import UTC, datetime

import psycopg2
from django.db import DatabaseError

from config.web.middleware import request_id

_STANDARD = {*vars(logging.makeLogRecord({})), "message", "asctime", "request_id", "taskName"}
# Django attaches these, and Celery ``data``; a request's text form holds its path and query, which
# people type, and an exception's text may quote what they typed.
_DROPPED = {"request", "server_time", "sql", "params", "data"}
_REFUSALS = (DatabaseError, psycopg2.Error)


class AddRequestId(logging.Filter):
    def filter(self, record):
        record.request_id = request_id.get()
        return True


class NameTaskFailures(logging.Filter):
    """Let Celery's own line name a failure by its type: it would quote the exception."""

    def filter(self, record):
        if isinstance(record.args, dict) and "exc" in record.args and record.exc_info:
            record.args = record.args | {"exc": record.exc_info[0].__name__}
        return True


class Plain(logging.Formatter):
    """Write text; of a refusal of the database its type, constraint and place, never its words.

    PostgreSQL quotes the row that it refuses, and with it whatever somebody has typed.
    """

    def formatException(self, exc_info):  # noqa: N802  logging's own name
        chain = _chain(exc_info[1])
        if not any(isinstance(error, _REFUSALS) for error in chain):
            return super().formatException(exc_info)
        return "\n".join(map(_without_words, reversed(chain)))


def _chain(error):
    """List an exception and what led to it, the first cause last."""
    chain = []
    while error is not None and error not in chain:
        chain.append(error)
        led_here = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or led_here
    return chain


def _without_words(error):
    frames = "".join(traceback.format_tb(error.__traceback__))
    if not isinstance(error, _REFUSALS):
        return frames + "".join(traceback.format_exception_only(error)).strip()
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return frames + (f"{name}: {constraint}" if constraint else name)


class JsonLines(Plain):
    """Write a record as one JSON object; ``extra`` becomes further keys."""

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", ""),
        }
        further = vars(record).keys() - _STANDARD - _DROPPED
        line |= {key: getattr(record, key) for key in sorted(further)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure(options: dict) -> None:
    """Set up logging: ``level``, and ``json`` (lines for machines) or plain text."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {
                "request_id": {"()": AddRequestId},
                "failures": {"()": NameTaskFailures},
            },
            "formatters": {
                "json": {"()": JsonLines},
                "plain": {"()": Plain, "format": "%(levelname)s %(name)s: %(message)s"},
            },
            "handlers": {
                "standard_error": {
                    "class": "logging.StreamHandler",
                    "filters": ["request_id", "failures"],
                    "formatter": "json" if options["json"] else "plain",
                }
            },
            "root": {"handlers": ["standard_error"], "level": options["level"]},
        }
    )
