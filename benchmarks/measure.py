"""Medians of several runs, ours and the baseline in turn, so that a drifting machine cancels out."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from time import perf_counter
from typing import TypedDict


class Row(TypedDict):
    """One line of the table. Times are seconds a call."""

    name: str
    baseline: str
    ours_seconds: float
    baseline_seconds: float
    ratio: float


def compare(
    name: str, ours: Callable[[], object], baseline_name: str, baseline: Callable[[], object], runs: int = 15
) -> Row:
    """Median times of both and the median of the ratios pair by pair."""
    ours(), baseline()
    pairs = []
    for _ in range(runs):
        pairs.append((_time(ours), _time(baseline)))
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Row(
        name=name,
        baseline=baseline_name,
        ours_seconds=mine,
        baseline_seconds=theirs,
        ratio=statistics.median(a / b for a, b in pairs),
    )


def bound(name: str, ours: Callable[[], object], limit_name: str, limit: float, runs: int = 9) -> Row:
    """Median time against a stated limit instead of a baseline."""
    ours()
    mine = statistics.median(_time(ours) for _ in range(runs))
    return Row(name=name, baseline=limit_name, ours_seconds=mine, baseline_seconds=limit, ratio=mine / limit)


def _time(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start
