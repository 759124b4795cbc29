"""The two forms of the statutory annual report, as data: 2019 (trial) and 2021.

Sources: 国办公开办函〔2019〕60号 (report years 2019 and 2020), 国办公开办函〔2021〕30号 (2021 onward).
Reader, checker, writers and screens all walk these tables; no key or label is spelled anywhere else.

A cell path is `table.row.column`, as in `contracts/report.schema.json`: `applications.granted.total`,
`disclosure.fees.amount`, `remedies.reconsideration.upheld`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["count", "change", "money"]
"""count: integer ≥ 0. change: signed integer. money: decimal, in 万元."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of numbers: its key, exact label, kind of value and the labels met in practice."""

    key: str
    label: str
    kind: Kind = "count"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of numbers. `stub` holds the merged group labels to the left of its own label."""

    key: str
    label: str
    stub: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share a head. `caption` is the full-width line above the head, if the form has one."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one edition."""

    key: str
    edition: str
    heading: str
    blocks: tuple[Block, ...]

    def cells(self) -> Iterator[tuple[str, Block, Row, Column]]:
        """Every cell of the table in printed order: (path, block, row, column)."""
        for block in self.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield f"{self.key}.{row.key}.{column.key}", block, row, column

    def paths(self) -> tuple[str, ...]:
        """Every cell path in printed order."""
        return tuple(path for path, *_ in self.cells())


TABLE_KEYS = ("disclosure", "applications", "remedies")
EDITIONS = ("2019", "2021")

# The six headings, identical in both editions. Real reports also print 和 for 及.
HEADINGS = {
    "overview": "一、总体情况",
    "disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "remedies": "四、政府信息公开行政复议、行政诉讼情况",
    "issues": "五、存在的主要问题及改进情况",
    "other_matters": "六、其他需要报告的事项",
}
TEXT_SECTIONS = ("overview", "issues", "other_matters")

ITEM_HEAD = "信息内容"  # head of the label column of table two
IDENTITY_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
APPLICANTS = "申请人情况"
ORGANISATIONS = "法人或其他组织"
SUITS = "行政诉讼"

# ---------------------------------------------------------------- table two

_DOCUMENTS_2021 = (
    Column("issued", "本年制发件数"),
    Column("repealed", "本年废止件数", aliases=("本年度废止件数", "本年度止件数", "本年止件数")),
    Column("in_force", "现行有效件数"),
)
_DOCUMENTS_2019 = (
    Column("made", "本年新制作数量", aliases=("本年新制作件数",)),
    Column("published", "本年新公开数量", aliases=("本年新公开件数",)),
    Column("total_public", "对外公开总数量"),
)
_DECISIONS = (Column("decisions", "本年处理决定数量", aliases=("处理决定数量",)),)
_ITEMS_2019 = (
    Column("items_last_year", "上一年项目数量", aliases=("上年项目数量",)),
    Column("items_change", "本年增/减", "change", ("本年增减",)),
)
_ITEM_DECISIONS_2019 = (*_ITEMS_2019, Column("decisions", "处理决定数量"))

_DISCLOSURE_2021 = (
    Block(
        (
            Row("rules", "规章"),
            Row("normative_documents", "行政规范性文件", aliases=("规范性文件",)),
        ),
        _DOCUMENTS_2021,
        "第二十条第（一）项",
    ),
    Block((Row("licences", "行政许可"),), _DECISIONS, "第二十条第（五）项"),
    Block(
        (Row("penalties", "行政处罚"), Row("coercive_measures", "行政强制")),
        _DECISIONS,
        "第二十条第（六）项",
    ),
    Block(
        (Row("fees", "行政事业性收费"),),
        (Column("amount", "本年收费金额（单位：万元）", "money", ("本年收费金额",)),),
        "第二十条第（八）项",
    ),
)
_DISCLOSURE_2019 = (
    Block(
        (
            Row("rules", "规章"),
            Row("normative_documents", "规范性文件", aliases=("行政规范性文件",)),
        ),
        _DOCUMENTS_2019,
        "第二十条第（一）项",
    ),
    Block(
        (Row("licences", "行政许可"), Row("other_services", "其他对外管理服务事项")),
        _ITEM_DECISIONS_2019,
        "第二十条第（五）项",
    ),
    Block(
        (Row("penalties", "行政处罚"), Row("coercive_measures", "行政强制")),
        _ITEM_DECISIONS_2019,
        "第二十条第（六）项",
    ),
    Block((Row("fees", "行政事业性收费"),), _ITEMS_2019, "第二十条第（八）项"),
    Block(
        (Row("procurement", "政府集中采购"),),
        (Column("projects", "采购项目数量"), Column("amount", "采购总金额", "money")),
        "第二十条第（九）项",
    ),
)

