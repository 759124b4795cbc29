"""X-3: itemised sums in the prose. X-8: percentages. A list after 其中 need not be complete, so only a sum that
is too large, or a list that says it is complete, is a contradiction."""

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
_SHARE = re.compile(r"占[^，。；\d]{0,16}?(?:约|为|达)?(?P<share>\d+(?:\.\d+)?)%")
_RATE = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,8}率)(?:达到?了?|为|均为|高达|保持在?)?(?P<share>\d+(?:\.\d+)?)%")
_FREE_RATE = re.compile(r"增长|增幅|完成率|倍|超额|同比|上升|提升")


def itemised(report: Report, prose: Prose, taken: set[tuple[int, int]]) -> Iterator[Finding]:
    """X-3, one finding for each list. `taken` are (sentence, number) already found wrong against the tables."""
    before: Counted | None = None
    for item in prose.counted:
        yield from _lists(report, item, before, taken)
        before = item


def _lists(report: Report, item: Counted, before: Counted | None, taken: set[tuple[int, int]]) -> Iterator[Finding]:
    text = item.sentence.text
    for among in _AMONG.finditer(text):
        depth = _depth(text, among.start())
        earlier = [
            n
            for n in item.numbers
            if n.end <= among.start() and n.unit in _ARITHMETIC_ENDS and _depth(text, n.start) == depth
        ]
        source = item
        opening = among[0] == "（"
        if not earlier:
            if opening or among.start() > 2 or before is None or before.sentence.passage is not item.sentence.passage:
                continue
            source = before
            earlier = [n for n in before.numbers if n.unit in _ARITHMETIC_ENDS]
        if not earlier or (opening and earlier[-1].end != among.start()):
            continue
        total = earlier[-1]
        if not total.exact or (id(source.sentence), total.start) in taken:
            continue
        parts = _parts(text, item.numbers, among.end(), total.unit)
        if not parts or any(not n.exact for n in parts):
            continue
        if _contradicts(text, among.end(), total, earlier, parts, opening):
            yield _wrong_sum(report, source, item, total, parts)


def _depth(text: str, offset: int) -> int:
    """How many brackets are open at an offset: a total is not inside brackets that its list is outside of."""
    return text.count("（", 0, offset) - text.count("）", 0, offset)


def _parts(text: str, listed: Sequence[Number], begin: int, unit: str) -> list[Number]:
    """The items of a list: numbers of the total's unit up to where the list ends."""
    stop = _STOP.search(text, begin)
    end = stop.start() if stop else len(text)
    depth_free = [n for n in listed if begin <= n.start < end and n.unit == unit]
    return [n for n in depth_free if not _NOT_AN_ITEM.search(text[max(begin, n.start - 16) : n.start])]


def _contradicts(
    text: str, begin: int, total: Number, earlier: Sequence[Number], parts: list[Number], opening: bool
) -> bool:
    added = sum(n.value for n in parts)
    totals = {total.value, sum(n.value for n in earlier if n.unit == total.unit)}
    if added in totals or _splits(parts, total.value):
        return False
    if added > max(totals):
        return True
    if len(parts) < 2:
        return False
    last = text[max(begin, parts[-1].start - 20) : parts[-1].start]
    channels = all(_CHANNEL.search(_label(text, begin, parts, i)) for i in range(len(parts)))
    declared = (
        text[begin - 4 : begin].endswith(("分别为", "分别是"))
        or bool(_COMPLETE.search(last))
        or (channels and len(parts) > 2)
    )
    return declared or (opening and len(parts) > 3 and text[parts[-1].end : parts[-1].end + 1] == "）")


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


def percentages(report: Report, prose: Prose) -> Iterator[Finding]:
    """X-8: a share that its numerator and the only total before it do not give; a rate above 100 %."""
    for item in prose.counted:
        text = item.sentence.text
        if "%" not in text:
            continue
        for rate in _RATE.finditer(text):
            if Decimal(rate["share"]) > 100 and not _FREE_RATE.search(text[max(0, rate.start() - 6) : rate.end()]):
                yield finding(
                    "X-8",
                    f"{part_name(item.sentence.section)}写“{rate[0]}”，比率不会大于 100%，请核对。",
                    report,
                    printed=f"{rate['share']}%",
                    span=span(item.sentence, rate.start(), rate.end()),
                )
        for share in _SHARE.finditer(text):
            wrong = _wrong_share(report, item, share)
            if wrong:
                yield wrong


def _wrong_share(report: Report, item: Counted, share: re.Match[str]) -> Finding | None:
    text, percent = item.sentence.text, Decimal(share["share"])
    before = [n for n in item.numbers if n.end <= share.start() and n.unit and n.unit != "%"]
    if not before or "；" in text[before[-1].end : share.start()] or share.start() - before[-1].end > 12:
        return None
    part = before[-1]
    wholes = [n for n in before[:-1] if n.unit == part.unit]
    if not part.exact or not wholes or any(not n.exact for n in wholes) or "其中" not in text[: part.start]:
        return None
    about = text[share.start() : share.start("share")].endswith("约")
    places = len(share["share"].partition(".")[2])
    slack = Decimal(1).scaleb(-places) * (5 if about else 1)
    candidates = [n.value for n in wholes] + [sum((n.value for n in wholes), Decimal(0))]
    given = [part.value / w * 100 for w in candidates if w]
    table = [Decimal(str(v)) for p in _TOTALS if (v := report.value(p))]
    given += [part.value / w * 100 for w in table]
    if not given or any(abs(g - percent) <= slack for g in given):
        return None
    base = wholes[0]
    expected = round(part.value / base.value * 100, places) if base.value else None
    return finding(
        "X-8",
        f"{part_name(item.sentence.section)}写 {part.value}{part.unit}占 {percent}%，"
        f"按 {base.value}{base.unit}计算为 {expected}%。请核对。",
        report,
        printed=f"{percent}%",
        expected=f"{expected}%",
        span=span(item.sentence, part.start, share.end()),
    )


_TOTALS = (
    "applications.new_received.total",
    "applications.total_handled.total",
    "remedies.reconsideration.total",
)
