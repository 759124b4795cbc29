"""X-8: percentages in the prose: shares that their numbers do not give, rates above 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.annual_report.checks.finding import Finding, finding, part_name
from gongkai.annual_report.checks.previous import unfit
from gongkai.annual_report.checks.reading import Prose, span
from gongkai.annual_report.checks.text import Compared
from gongkai.annual_report.narrative.mentions import Counted
from gongkai.annual_report.report import Report

_SHARE = re.compile(r"占[^，。；\d]{0,16}?(?:约|为|达)?(?P<share>\d+(?:\.\d+)?)%")
_RATE = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,8}率)(?:达到?了?|为|均为|高达|保持在?)?(?P<share>\d+(?:\.\d+)?)%")
_FREE_RATE = re.compile(r"增长|增幅|完成率|倍|超额|同比|上升|提升")
_GROWTH = re.compile(
    r"(?:（[^（）]*）)?，?(?:同比|较上年(?:度)?|较去年|比上年(?:度)?|比去年|与上年相比)(?:同期)?"
    r"(?P<way>增长|增加|上升|下降|减少|降低)了?(?:约)?(?P<share>\d+(?:\.\d+)?)%"
)
_TOTALS = (
    "applications.new_received.total",
    "applications.total_handled.total",
    "remedies.reconsideration.total",
)


def percentages(report: Report, prose: Prose) -> Iterator[Finding]:
    """X-8: a share that its numerator and the only total before it do not give; a rate above 100 %."""
    above: Counted | None = None
    for item in prose.counted:
        before, above = above, item
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
            wrong = _wrong_share(report, item, before, share)
            if wrong:
                yield wrong


def _wrong_share(report: Report, item: Counted, above: Counted | None, share: re.Match[str]) -> Finding | None:
    text, percent = item.sentence.text, Decimal(share["share"])
    before = [n for n in item.numbers if n.end <= share.start() and n.unit and n.unit != "%"]
    if not before or "；" in text[before[-1].end : share.start()] or share.start() - before[-1].end > 12:
        return None
    part = before[-1]
    wholes = [n for n in before[:-1] if n.unit == part.unit]
    if "其中" not in text[: part.start] and "总" not in share[0]:
        return None
    if text.startswith("其中") and above is not None and above.sentence.passage is item.sentence.passage:
        wholes = [n for n in above.numbers if n.unit == part.unit] + wholes
    if not part.exact or not wholes or any(not n.exact for n in wholes):
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
    base = wholes[-1] if len(wholes) == 1 else max(wholes, key=lambda n: n.value)
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


def growth(report: Report, previous: Report | None, compared: Sequence[Compared]) -> Iterator[Finding]:
    """X-8: 同比增长 of a number that agrees with the table, against last year's report of the same body."""
    if previous is None or unfit(report, previous):
        return
    for item in compared:
        mention = item.mention
        m = _GROWTH.match(mention.sentence.text, mention.number.end)
        if not item.agrees or not m:
            continue
        values = [previous.value(p) for p in item.cells]
        before = None if None in values else sum((v for v in values if v is not None), 0)
        if not before or item.value is None:
            continue
        printed = Decimal(m["share"]) * (-1 if m["way"] in ("下降", "减少", "降低") else 1)
        places = len(m["share"].partition(".")[2])
        expected = round((Decimal(item.value) - before) / before * 100, places)
        if abs(expected - printed) > Decimal(1).scaleb(-places):
            yield finding(
                "X-8",
                f"{part_name(mention.sentence.section)}写“{m[0].lstrip('，')}”，上一年度为 {before}，本年度为 {item.value}，"
                f"{'增长' if expected >= 0 else '下降'} {abs(expected)}%。请核对。",
                report,
                where=item.cells,
                printed=f"{printed}%",
                expected=f"{expected}%",
                span=span(mention.sentence, mention.number.start, m.end()),
            )
