"""Which run of values belongs to which row of the form.

Runs and rows both come in printed order, so the fit is a monotone alignment: rows may be lost, runs may be
foreign (a page number, a caption), but neither change places. Labels decide; order and count decide where
labels are torn away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.annual_report.editions import Row
from gongkai.annual_report.reading.runs import Run
from gongkai.annual_report.reading.values import fold

EXACT = 10.0  # the run's own label is this row's label
FOREIGN = -6.0  # the run's own label says something else
BARE = 1.0  # no label of its own: order alone
NEAR = 4.0  # this row's label stands loose just before the run
SAME_GROUP = 3.0  # the run carries only the label of the group this row is in
AFTER = 2.0  # … or just after it
LOST_ROW = -0.4
LIKELY = 0.62  # from here on a label counts as read
_SHORT = 3  # labels up to this many characters must match whole


@dataclass(frozen=True, slots=True)
class Fit:
    """One run given to one row. `certainty` 0..1: how well the labels support it."""

    run: Run
    row: Row
    certainty: float


@lru_cache(maxsize=512)
def names_of(row: Row) -> tuple[str, ...]:
    """A row's folded labels: its own and the ones met in practice, longest first."""
    return tuple(sorted({fold(row.label), *map(fold, row.aliases)}, key=len, reverse=True))


def align(runs: Sequence[Run], rows: Sequence[Row], width: int) -> tuple[list[Fit], float]:
    """The best monotone fit of runs (each about `width` slots) to rows, and its score."""
    quick = _by_labels(runs, rows, width)
    if quick is not None:
        whole = sum(_size(fit.run, width) for fit in quick)
        return quick, EXACT * len(quick) + whole + LOST_ROW * (len(rows) - len(quick))
    own = [_scores(run, rows) for run in runs]
    drop = [-3.0 if width - 1 <= _extent(run, width) <= width + 2 else -0.3 for run in runs]
    size = [_size(run, width) for run in runs]
    n, m = len(runs), len(rows)
    best: list[list[float]] = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        best[i][m] = best[i + 1][m] + drop[i]
    for j in range(m - 1, -1, -1):
        best[n][j] = best[n][j + 1] + LOST_ROW
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            best[i][j] = max(
                best[i + 1][j + 1] + own[i][j] + size[i],
                best[i + 1][j] + drop[i],
                best[i][j + 1] + LOST_ROW,
            )
    fits: list[Fit] = []
    i = j = 0
    while i < n and j < m:
        here = best[i][j]
        if here == best[i + 1][j + 1] + own[i][j] + size[i]:
            fits.append(Fit(runs[i], rows[j], own[i][j] / EXACT))
            i, j = i + 1, j + 1
        elif here == best[i + 1][j] + drop[i]:
            i += 1
        else:
            j += 1
    return _certain(fits, rows), best[0][0]


def _by_labels(runs: Sequence[Run], rows: Sequence[Row], width: int) -> list[Fit] | None:
    """The fit where every run of the right size carries a row's exact label and all are in order."""
    index = {name: j for j, row in enumerate(rows) for name in names_of(row)}
    fits: list[Fit] = []
    last = -1
    for run in runs:
        label = run.own[-1] if run.own else (run.before if run.table is None else "")
        j = index.get(label)
        if j is None and len(run.slots) <= 2 < width - 1:
            continue
        if j is None or j <= last:
            return None
        fits.append(Fit(run, rows[j], 1.0))
        last = j
    return fits or None


def _extent(run: Run, width: int) -> int:
    """How many columns a run needs: blanks at its ends may be padding of merged labels."""
    n = len(run.slots)
    if n <= width:
        return n
    filled = [i for i, slot in enumerate(run.slots) if not slot.blank]
    return max(filled[-1] - filled[0] + 1, width) if filled else width


def _size(run: Run, width: int) -> float:
    """Runs much shorter or longer than a row are less likely to be one."""
    n = _extent(run, width)
    if n == width:
        return 0.5
    return -0.8 * min(abs(n - width), 5) if run.own or n > 1 else -4.0


def _scores(run: Run, rows: Sequence[Row]) -> list[float]:
    """How well the labels at and around a run speak for each row."""
    likeness = likenesses(run, rows)
    group = _group_only(run, rows)
    best = max(likeness)
    scores = []
    for row, like in zip(rows, likeness, strict=True):
        if like >= LIKELY:
            scores.append(EXACT * like)
        elif group is not None:
            scores.append(SAME_GROUP if group in row.stub else FOREIGN)
        elif run.own and best >= 0.75:
            scores.append(FOREIGN)  # its own label names another row
        else:
            names = names_of(row)
            loose = NEAR * _contained(names, run.before) + AFTER * _contained(names, run.after)
            if run.own and not loose:
                scores.append(FOREIGN if sum(map(len, run.own)) > 4 else 0.0)
            else:
                scores.append(BARE + loose)
    return scores


