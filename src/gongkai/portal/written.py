"""Statements that are written once a day and asked often.

The ORM takes five times as long to write the statements of the home page as the database takes to answer them. They ask
nothing but the day: so the ORM writes each once a day in each process, and every page asks the database anew. What is
kept here is the text of questions, never an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from gongkai.agencies.models import today

_Row = TypeVar("_Row", bound=Model)


@lru_cache(20)
def _written(question: Callable[[date], QuerySet[Any, Any]], on: date) -> tuple[str, tuple[Any, ...]]:
    sql, parameters = question(on).query.sql_with_params()
    return sql, parameters


def values(question: Callable[[date], QuerySet[Any, Any]]) -> list[tuple[Any, ...]]:
    """The rows as the database gives them, which is the same in all for texts and whole numbers. One query."""
    with connection.cursor() as cursor:
        cursor.execute(*_written(question, today()))
        return cursor.fetchall()


def models(of: type[_Row], question: Callable[[date], QuerySet[_Row]]) -> list[_Row]:
    """The rows as models, with what the question asks `only` for and with what it annotates. One query."""
    return list(of._default_manager.raw(*_written(question, today())))
