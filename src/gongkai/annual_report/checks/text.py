"""X-2: every number in the prose that speaks of a cell equals that cell (or a sum that the words may rightly mean)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual_report.checks.finding import Finding, finding, part_name
from gongkai.annual_report.checks.reading import Prose, span
from gongkai.annual_report.editions import TABLE_KEYS
from gongkai.annual_report.narrative.mentions import Mention
from gongkai.annual_report.narrative.phrases import sums
from gongkai.annual_report.report import Report, Value

_TEN_THOUSAND = {"元": Decimal("0.0001"), "亿元": Decimal(10000), "万元": Decimal(1)}


@dataclass(frozen=True, slots=True)
class Compared:
    """A mention against the form: `cells` and `value` are the first thing it could have meant."""

    mention: Mention
    agrees: bool
    cells: tuple[str, ...]
    value: Value


def compare_all(report: Report, prose: Prose) -> list[Compared]:
    """Every mention that can be judged: its scope and year are the report's, its number exact, its cells printed."""
    editions = tuple(report.table_edition(key) for key in TABLE_KEYS)
    told_as_own = {id(s.sentence) for s in prose.stale}
    found = []
    for mention in prose.mentions:
        if not _comparable(mention, report, id(mention.sentence) in told_as_own):
            continue
        alternatives = sums(mention.quantity.id, editions)
        totals = [_total(report, cells) for cells in alternatives]
        said = _said(mention)
        printed = [(c, t) for c, t in zip(alternatives, totals, strict=True) if t is not None]
        match = next((i for i, (_, t) in enumerate(printed) if _equal(mention, said, t)), None)
        if match is not None:
            found.append(Compared(mention, True, *printed[match]))
        elif printed and len(printed) == len(alternatives):
            found.append(Compared(mention, False, *_likeliest(mention, printed)))
    return found


def _likeliest(
    mention: Mention, printed: list[tuple[tuple[str, ...], int | Decimal]]
) -> tuple[tuple[str, ...], int | Decimal]:
    """What the words most likely mean: the first reading, but a printed total gives way to its parts."""
    has_parts = any(term.startswith("@") for term in mention.quantity.cells[-1])
    return printed[-1] if has_parts and printed[0][1] != printed[-1][1] else printed[0]


def _comparable(mention: Mention, report: Report, told_as_own: bool) -> bool:
    quantity = mention.quantity
    if not mention.number.exact or mention.scope in ("part", "other") or (mention.among and quantity.whole):
        return False
    return quantity.any_year or told_as_own or report.year is None or mention.year == report.year


def _said(mention: Mention) -> Decimal:
    return mention.number.value * _TEN_THOUSAND.get(mention.number.unit, Decimal(1))


def _equal(mention: Mention, said: Decimal, printed: int | Decimal) -> bool:
    if mention.number.unit not in _TEN_THOUSAND:
        return said == printed
    unit = _TEN_THOUSAND[mention.number.unit]
    return abs(said - printed) < unit * Decimal(1).scaleb(-mention.number.places)  # rounded or cut off in print


def _total(report: Report, cells: tuple[str, ...]) -> int | Decimal | None:
    values = [report.value(p) for p in cells]
    return None if any(v is None for v in values) else sum((v for v in values if v is not None), 0)


def text_against_tables(report: Report, compared: list[Compared]) -> Iterator[Finding]:
    """One finding for each sentence with numbers that contradict the tables."""
    agreed = {c.mention.quantity.id for c in compared if c.agrees}
    wrong: dict[int, list[Compared]] = {}
    for item in compared:
        if item.agrees or (item.mention.scope == "open" and item.mention.quantity.id in agreed):
            continue
        wrong.setdefault(id(item.mention.sentence), []).append(item)
    for items in wrong.values():
        yield _finding(report, items)


def _finding(report: Report, items: list[Compared]) -> Finding:
    first = items[0].mention
    sentence = first.sentence
    said = "、".join(f"“{_quote(c.mention)}”" for c in items)
    tables = "，".join(f"{_table(c.cells)}{c.mention.quantity.name}为 {c.value}" for c in items)
    where = tuple(dict.fromkeys(p for c in items for p in _shown(c)))
    last = items[-1].mention
    single = len(items) == 1
    return finding(
        "X-2",
        f"{part_name(sentence.section)}写{said}，{tables}。请核对哪个数字是对的；统计口径不同的，请写明。",
        report,
        where=where,
        cells=tuple(dict.fromkeys(p for c in items for p in c.cells)),
        printed=_plain(first.number.value) if single else tuple(_plain(c.mention.number.value) for c in items),
        expected=items[0].value if single else tuple(c.value for c in items),
        span=span(sentence, max(0, first.begin), last.number.end),
        scope=first.scope,
    )


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value


def _quote(mention: Mention) -> str:
    return mention.sentence.text[max(0, mention.begin) : mention.number.end]


def _table(cells: tuple[str, ...]) -> str:
    return {"disclosure": "第二部分", "applications": "第三部分", "remedies": "第四部分"}[cells[0].split(".")[0]]


def _shown(item: Compared) -> tuple[str, ...]:
    """The cells to mark: all of a short sum, the first and last of a long one."""
    return item.cells if len(item.cells) <= 5 else (item.cells[0], item.cells[-1])
