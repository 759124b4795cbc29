"""X-7: what the prose claims (全部办结、未收到、均获维持、无行政复议) against the tables. X-1: 未收费."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual_report.checks.finding import Finding, finding, part_name
from gongkai.annual_report.checks.reading import Prose, span
from gongkai.annual_report.narrative.scope import Body, scope_of, year_of
from gongkai.annual_report.report import Report, Value

_APPLICATION = r"(?:信息公开(?:的)?申请|依申请公开|公开申请|申请公开)"
_UNHARMED = r"(?:[^，。；被]|被(?=提起|起诉|申请))"
_EXCEPT = re.compile(r"除[^，。；]{0,20}外|(?<!上年)(?<!年度)结转(?:至|到)?(?:下|次)一?年")
_NO = r"(?:未发生|未产生|未出现|未引发|未收到|未接到|未受理|未涉及|未有|没有发生|没有收到|没有|不存在|暂无|尚无|无|零)"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: its words, words of the clause that make it another claim, and the cells that must be 0."""

    id: str
    words: re.Pattern[str]
    unless: re.Pattern[str]
    zero: tuple[str, ...]
    then: str


_CLAIMS = (
    Claim(
        "all_done",
        re.compile(
            r"(?:全部|(?:所有[^，。；]{0,12})?(?:均|都)已?)(?:按[^，。；]{0,6}|依法|及时|在[^，。；]{0,8})?(?:办结|办理完成|办理完毕|办毕|办理终结|答复完毕|答复办结|处理完毕)"
            r"|(?<!按时)(?<!按期)办结率(?:达到?|为|均为)?100%|已?全部(?:按[^，。；]{0,4}|依法)?(?:予以)?(?:答复|回复)(?!率)"
        ),
        re.compile(r"复议|诉讼|提案|建议|信件|留言|热线|工单|咨询|投诉|举报|诉求|来信|除|到期|应办|应答|结转|上年"),
        ("applications.carried_out.total",),
        "第三部分“四、结转下年度继续办理”为 {value}",
    ),
    Claim(
        "none_received",
        re.compile(
            rf"(?:未|没有|尚未|暂未|未曾|并未)(?:收到|接到|受理|接收|接受|发生|产生|出现)[^，。；、]{{0,14}}?{_APPLICATION}"
            rf"|(?:无|没有|暂无|并无|零)(?:任何)?(?:公民)?(?:政府)?{_APPLICATION}(?:事项|件|案件)?(?=[，。；]|$)"
        ),
        re.compile(
            r"复议|诉讼|收费|费用|处理费|投诉|举报|超期|逾期|超时|败诉|不予|第三方|结转|企业|法人|科研|组织|律师|补正|纠纷|答复|"
            r"网上|信函|当面|邮寄|传真|电子邮件|撤回|无偿|无法|不掌握|不存在|错|漏|延期|答|无正当|反复|重复|转办|信访|引起|引发|纳入|无关"
        ),
        ("applications.new_received.total",),
        "第三部分“一、本年新收政府信息公开申请数量”为 {value}",
    ),
    Claim(
        "no_review",
        re.compile(rf"{_NO}{_UNHARMED}{{0,24}}?复议"),
        re.compile(r"被(?!提起|起诉|申请)|纠错|纠正|败|超期|逾期|撤销|经复议|前置|结转|尚未|上年|不予|申请人|无关"),
        ("remedies.reconsideration.total",),
        "第四部分行政复议总计为 {value}",
    ),
    Claim(
        "no_suit",
        re.compile(rf"{_NO}{_UNHARMED}{{0,30}}?(?:行政诉讼|诉讼|应诉案)"),
        re.compile(r"被(?!提起|起诉|申请)|纠错|纠正|败|超期|逾期|撤销|尚未|上年|非诉|诉讼费|无关"),
        ("remedies.direct_suit.total", "remedies.post_reconsideration_suit.total"),
        "第四部分行政诉讼合计为 {value}",
    ),
    Claim(
        "review_all_upheld",
        re.compile(r"复议[^。；诉讼]{0,30}?(?:均|全部|都)(?:被|获|予以|得到|为|已)?(?:结果)?维持"),
        re.compile(r"诉讼|已审结|审结的|办结的"),
        ("remedies.reconsideration.corrected", "remedies.reconsideration.other", "remedies.reconsideration.pending"),
        "第四部分行政复议中结果纠正、其他结果和尚未审结共 {value}",
    ),
    Claim(
        "none_corrected",
        re.compile(
            r"(?:无|零|没有|未发生)(?:一件|一起|1件|任何)?(?:行政复议|行政诉讼)?(?:案件)?(?:被)?(?:纠错|纠正|败诉)|(?:纠错|败诉)(?:案件|案)?(?:为)?0件"
        ),
        re.compile(r"问题|错别字|错敏|信息|内容|栏目|网站"),
        (
            "remedies.reconsideration.corrected",
            "remedies.direct_suit.corrected",
            "remedies.post_reconsideration_suit.corrected",
        ),
        "第四部分结果纠正共 {value}",
    ),
    *(
        Claim(
            f"no_{row}",
            re.compile(
                rf"(?:未|没有|尚未)(?:作出|做出|实施|办理|制定|制发|出台|新增|印发|发生)(?:过|任何)?(?:行政)?{word}"
            ),
            re.compile(r"公开|公示|发布|不予|违法|撤销|纠错|复议|诉讼|备案|解读|废止|失效|报备|严格|未经|上年|党内"),
            (f"disclosure.{row}.{column}",),
            f"第二部分“{label}”为 {{value}}",
        )
        for row, column, word, label in (
            ("normative_documents", "issued", "规范性文件", "行政规范性文件”的“本年制发件数"),
            ("licences", "decisions", "许可", "行政许可"),
            ("penalties", "decisions", "处罚", "行政处罚"),
            ("coercive_measures", "decisions", "强制", "行政强制"),
        )
    ),
    Claim(
        "none_carried",
        re.compile(r"(?:无|没有|未)(?:结转|遗留)(?:至|到)?(?:下|次)(?:一)?年"),
        re.compile(r"复议|诉讼"),
        ("applications.carried_out.total",),
        "第三部分“四、结转下年度继续办理”为 {value}",
    ),
)
_QUICK = re.compile(r"未|没有|无|零|均|全部|都|所有|100%|败诉|纠错")
_FEE_FREE = re.compile(
    r"(?:未|没有|不|无|零)(?:发生|收取|收|产生|有)?[^，。；]{0,16}?(?:信息处理费|处理费|收费|费用)|(?:信息处理费|处理费)(?:共|共计|合计|为|金额)?0(?:\.0+)?(?:万)?元|免费提供"
)


