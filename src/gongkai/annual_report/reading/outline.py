"""Where the parts of a report begin: its six headings and its three tables among the lines of a stream."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.annual_report.reading.stream import Line
from gongkai.annual_report.reading.values import fold

_NUMERAL = r"[一二三四五六七八九十]{0,2}(?:部分)?"
_HEADINGS = {
    "overview": re.compile(rf"(?:第?{_NUMERAL})(?:总体情况|概述|总体概况|基本情况)(?:.{{0,12}})?"),
    "disclosure": re.compile(
        rf"(?:第?{_NUMERAL}|表二)(?:行政机关)?主动公开(?:政府)?信息(?:工作)?(?:的)?情况(?:.{{0,8}})?"
    ),
    "applications": re.compile(
        rf"(?:第?{_NUMERAL}|表三)(?:行政机关)?(?:收到和处理|收到与处理|收到及处理)(?:政府)?信息公开申请(?:的)?情况(?:.{{0,8}})?"
    ),
    "remedies": re.compile(
        rf"(?:第?{_NUMERAL}|表四)(?:因)?(?:政府)?信息公开(?:工作)?(?:被申请|提起)?(?:的)?行政复议(?:和|与|及)?(?:提起|被提起)?行政诉讼(?:的)?情况(?:.{{0,8}})?"
    ),
    "issues": re.compile(
        rf"(?:第?{_NUMERAL})(?:政府信息公开工作)?(?:中)?(?:存在的?)(?:主要)?(?:困难|问题).{{0,4}}(?:改进|整改|下步|下一步).{{0,10}}"
    ),
    "other_matters": re.compile(rf"(?:第?{_NUMERAL})其他需要(?:报告|说明)的?(?:事项|情况|问题).{{0,6}}"),
}
_TABLE_TWO = re.compile(r"第二十条第.{0,6}|.{0,4}信息内容.{0,40}")
_TABLE_THREE = re.compile(r"勾稽关系为?第一项|^.{0,6}申请人情况|本年新收政府信息公开申请")
_TABLE_FOUR = re.compile(r"未经复议直接起诉|复议后起诉|^行政复议行政诉讼$")
_NEW_RECEIVED = re.compile(r"^.{0,40}一?本年新收政府信息公开申请(?:数量)?\d*$")
_LONGEST_HEADING = 40


@dataclass(slots=True)
class Outline:
    """Line indexes: where each heading stands, where each table begins and ends (end exclusive)."""

    folded: list[str]
    headings: dict[str, int] = field(default_factory=dict)
    tables: dict[str, tuple[int, int]] = field(default_factory=dict)
    end: int = 0
    second: int | None = None  # where a second report begins


def outline(lines: list[Line]) -> Outline:
    """The outline of the first report in a stream."""
    folded = [fold(line.text) for line in lines]
    found = Outline(folded, end=len(lines))
    found.second = _second_report(folded, lines)
    if found.second is not None:
        found.end = found.second
    three = _first(folded, _TABLE_THREE, 0, found.end)
    two = _first_table_two(folded, 0, three if three is not None else found.end)
    four = _first(folded, _TABLE_FOUR, three or 0, found.end, longest=60)
    _find_headings(found, lines, two, three)
    stop = min(
        (i for k, i in found.headings.items() if k in ("issues", "other_matters")),
        default=found.end,
    )
    last = max((i for i in (two, three, four) if i is not None), default=0)
    if stop <= last:
        stop = found.end
    heading_four = found.headings.get("remedies")
    three_ends = min((i for i in (heading_four, four, stop) if i is not None and i > (three or 0)), default=found.end)
    if two is not None:
        heading_three = found.headings.get("applications")
        ends = [i for i in (three, heading_three, four, stop) if i is not None and i > two]
        found.tables["disclosure"] = (two, min(ends, default=found.end))
    if three is not None:
        found.tables["applications"] = (three, three_ends)
    starts = [i for i in (heading_four, four) if i is not None and i >= (three or 0)]
    begin = min(starts) if starts else three
    if begin is not None:
        found.tables["remedies"] = (begin, max(stop, begin))
    return found


def _first(folded: list[str], pattern: re.Pattern[str], start: int, end: int, longest: int = 200) -> int | None:
    return next((i for i in range(start, end) if len(folded[i]) <= longest and pattern.search(folded[i])), None)


def _first_table_two(folded: list[str], start: int, end: int) -> int | None:
    """The first line of table two: its caption or head, not a sentence that cites article 20."""
    for i in range(start, end):
        if len(folded[i]) <= 60 and _TABLE_TWO.fullmatch(folded[i]):
            return i
    return None


def _find_headings(found: Outline, lines: list[Line], two: int | None, three: int | None) -> None:
    """Headings are short lines of their own. Where one is printed twice, the one before its table counts."""
    limit = {"overview": two, "disclosure": two, "applications": three}
    for i in range(found.end):
        text = found.folded[i]
        if not 3 < len(text) <= _LONGEST_HEADING or (lines[i].table is not None and len(lines[i].pieces) > 2):
            continue
        for key, pattern in _HEADINGS.items():
            if not pattern.fullmatch(text):
                continue
            bound = limit.get(key)
            if key in found.headings and lines[i].text.lstrip()[:1] in "（(":
                continue  # （三）其他需要报告的事项 is a heading inside a part
            if bound is not None and i > bound:
                continue
            if key in ("issues", "other_matters") and three is not None and i < three and key in found.headings:
                continue
            found.headings[key] = i


def _second_report(folded: list[str], lines: list[Line]) -> int | None:
    """Where a second report begins: a second table three, or a second set of headings with one."""
    rows = [i for i, text in enumerate(folded) if _NEW_RECEIVED.match(text)]
    # The same row can be printed on two lines when its cells stand one to a line; far apart means twice.
    far = [b for a, b in pairwise(rows) if b - a > 20]
    if not far:
        return None
    overviews = [i for i, text in enumerate(folded) if len(text) < 20 and _HEADINGS["overview"].fullmatch(text)]
    between = [i for i in overviews if rows[0] < i < far[0]]
    if between:
        return between[0]
    heads = [
        i for i in range(rows[0] + 20, far[0]) if _HEADINGS["disclosure"].fullmatch(folded[i]) and len(folded[i]) < 30
    ]
    return heads[0] if heads else far[0]