def likenesses(run: Run, rows: Sequence[Row]) -> list[float]:
    """0..1 for each row: how much the run's label reads like that row's. One exact match leaves no room for others."""
    label = run.own[-1] if run.own else run.before if run.table is None else ""
    for j, row in enumerate(rows):
        for name in names_of(row):
            if label == name or (len(name) > _SHORT and not run.own and label.endswith(name)):
                return [1.0 if k == j else 0.0 for k in range(len(rows))]
    return [max((_likeness(name, run) for name in names_of(row)), default=0.0) for row in rows]


@lru_cache(maxsize=65536)
def _ratio(a: str, b: str) -> float:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(a, b)


def _likeness(name: str, run: Run) -> float:
    """0..1: the run's label read as this name. Own cells first, then the text right before an unlabelled run."""
    if run.own:
        candidates = (run.own[-1], "".join(run.own))
        best = 0.0
        for text in candidates:
            if text == name:
                return 1.0
            if len(name) > _SHORT and len(text) > len(name) and name in text:
                best = max(best, 0.97 if text.endswith(name) else 0.85)
            else:
                best = max(best, _ratio(name, text))
        # A label broken over lines: its first part stands above, its last part in the row or below.
        if best < 0.8 and len(name) > _SHORT + 2:
            for text in (run.before + run.own[-1], run.own[-1] + run.after, run.before + run.own[-1] + run.after):
                tail = text[-len(name) :] if text.startswith(run.before) and run.before else text[: len(name)]
                best = max(best, 0.95 if name in text else 0.95 * _ratio(name, tail))
        return best if len(name) > _SHORT or best > 0.99 else best * 0.6
    before = run.before
    if not before or run.table is not None:  # loose text between table rows may belong to any row near by
        return 0.0
    if before.endswith(name):
        return 1.0 if len(name) > _SHORT or before == name else 0.9
    if len(name) <= _SHORT:
        return 0.0
    whole = _ratio(name, before[-len(name) :])
    return max(whole, 0.9 * _split(name, before, run.after) if run.after else 0.0)


@lru_cache(maxsize=65536)
def _split(name: str, before: str, after: str) -> float:
    """0..1: a label whose first part ends `before` and whose rest begins `after` (numbers set in its middle)."""
    for cut in range(len(name) - 1, 2, -1):
        if before.endswith(name[:cut]) and after.startswith(name[cut:]):
            return 1.0
    return 0.0


def _group_only(run: Run, rows: Sequence[Row]) -> str | None:
    """The group (stub label) that a run carries instead of a label of its own, or None."""
    if not run.own:
        return None
    return next((stub for row in rows for stub in row.stub if fold(stub) == run.own[-1]), None)


def _contained(names: Sequence[str], text: str) -> float:
    """0..1: whether a row's label stands somewhere in loose text."""
    if not text:
        return 0.0
    return max((1.0 if name in text else _partial(name, text) for name in names if len(name) > _SHORT), default=0.0)


@lru_cache(maxsize=65536)
def _partial(name: str, text: str) -> float:
    from rapidfuzz import fuzz

    score = fuzz.partial_ratio(name, text) / 100 if len(text) >= len(name) else 0.0
    return score if score >= 0.75 else 0.0


def _certain(fits: list[Fit], rows: Sequence[Row]) -> list[Fit]:
    """Certainty from labels and from order: between labelled runs, an unlabelled one without a choice is certain."""
    position = {row.key: j for j, row in enumerate(rows)}
    anchored = [fit.certainty >= LIKELY for fit in fits]
    result: list[Fit] = []
    for i, fit in enumerate(fits):
        if anchored[i]:
            result.append(Fit(fit.run, fit.row, 1.0 if fit.certainty > 0.9 else 0.95))
            continue
        left = max((k for k in range(i) if anchored[k]), default=None)
        right = min((k for k in range(i + 1, len(fits)) if anchored[k]), default=None)
        low = position[fits[left].row.key] if left is not None else -1
        high = position[fits[right].row.key] if right is not None else len(rows)
        between = (right if right is not None else len(fits)) - (left if left is not None else -1) - 1
        result.append(Fit(fit.run, fit.row, 0.92 if between == high - low - 1 else 0.6))
    return result
