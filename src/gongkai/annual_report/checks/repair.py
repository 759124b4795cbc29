"""The smallest change that makes every equation of a table hold, found by search and only ever offered.

Printed numbers are not touched: the result says which cells a person should look at, and what would fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.annual_report.editions import Equation

Change = dict[str, int]
"""Cell path -> how much to add to its printed value."""

_Signed = tuple[tuple[tuple[str, int], ...], ...]
_Holders = Mapping[str, tuple[tuple[int, int], ...]]

_BEAM = 20
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class System:
    """Linear equations over cells: for each equation, its cells and their signs; the sum of sign × value is 0."""

    equations: _Signed
    holders: _Holders
    values: Mapping[str, int]

    def residuals(self) -> dict[int, int]:
        """The equations that do not hold, and by how much the left side exceeds the right."""
        found = {}
        for i, terms in enumerate(self.equations):
            rest = sum(sign * self.values[path] for path, sign in terms)
            if rest:
                found[i] = rest
        return found


def system(equations: tuple[Equation, ...], values: Mapping[str, int]) -> System:
    """The system of equations all of whose cells have a value."""
    return System(*_structure(equations), values)


@cache
def _structure(equations: tuple[Equation, ...]) -> tuple[_Signed, _Holders]:
    signed = tuple((*((p, 1) for p in e.left), *((p, -1) for p in e.right)) for e in equations)
    holders: dict[str, list[tuple[int, int]]] = {}
    for i, terms in enumerate(signed):
        for path, sign in terms:
            holders.setdefault(path, []).append((i, sign))
    return signed, {p: tuple(h) for p, h in holders.items()}


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: the equations it breaks and the smallest changes that would mend them, none where none was found."""

    broken: tuple[int, ...]
    repairs: tuple[Change, ...]


def causes(system: System) -> list[Cause]:
    """The failing equations grouped by cause, each with all its smallest repairs.

    First what one cell explains alone without touching anything else, then the rest together,
    split into groups of cells that share no equation.
    """
    left = system.residuals()
    found: list[Cause] = []
    for group in _connected(system, left):
        repairs = _search(system, {i: left[i] for i in group}, 1)
        if repairs:
            found.append(Cause(tuple(sorted(group)), tuple(repairs)))
            for i in group:
                del left[i]
    if left:
        found += _jointly(system, left)
    return sorted(found, key=lambda c: c.broken)


def _jointly(system: System, left: dict[int, int]) -> list[Cause]:
    """Causes that need more than one cell."""
    repairs = _search(system, left, _DEEPEST)
    if not repairs:
        return [Cause(tuple(sorted(group)), ()) for group in _connected(system, left)]
    groups = _clusters(system, repairs, left)
    if len(groups) == 1:
        return [Cause(tuple(sorted(left)), tuple(repairs))]
    found = []
    for cells, broken in groups:
        parts: list[Change] = []
        for repair in repairs:
            part = {p: d for p, d in repair.items() if p in cells}
            if part and part not in parts:
                parts.append(part)
        fewest = min(map(len, parts))
        found.append(Cause(tuple(sorted(broken)), tuple(p for p in parts if len(p) == fewest)))
    return found


def _clusters(system: System, repairs: list[Change], left: Iterable[int]) -> list[tuple[set[str], set[int]]]:
    """Cells of all repairs, joined where they share an equation; with the failing equations each group touches."""
    failing = set(left)
    groups: list[tuple[set[str], set[int]]] = []
    for path in dict.fromkeys(p for repair in repairs for p in repair):
        cells, touched = {path}, {i for i, _ in system.holders[path]}
        rest = []
        for group in groups:
            if group[1] & touched:
                cells |= group[0]
                touched |= group[1]
            else:
                rest.append(group)
        groups = [*rest, (cells, touched)]
    return [(cells, touched & failing) for cells, touched in groups]


def _connected(system: System, failing: Iterable[int]) -> list[set[int]]:
    """Failing equations joined where they share a cell."""
    groups: list[tuple[set[int], set[str]]] = []
    for i in failing:
        members, cells = {i}, {p for p, _ in system.equations[i]}
        rest = []
        for group in groups:
            if group[1] & cells:
                members |= group[0]
                cells |= group[1]
            else:
                rest.append(group)
        groups = [*rest, (members, cells)]
    return [members for members, _ in groups]


def _search(system: System, residuals: dict[int, int], deepest: int) -> list[Change]:
    """All smallest changes (fewest cells) that bring the residuals to nothing; a beam search, level by level.

    At each step the cells of one equation that fails in print and of one that earlier steps broke are tried.
    """
    most = max((len(h) for h in system.holders.values()), default=1)
    states: list[tuple[dict[int, int], Change]] = [(residuals, {})]
    for depth in range(1, deepest + 1):
        following: list[tuple[dict[int, int], Change]] = []
        seen: set[frozenset[tuple[str, int]]] = set()
        for open_, changes in states:
            for path, delta in _steps(system, open_, residuals):
                if path in changes or system.values[path] + delta < 0:
                    continue
                changed = {**changes, path: delta}
                key = frozenset(changed.items())
                if key in seen:
                    continue
                seen.add(key)
                rest = dict(open_)
                for i, s in system.holders[path]:
                    rest[i] = rest.get(i, 0) + s * delta
                    if not rest[i]:
                        del rest[i]
                if len(rest) <= most * (deepest - depth):
                    following.append((rest, changed))
        done = [changes for rest, changes in following if not rest]
        if done:
            return done
        following.sort(key=lambda state: (len(state[0]), sum(map(abs, state[0].values()))))
        states = following[:_BEAM]
    return []


def _steps(system: System, open_: dict[int, int], printed: dict[int, int]) -> Iterator[tuple[str, int]]:
    """Cells to change next, each by what closes an open equation."""
    for group in ([i for i in open_ if i in printed], [i for i in open_ if i not in printed]):
        if group:
            first = min(group)
            for path, sign in system.equations[first]:
                yield path, -open_[first] * sign