# -------------------------------------------------------------- table three

_APPLICANT_COLUMNS = (
    Column("natural_person", "自然人"),
    Column("commercial_enterprise", "商业企业"),
    Column("research_institution", "科研机构"),
    Column("public_welfare_org", "社会公益组织", aliases=("社会组织",)),
    Column("legal_service_org", "法律服务机构"),
    Column("other_org", "其他"),
    Column("total", "总计"),
)
_RESULTS = "三、本年度办理结果"
_DENIED, _UNABLE = (_RESULTS, "（三）不予公开"), (_RESULTS, "（四）无法提供")
_NOT_PROCESSED, _OTHER = (_RESULTS, "（五）不予处理"), (_RESULTS, "（六）其他处理")

_UP_TO_FIVE = (
    Row("new_received", "一、本年新收政府信息公开申请数量"),
    Row("carried_in", "二、上年结转政府信息公开申请数量"),
    Row("granted", "（一）予以公开", (_RESULTS,)),
    Row(
        "partially_granted",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        (_RESULTS,),
        ("（二）部分公开",),
    ),
    Row("denied_state_secret", "1.属于国家秘密", _DENIED),
    Row("denied_law_prohibits", "2.其他法律行政法规禁止公开", _DENIED),
    Row("denied_three_securities", "3.危及“三安全一稳定”", _DENIED),
    Row("denied_third_party", "4.保护第三方合法权益", _DENIED),
    Row("denied_internal_affairs", "5.属于三类内部事务信息", _DENIED),
    Row("denied_deliberative", "6.属于四类过程性信息", _DENIED),
    Row("denied_enforcement_file", "7.属于行政执法案卷", _DENIED),
    Row("denied_administrative_query", "8.属于行政查询事项", _DENIED),
    Row("unable_not_held", "1.本机关不掌握相关政府信息", _UNABLE),
    Row("unable_requires_creation", "2.没有现成信息需要另行制作", _UNABLE),
    Row("unable_still_unclear", "3.补正后申请内容仍不明确", _UNABLE),
    Row("not_processed_petition", "1.信访举报投诉类申请", _NOT_PROCESSED),
    Row("not_processed_repeat", "2.重复申请", _NOT_PROCESSED),
    Row("not_processed_publication", "3.要求提供公开出版物", _NOT_PROCESSED),
    Row("not_processed_excessive", "4.无正当理由大量反复申请", _NOT_PROCESSED),
    Row("not_processed_confirmation", "5.要求行政机关确认或重新出具已获取信息", _NOT_PROCESSED),
)
_OTHER_2021 = (
    Row(
        "other_supplement_lapsed",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        _OTHER,
        ("1.逾期不补正", "1.申请人无正当理由逾期不补正"),
    ),
    Row(
        "other_fee_lapsed",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        _OTHER,
        ("2.逾期不缴费", "2.申请人逾期未按收费通知要求缴纳费用"),
    ),
    Row("other_misc", "3.其他", _OTHER),
)
_OTHER_2019 = (Row("other", "（六）其他处理", (_RESULTS,)),)
_CLOSING = (
    Row("total_handled", "（七）总计", (_RESULTS,)),
    Row("carried_out", "四、结转下年度继续办理"),
)

