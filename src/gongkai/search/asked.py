"""What was asked, counted without knowing who asked: a verb and two questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from gongkai.search.folding import storable
from gongkai.search.models import Asked

_LONGEST: Final = 100
_PERSONAL: Final = re.compile(
    r"[\w.+-]+@[\w-]+(\.[\w-]+)+"  # an address
    r"|\d(?:[\s·.—_*xX-]?[\dxX*]){6,}"  # a telephone, identity or card number, with gaps or stars
)
# One statement on either database, so that two who ask the same at once are both counted.
_COUNT: Final = """
    INSERT INTO search_asked (day, words, times, in_vain) VALUES (%s, %s, 1, %s) ON CONFLICT (day, words)
    DO UPDATE SET times = search_asked.times + 1, in_vain = search_asked.in_vain + excluded.in_vain"""
_SPACES: Final = re.compile(r"\s+")


def normalised(typed: str) -> str:
    """One form for one question, with numbers of persons masked. Years, 文号 and sums of up to six digits stay."""
    import unicodedata

    text = unicodedata.normalize("NFKC", storable(typed[: _LONGEST * 4])).casefold()
    return _SPACES.sub(" ", _PERSONAL.sub("#", text)).strip()[:_LONGEST]


def note(typed: str, total: int, day: date | None = None) -> None:
    """Count a question. Call it for the first page only."""
    words = normalised(typed)
    if not words:
        return
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [(day or timezone.localdate()).isoformat(), words, int(total == 0)])


def frequent(since: date, until: date, most: int = 50) -> list[tuple[str, int]]:
    """(question, times), the most frequent first."""
    return _sums(since, until, "times", most)


def in_vain(since: date, until: date, most: int = 50) -> list[tuple[str, int]]:
    """Questions that found nothing: what the public looks for and the site does not have."""
    return _sums(since, until, "in_vain", most)


def forget(days: int = 400) -> int:
    """Delete counts older than that."""
    return int(Asked.objects.filter(day__lt=timezone.localdate() - timedelta(days=days)).delete()[0])


def _sums(since: date, until: date, name: str, most: int) -> list[tuple[str, int]]:
    rows: Iterable[tuple[str, int]] = (
        Asked.objects.filter(day__gte=since, day__lte=until)
        .values("words")
        .annotate(total=Sum(name))
        .filter(total__gt=0)
        .order_by("-total", "words")
        .values_list("words", "total")[:most]
    )
    return list(rows)
