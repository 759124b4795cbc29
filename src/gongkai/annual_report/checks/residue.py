"""What should not have been left in the text: placeholders, empty sub-headings, broken numbering, doubled words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual_report.checks.finding import Finding, finding, part_name
from gongkai.annual_report.checks.reading import Prose, span_of
from gongkai.annual_report.narrative.numbers import han_value
from gongkai.annual_report.narrative.text import Passage
from gongkai.annual_report.report import Report

# [……] marks an excerpt. 1+X, 信息XX码 and masked telephone numbers are no placeholders, nor is a pair of Markdown **.
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9.+/_×-])[XＸ×✕]{2,}(?![A-Za-z0-9×])|(?<![A-Za-z0-9.+/_-])x{2,}(?=[年月日件条次个县市区镇乡局号])"
    r"|\*{2,}(?=[年月日件条次个人项份县市区镇乡局办])(?=[^*]*$)|[某](?:某)+|[○〇]{2,}(?=[年月日县市区镇乡局件条])|_{3,}"
    r"|[（【](?:此处|请填写|填写|待补充|待填|示例|模板)[^）】]{0,20}[）】]|此处填写|请填写|待补充|[YN]{4}年"
    r"|(?<=[^A-Za-z0-9])X(?=[年月日件条次个县市镇乡局]\D)"
)
_NO_NUMBER = re.compile(
    r"[共累]计?(?:主动公开|公开|发布|收到|受理|答复|办结)(?:各类)?(?:政府|政务)?(?:信息)?(?:公开申请)?"
    r"(?:(?<=信息)|(?<=公开)|(?<=申请)|(?<=发布)|(?<=答复)|(?<=办结))[条件](?=[，。；、])"
)
_SUSPECT = re.compile("[XxＸ×✕*某○〇_]")
_SUSPECT_WORDS = ("填写", "待补充", "待填", "此处", "示例", "模板", "YYYY", "NNNN")
_DOUBLED = re.compile(
    r"(?P<word>公开|信息|工作|政府|资金|情况|报告|单位|部门|申请|管理|进行|开展|加强|提高|完善|的|和|及|在|对|了)(?P=word)(?!栏|率|合)"
)
_DOUBLED_FINE = re.compile(r"了了|对对|的的确|在在|公开公开透明|管理管理|主动公开公开")
_TOPIC = re.compile(
    r"(?:[（](?P<han>[一二三四五六七八九十]{1,3})[）]|(?P<arabic>\d{1,2})[.、](?!\d))(?P<title>[^。！？；]{2,40})$"
)
_INLINE = re.compile(r"[（](?P<han>[一二三四五六七八九十]{1,3})[）](?P<title>[^。；]{2,30})")
_NAMES_A_TOPIC = re.compile(
    r"(?:情况|方面|工作|建设|保障|管理|事项|信息|公开|服务|制度|机制|办理|审查|监督|培训)[：:]?$"
)
_WHOLE_SENTENCE = re.compile(
    r"(?:有待|不够|不足|加强|完善|提高|提升|推进|强化|优化|深化|需要|还需|亟待)[^情]{0,8}$|^[一二三四五六七八九十]是|20\d\d年"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that is a sub-heading and nothing else."""

    passage: Passage
    kind: str
    number: int
    title: str


def residue(report: Report, prose: Prose) -> Iterator[Finding]:
    """F-6 to F-9."""
    yield from _placeholders(report, prose)
    yield from _missing_numbers(report, prose)
    yield from _empty_headings(report, prose)
    yield from _numbering(report, prose)
    yield from _doubled(report, prose)


def _placeholders(report: Report, prose: Prose) -> Iterator[Finding]:
    for passage in prose.passages:
        text = passage.text
        if not _SUSPECT.search(text) and not any(word in text for word in _SUSPECT_WORDS):
            continue
        m = _PLACEHOLDER.search(text)
        if m:
            around = passage.text[max(0, m.start() - 8) : m.end() + 8]
            yield finding(
                "F-6",
                f"{part_name(passage.section)}“{around}”里有没有填写的“{m[0]}”。请填写或删去。",
                report,
                printed=m[0],
                span=span_of(passage, m.start(), m.end()),
            )