# --------------------------------------------------------------- table four
# Printed sideways: the three rows below stand beside each other, fifteen cells in one line.

_REMEDY_ROWS = (
    Row("reconsideration", "行政复议"),
    Row("direct_suit", "未经复议直接起诉", (SUITS,)),
    Row("post_reconsideration_suit", "复议后起诉", (SUITS,)),
)
_REMEDY_COLUMNS = (
    Column("upheld", "结果维持"),
    Column("corrected", "结果纠正"),
    Column("other", "其他结果"),
    Column("pending", "尚未审结"),
    Column("total", "总计"),
)


@cache
def table(key: str, edition: str) -> Table:
    """The table `key` (one of TABLE_KEYS) of `edition` ('2019' or '2021'). KeyError for any other."""
    blocks = {
        ("disclosure", "2019"): _DISCLOSURE_2019,
        ("disclosure", "2021"): _DISCLOSURE_2021,
        ("applications", "2019"): (Block(_UP_TO_FIVE + _OTHER_2019 + _CLOSING, _APPLICANT_COLUMNS),),
        ("applications", "2021"): (Block(_UP_TO_FIVE + _OTHER_2021 + _CLOSING, _APPLICANT_COLUMNS),),
        ("remedies", "2019"): (Block(_REMEDY_ROWS, _REMEDY_COLUMNS),),
        ("remedies", "2021"): (Block(_REMEDY_ROWS, _REMEDY_COLUMNS),),
    }[key, edition]
    return Table(key, edition, HEADINGS[key], blocks)


@cache
def column_of(path: str, edition: str) -> Column | None:
    """The column a cell path lies in under `edition`, or None where that edition has no such cell."""
    key = path.split(".", 1)[0]
    if key not in TABLE_KEYS:
        return None
    return next((column for p, _, _, column in table(key, edition).cells() if p == path), None)


def cell_label(path: str, edition: str) -> str:
    """A cell in words, as a person would point to it: 第三部分“（七）总计”的“自然人”列."""
    key = path.split(".", 1)[0]
    part = HEADINGS[key].split("、", 1)[0]
    for cell_path, _, row, column in table(key, edition).cells():
        if cell_path == path:
            return f"第{part}部分“{row.label}”的“{column.label}”"
    return path


# -------------------------------------------------------------- constraints


@dataclass(frozen=True, slots=True)
class Equation:
    """Sum of the `left` cells = sum of the `right` cells. `rule` is the id of the law file's §5."""

    rule: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@cache
def equations(key: str, edition: str) -> tuple[Equation, ...]:
    """Every 勾稽关系 of a table: T3-R1, T3-C1, T3-C2 (stated in the table's head), T4-S1..3."""
    rows = [row for block in table(key, edition).blocks for row in block.rows]
    columns = table(key, edition).blocks[0].columns
    if key == "applications":
        leaves = [r.key for r in rows if r.stub and r.key != "total_handled"]

        def at(row: str, column: Column) -> str:
            return f"applications.{row}.{column.key}"

        return (
            *(Equation("T3-R1", tuple(at(r.key, c) for c in columns[:-1]), (at(r.key, columns[-1]),)) for r in rows),
            *(Equation("T3-C1", tuple(at(leaf, c) for leaf in leaves), (at("total_handled", c),)) for c in columns),
            *(
                Equation(
                    "T3-C2",
                    (at("new_received", c), at("carried_in", c)),
                    (at("total_handled", c), at("carried_out", c)),
                )
                for c in columns
            ),
        )
    if key == "remedies":
        return tuple(
            Equation(
                f"T4-S{number}",
                tuple(f"remedies.{row.key}.{c.key}" for c in columns[:-1]),
                (f"remedies.{row.key}.{columns[-1].key}",),
            )
            for number, row in enumerate(rows, 1)
        )
    return ()