def claims(report: Report, prose: Prose) -> Iterator[Finding]:
    """X-7, one finding for each claim that the tables contradict."""
    for sentence in prose.sentences:
        if not _QUICK.search(sentence.text):
            continue
        for claim in _CLAIMS:
            found = claim.words.search(sentence.text)
            if found and _is_ours(found, sentence.text, claim, prose.body, report.year):
                contradiction = _contradiction(report, claim)
                if contradiction is not None:
                    where, value = contradiction
                    yield finding(
                        "X-7",
                        f"{part_name(sentence.section)}写“{found[0]}”，{claim.then.format(value=value)}，两处不一致，请核对。",
                        report,
                        where=where,
                        printed=value,
                        expected=0,
                        span=span(sentence, found.start(), found.end()),
                    )


def _is_ours(found: re.Match[str], text: str, claim: Claim, body: Body, year: int | None) -> bool:
    start = max(text.rfind(mark, 0, found.start()) for mark in "，。；") + 1
    ends = [i for mark in "，。；" if (i := text.find(mark, found.end())) >= 0]
    clause = text[start : min(ends, default=len(text))]
    if claim.unless.search(clause) or (claim.id == "all_done" and _EXCEPT.search(text, 0, start)):
        return False
    left = text[: found.end()]
    return scope_of(left, body) in ("own", "open") and (year is None or year_of(left, year) == year)


def _contradiction(report: Report, claim: Claim) -> tuple[tuple[str, ...], int] | None:
    positive = {p: int(v) for path in claim.zero for p, v in _printed(report, path) if v}
    if not positive:
        return None
    return tuple(positive), sum(positive.values())


def _printed(report: Report, path: str) -> list[tuple[str, Value]]:
    """A total, or where it is blank the columns that it should add up."""
    value = report.value(path)
    if value is not None or not path.endswith(".total"):
        return [(path, value)]
    row = path.removesuffix("total")
    return [(p, report.value(p)) for p in report.cells if p.startswith(row)]


def fee_free(report: Report, prose: Prose) -> Iterator[Finding]:
    """X-1: no fee was collected, so nobody should have failed to pay one (（六）2)."""
    path = "applications.other_fee_lapsed.total"
    value = report.value(path)
    if not value:
        return
    for sentence in prose.sentences:
        found = _FEE_FREE.search(sentence.text)
        if found and sentence.section in ("overview", "other_matters") and "行政事业性" not in sentence.text:
            yield finding(
                "X-1",
                f"{part_name(sentence.section)}写“{found[0]}”，第三部分（六）2“逾期未按收费通知要求缴纳费用”"
                f"为 {value} 件。"
                "请核对；确曾发出收费通知的，请在第六部分写明。",
                report,
                where=(path,),
                printed=value,
                expected=0,
                span=span(sentence, found.start(), found.end()),
            )
            return
