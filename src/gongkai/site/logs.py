"""Logs on stderr: a line or a JSON object each, with the number of the request. Never personal data.

Addresses of pages carry tokens and what people searched for, and messages of exceptions carry values of rows; so a
request is logged by the name of its route, and an exception by its kind and place. Knows no Django: the server's own
configuration uses it before Django is loaded.
"""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The number of the request that this thread is answering."""

# The messages of these name code, not people.
_HARMLESS: Final = (ImportError, AttributeError, NameError, TypeError, RecursionError, MemoryError)


def new_number() -> str:
    """A number for a request."""
    return secrets.token_hex(8)


def configuration(level: str, form: str) -> dict[str, Any]:
    """For logging.config.dictConfig; `form` is line or json."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": {"()": "gongkai.site.logs.Json" if form == "json" else "gongkai.site.logs.Line"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "chosen"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Names of accounts and addresses; who was locked out stands in the audit log.
            "axes": {"level": "CRITICAL"},
            # Pages that are not there are counted by /metrics.
            "django.request": {"level": "ERROR"},
            # One line a request is enough, and ours has no address in it.
            "gunicorn.access": {"level": "CRITICAL", "propagate": False},
            "gunicorn.error": {"level": level, "handlers": [], "propagate": True},
        },
    }


def failure(error: BaseException) -> str:
    """Kinds and places of an exception and what led to it, its message only where that cannot name a person."""
    parts: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        message = f": {at}" if isinstance(at, _HARMLESS) else ""
        parts.append(
            "".join(traceback.format_tb(at.__traceback__)) + f"{type(at).__module__}.{type(at).__name__}{message}"
        )
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "\n\n".join(reversed(parts))


def _message(record: logging.LogRecord) -> str:
    """The message, with the route in the place of the address where Django logs a request."""
    request = getattr(record, "request", None)
    if request is not None and isinstance(record.args, tuple):
        path = getattr(request, "path", None)
        shown = getattr(getattr(request, "resolver_match", None), "view_name", None) or "-"
        record.args = tuple(shown if argument == path else argument for argument in record.args)
    return record.getMessage()


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, with the fields that a caller gave as `extra={"fields": {…}}`."""
        made: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if REQUEST.get():
            made["request"] = REQUEST.get()
        made |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1] is not None:
            made["failure"] = failure(record.exc_info[1])
        return json.dumps(made, ensure_ascii=False, default=str)


class Line(logging.Formatter):
    """One line for people; a failure takes more."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message, fields, request."""
        fields = "".join(f" {name}={value}" for name, value in getattr(record, "fields", {}).items())
        request = f" [{REQUEST.get()}]" if REQUEST.get() else ""
        time = datetime.fromtimestamp(record.created, UTC).astimezone().isoformat(" ", "milliseconds")
        line = f"{time} {record.levelname} {record.name} {_message(record)}{fields}{request}"
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + failure(record.exc_info[1])
        return line
