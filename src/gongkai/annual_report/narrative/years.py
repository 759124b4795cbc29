"""Years left over from a former report: a sentence that tells of another year as if it were the report's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.annual_report.narrative.text import HEADING, Sentence

# The year stands at the head of the sentence as the time of what it tells: “2022年，我镇共……”.
_HEAD = re.compile(
    r"^(?P<lead>.{0,22}?(?:情况|工作|方面|公开|管理|保障|建设|[）：、])|)(?P<year>20\d\d)年(?:度)?(?P<next>，|全年|我|本|共|全[省市县区州镇乡街局]|[^，。；\d]{2,16}?(?:共|累计|通过|认真|严格|坚持|未收到|主动公开))"
)
# Words that make another year the right one.
_MEANT = re.compile(
    r"相比|同比|较|以来|[年初底末]起|截至|截止|决算|预算|规划|计划|要点|方案|报告|考核|评估|通知|印发的|以前|之前|至今|年底|年初|年末|—|～|-20|至20|"
    r"上一?年|去年|往年|《|成立|获评|荣获|办法|启动|开始|已于|曾|存在的问题|指出|整改|针对|对照|延续|结转|上线|建成|出台|实施|修订|施行"
)
_PLAN = re.compile(
    r"^(?P<year>20\d\d)年(?:度)?，?[^，。；]{0,14}?将(?:继续|进一步|认真改进|认真做好|从以下|重点做好|主要做好|持续加强|着力做好)"
)


@dataclass(frozen=True, slots=True)
class Stale:
    """A year that should have been another one: where it stands in its sentence."""

    sentence: Sentence
    year: int
    start: int
    end: int
    plan: bool
    """Whether it is the plan for “next year” that names the year the report is about."""


def stale_years(sentences: Iterable[Sentence], year: int | None) -> list[Stale]:
    """Sentences that tell of an earlier year as if it were the report's, or plan for the year just reported.

    Only where nothing in the sentence gives the other year a reason to be there; an earlier year in parts
    five and six is as suspect as in part one.
    """
    found: list[Stale] = []
    if year is None:
        return found
    for sentence in sentences:
        text = sentence.text
        if "年" not in text[:60]:
            continue
        if sentence.section == "issues":
            plan = _PLAN.match(text)
            if plan and int(plan["year"]) == year:
                found.append(Stale(sentence, year, plan.start("year"), plan.end("year"), True))
                continue
        head = HEADING.match(text)
        begin = head.end() if head else 0
        m = _HEAD.match(text[begin:])
        if m and year - 4 <= int(m["year"]) < year and not _MEANT.search(text[begin:]):
            found.append(Stale(sentence, int(m["year"]), begin + m.start("year"), begin + m.end("year"), False))
    return found
