"""What was asked, counted without knowing who asked: a verb and two questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import F, Sum
from django.utils import timezone

from gongkai.search.folding import storable
from gongkai.search.models import Asked

_LONGEST: Final = 100
_PERSONAL: Final = re.compile(
    r"[\w.+-]+@[\w-]+(\.[\w-]+)+"  # an address
    r"|\d(?:[\s·.—_*xX-]?[\dxX*]){6,}"  # a telephone, identity or card number, with gaps or stars
)
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
    counted = {"times": 1, "in_vain": int(total == 0)}
    day = day or timezone.localdate()
    if not _add(day, words, counted):
        Asked.objects.bulk_create([Asked(day=day, words=words)], ignore_conflicts=True)  # or somebody else just has
        _add(day, words, counted)


def _add(day: date, words: str, counted: dict[str, Any]) -> int:
    more = {name: F(name) + number for name, number in counted.items()}
    return Asked.objects.filter(day=day, words=words).update(**more)


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
