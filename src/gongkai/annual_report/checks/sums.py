"""X-3: itemised sums in the prose.

A list after 其中 need not be complete, so only a sum that is too large, or a list that says it is complete,
contradicts its total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.annual_report.checks.finding import Finding, finding, part_name
from gongkai.annual_report.checks.reading import Prose, span
from gongkai.annual_report.narrative.mentions import Counted
from gongkai.annual_report.narrative.numbers import Number
from gongkai.annual_report.report import Report

_AMONG = re.compile(r"其中|分别(?:为|是)|[（](?=[^）]{2,40}?\d+[条件份宗项期篇次])")
_STOP = re.compile(r"；|其中|[）]|同比|较上年|较去年|另外|此外")
_COMPLETE = re.compile(r"其[他它余][^，。；、\d]{0,14}$")
_NOT_AN_ITEM = re.compile(r"(?:占比?|增加|减少|增长|下降|上升|同比|较[^，]{0,10}|包括|含|即|第)[^，。；、\d]{0,6}$")
_CHANNEL = re.compile(r"网[上络]|在线|信函|邮[寄件政]|当面|现场|窗口|传真|自然人|法人|平台提交")
_ARITHMETIC_ENDS = frozenset("条件份宗项期篇起例次个元人") | {"万元"}
_COUNTS = frozenset("条件份宗项期篇起例个")
"""Units that one list may mix: 47条，其中文件22件、公告16条……"""
_BRACKETS = re.compile(r"（[^（）]*）")


def itemised(report: Report, prose: Prose, taken: set[tuple[int, int]]) -> Iterator[Finding]:
    """X-3, one finding for each list. `taken` are (sentence, number) already found wrong against the tables."""
    before: Counted | None = None
    for item in prose.counted:
        yield from _lists(report, item, before, taken)
        before = item


def _lists(report: Report, item: Counted, before: Counted | None, taken: set[tuple[int, int]]) -> Iterator[Finding]:
    text = item.sentence.text
    for among in _AMONG.finditer(text):
        opening = among[0] == "（"
        depth = _depth(text, among.start())
        # What stands in brackets inside the list is a list of its own.
        flat = text if opening or depth else _BRACKETS.sub(lambda m: "　" * len(m[0]), text)
        source = item
        earlier = [n for n in _totals(item, text) if n.end <= among.start() and _depth(text, n.start) == depth]
        if not earlier:
            if opening or among.start() > 2 or before is None or before.sentence.passage is not item.sentence.passage:
                continue
            source = before
            earlier = _totals(before, before.sentence.text)
        if not earlier or (opening and earlier[-1].end != among.start()):
            continue
        total = earlier[-1]
        if not total.exact or (id(source.sentence), total.start) in taken:
            continue
        whole = _table_like(report, source, item, among.end(), earlier)
        if whole is not None:
            yield from whole
            continue
        listed = _items(flat, item.numbers, among.end())
        parts = [n for n in listed if n.unit == total.unit]
        if not parts or any(not n.exact for n in parts):
            continue
        if _contradicts(flat, among.end(), total, (earlier, parts, listed), opening):
            yield _wrong_sum(report, source, item, total, parts)


def _table_like(
    report: Report, source: Counted, item: Counted, begin: int, earlier: Sequence[Number]
) -> list[Finding] | None:
    """甲局1件，收取420元；乙局2件，收取290元: the same units again and again, each with a total of its own.

    Where one unit adds up to its total the list is complete, and so must be the other. None for other lists.
    """
    rows = item.sentence.text[begin:].split("；")
    start, units = begin, []
    for row in rows:
        inside = [n for n in item.numbers if start <= n.start < start + len(row) and n.unit in _ARITHMETIC_ENDS]
        units.append([n.unit for n in inside])
        start += len(row) + 1
    first = units[0]
    if len(rows) < 2 or len(first) < 2 or len(set(first)) < len(first) or any(u[: len(first)] != first for u in units):
        return None
    columns = {u: [n for n in item.numbers if n.start >= begin and n.unit == u] for u in first}
    totals = {u: [n for n in earlier if n.unit == u] for u in first}
    if any(len(t) != 1 or any(not n.exact for n in columns[u]) for u, t in totals.items()):
        return []
    right = [u for u in first if sum(n.value for n in columns[u]) == totals[u][0].value]
    if not right or len(right) == len(first):
        return []
    return [_wrong_sum(report, source, item, totals[u][0], columns[u]) for u in first if u not in right]


def _totals(item: Counted, text: str) -> list[Number]:
    """Numbers that a list may divide: no increase over last year, no share."""
    return [
        n
        for n in item.numbers
        if n.unit in _ARITHMETIC_ENDS and not _NOT_AN_ITEM.search(text[max(0, n.start - 16) : n.start])
    ]


def _depth(text: str, offset: int) -> int:
    """How many brackets are open at an offset: a total is not inside brackets that its list is outside of."""
    return text.count("（", 0, offset) - text.count("）", 0, offset)


def _items(flat: str, numbers: Sequence[Number], begin: int) -> list[Number]:
    """The items of a list: numbers with a unit that can be added, up to where the list ends."""
    stop = _STOP.search(flat, begin)
    end = stop.start() if stop else len(flat)
    return [
        n
        for n in numbers
        if begin <= n.start < end
        and n.unit in _ARITHMETIC_ENDS
        and flat[n.start] != "　"
        and not _NOT_AN_ITEM.search(flat[max(begin, n.start - 16) : n.start])
    ]


def _contradicts(
    text: str, begin: int, total: Number, numbers: tuple[list[Number], list[Number], list[Number]], opening: bool
) -> bool:
    earlier, parts, listed = numbers
    added = sum((n.value for n in parts), Decimal(0))
    totals = {total.value, sum((n.value for n in earlier if n.unit == total.unit), Decimal(0))}
    mixed = sum((n.value for n in listed if n.unit in _COUNTS), Decimal(0))
    if added in totals or mixed in totals or _splits(parts, total.value):
        return False
    if added > max(totals):
        return True
    if len(parts) < 2 or len(parts) < len(listed):
        return False
    last = text[max(begin, parts[-1].start - 20) : parts[-1].start]
    channels = all(_CHANNEL.search(_label(text, begin, parts, i)) for i in range(len(parts)))
    declared = text[begin - 3 : begin] in ("分别为", "分别是")
    if declared or _COMPLETE.search(last) or (channels and len(parts) > 2):
        return True
    return opening and len(parts) > 3 and text[parts[-1].end : parts[-1].end + 1] == "）"


def _label(text: str, begin: int, parts: Sequence[Number], i: int) -> str:
    start = parts[i - 1].end if i else begin
    following = parts[i + 1].start if i + 1 < len(parts) else len(text)
    return text[start : parts[i].start] + re.split(r"[，。；、]", text[parts[i].end : following])[0]


def _splits(parts: Sequence[Number], total: Decimal) -> bool:
    """Whether the items are several complete lists one after the other, each adding to the total."""
    running = Decimal(0)
    for number in parts:
        running += number.value
        if running == total:
            running = Decimal(0)
        elif running > total:
            return False
    return running == 0


def _wrong_sum(report: Report, source: Counted, item: Counted, total: Number, parts: list[Number]) -> Finding:
    added = sum(n.value for n in parts)
    terms = "＋".join(f"{n.value}" for n in parts)
    start = total.start if source is item else parts[0].start
    return finding(
        "X-3",
        f"{part_name(item.sentence.section)}写合计 {total.value}{total.unit}，所列分项 {terms}＝{added}，两数不一致。"
        "请核对合计和各分项；分项之间有重复的，请写明。",
        report,
        printed=_plain(total.value),
        expected=_plain(Decimal(added)),
        span=span(item.sentence, max(0, start - 12), parts[-1].end),
    )


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value