def _heading(passage: Passage) -> Heading | None:
    m = _TOPIC.fullmatch(passage.text)
    if not m:
        return None
    number = han_value(m["han"]) if m["han"] else int(m["arabic"])
    return Heading(passage, "han" if m["han"] else "arabic", number or 0, m["title"])


def _missing_numbers(report: Report, prose: Prose) -> Iterator[Finding]:
    """F-6 as well: 共主动公开信息条, where the number was never filled in."""
    for passage in prose.passages:
        m = _NO_NUMBER.search(passage.text)
        if m:
            yield finding(
                "F-6",
                f"{part_name(passage.section)}“{m[0]}”里漏填了数字。请补填；没有的填 0。",
                report,
                printed="",
                span=span_of(passage, m.start(), m.end()),
            )


def _empty_headings(report: Report, prose: Prose) -> Iterator[Finding]:
    """F-7: sub-headings that name a topic and are followed by the next one, or by nothing; one finding a section."""
    for section in ("overview", "other_matters"):
        listed = [p for p in prose.passages if p.section == section]
        empty = []
        for i, passage in enumerate(listed):
            heading = _heading(passage)
            if heading is None or _WHOLE_SENTENCE.search(heading.title) or not _NAMES_A_TOPIC.search(heading.title):
                continue
            following = _heading(listed[i + 1]) if i + 1 < len(listed) else None
            if i + 1 == len(listed) or (following is not None and following.kind == heading.kind):
                empty.append(heading)
        if empty:
            names = "、".join(f"“{h.passage.text[:24]}”" for h in empty)
            first = empty[0].passage
            yield finding(
                "F-7",
                f"{part_name(section)}的小标题{names}下面没有内容。请补写；没有的写明“无”。",
                report,
                printed=tuple(h.passage.text for h in empty),
                span=span_of(first, 0, len(first.text)),
            )


def _numbering(report: Report, prose: Prose) -> Iterator[Finding]:
    """F-8: （一）（二）… of parts one and six in order, each once."""
    for section in ("overview", "other_matters"):
        numbers: list[tuple[int, Passage]] = []
        for passage in prose.passages:
            m = _INLINE.match(passage.text) if passage.section == section else None
            if m and (value := han_value(m["han"])):
                numbers.append((value, passage))
        wrong = [(b, passage) for (a, _), (b, passage) in pairwise(numbers) if b not in (a + 1, 1)]
        if wrong and len(numbers) >= 3:
            seen = "、".join(f"（{m[0]}）" for _, p in numbers if (m := re.search(r"[一二三四五六七八九十]+", p.text)))
            passage = wrong[0][1]
            yield finding(
                "F-8",
                f"{part_name(section)}小标题的编号为{seen}，不连续。请核对是否漏了一节或编号重复。",
                report,
                printed=seen,
                span=span_of(passage, 0, min(len(passage.text), 24)),
            )


def _doubled(report: Report, prose: Prose) -> Iterator[Finding]:
    """F-9, one finding for all doubled words; the title's too."""
    found = [
        (passage, m)
        for passage in prose.passages
        for m in _DOUBLED.finditer(passage.text)
        if not _DOUBLED_FINE.match(passage.text, max(0, m.start() - 2))
        and not _DOUBLED_FINE.match(passage.text, m.start())
    ]
    title = _DOUBLED.search(re.sub(r"\s", "", report.title))
    if not found and not title:
        return
    words = ([f"标题“{title[0]}”"] if title else []) + [
        f"{part_name(p.section)}“{p.text[max(0, m.start() - 4) : m.end() + 4]}”" for p, m in found
    ]
    few = "、".join(words[:4]) + (f"等 {len(words)} 处" if len(words) > 4 else "")
    yield finding(
        "F-9",
        f"{few}有重复的字词。请核对。",
        report,
        printed=len(words),
        span=span_of(found[0][0], found[0][1].start(), found[0][1].end()) if found else None,
    )
