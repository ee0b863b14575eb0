"""Logs for us: one line a record, with the request's id; ids and codes, never what people typed."""

import json
import logging
import logging.config
from datetime import UTC, datetime

from config.web.middleware import request_id

_STANDARD = {*vars(logging.makeLogRecord({})), "message", "asctime", "request_id", "taskName"}
# Django attaches these; a request's text form holds its path and query, which people type.
_DROPPED = {"request", "server_time", "sql", "params"}


class AddRequestId(logging.Filter):
    def filter(self, record):
        record.request_id = request_id.get()
        return True


class JsonLines(logging.Formatter):
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
            "filters": {"request_id": {"()": AddRequestId}},
            "formatters": {
                "json": {"()": JsonLines},
                "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
            },
            "handlers": {
                "standard_error": {
                    "class": "logging.StreamHandler",
                    "filters": ["request_id"],
                    "formatter": "json" if options["json"] else "plain",
                }
            },
            "root": {"handlers": ["standard_error"], "level": options["level"]},
        }
    )
