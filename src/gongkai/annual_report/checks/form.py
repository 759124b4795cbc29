"""The form itself: its edition, its tables, rows, blanks and parts (F-1 to F-5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongkai.annual_report.checks.finding import Finding, Span, finding
from gongkai.annual_report.checks.reading import Prose, span_of
from gongkai.annual_report.editions import EDITIONS, HEADINGS, TABLE_KEYS, TEXT_SECTIONS, cell_label, equations, table
from gongkai.annual_report.report import Report
from gongkai.statute.reporting import edition_for

_NOTHING = re.compile(r"无[。.]?")
_AUTHOR = re.compile(
    r"(?:本(?:年度)?报告|本年报)(?:是|系)?由(?P<name>[\u4e00-\u9fff]{2,30}?)(?:按照|根据|依据|编制|负责)"
)
_PLACE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?P<kind>县|镇|乡|街道)(?![县镇乡])")
_NUMERALS = {"disclosure": "二", "applications": "三", "remedies": "四"}
_NOTICES = {"2019": "国办公开办函〔2019〕60号", "2021": "国办公开办函〔2021〕30号"}
_NEW_NOTICE = re.compile(r"[〔\[（(【]2021[〕\])）】]30号")
_OLD_NOTICE = re.compile(
    r"国办公开办函[〔\[（(【]2019[〕\])）】]60号|年度报告格式（试行）|关于政府信息公开工作年度报告有关事项的通知"
)


def form(report: Report, prose: Prose) -> Iterator[Finding]:
    """F-1 to F-5."""
    yield from edition(report, prose)
    yield from missing(report)
    yield from blanks(report)
    yield from parts(report)
    yield from names(report, prose)


def edition(report: Report, prose: Prose) -> Iterator[Finding]:
    """F-1: each table uses the form of the report's year. Tables that look alike in both forms prove nothing."""
    right = edition_for(report.year) if report.year else None
    printed = {key: e for key in TABLE_KEYS if (e := _proved(report, key))}
    if right is None:
        if len(set(printed.values())) > 1:
            yield finding(
                "F-1", f"{_listed(printed)}，一份报告只用一种格式。请统一。", report, printed=tuple(printed.values())
            )
        return
    wrong = {key: e for key, e in printed.items() if e != right}
    cited = _cited_old(prose) if right == "2021" else None
    if not wrong and cited is None:
        return
    where = tuple(_first_own_cell(report, key) for key in wrong)
    if wrong:
        numerals = "、".join(_NUMERALS[key] for key in wrong)
        mixed = f"（{_listed(printed)}）" if len(set(printed.values())) > 1 else ""
        message = (
            f"第{numerals}部分用的是 {next(iter(wrong.values()))} 年的格式{mixed}，"
            f"{report.year} 年度的报告应当用{_NOTICES[right]}的格式。"
            "请换用后重新填报。"
        )
    else:
        message = f"开头引用的格式文件已由{_NOTICES[right]}取代。请改为现行文件，并核对全文是否按新格式编写。"
    yield finding(
        "F-1",
        message,
        report,
        where=where,
        printed=next(iter(wrong.values()), "2019"),
        expected=right,
        span=cited,
    )


def _proved(report: Report, key: str) -> str | None:
    """The edition that the printed rows and columns of a table prove, None where they fit both forms."""
    if key not in report.editions:
        return None
    mine = report.editions[key]
    return mine if _own_cells(key, mine) & report.cells.keys() else None


@cache
def _own_cells(key: str, mine: str) -> frozenset[str]:
    """Cells that only this edition of a table has."""
    others = {p for e in EDITIONS if e != mine for p in table(key, e).paths()}
    return frozenset(table(key, mine).paths()) - others


def _first_own_cell(report: Report, key: str) -> str:
    own = _own_cells(key, report.editions[key])
    return next(p for p in table(key, report.editions[key]).paths() if p in own and p in report.cells)


def _listed(printed: dict[str, str]) -> str:
    return "，".join(f"第{_NUMERALS[key]}部分为 {e} 年格式" for key, e in printed.items())


def _cited_old(prose: Prose) -> Span | None:
    """Where the preamble cites the notice of 2019 and not that of 2021 as well."""
    if any(_NEW_NOTICE.search(p.text) for p in prose.passages if p.section == "preamble"):
        return None
    for passage in prose.passages:
        if passage.section == "preamble" and (m := _OLD_NOTICE.search(passage.text)):
            return span_of(passage, m.start(), m.end())
    return None


def missing(report: Report) -> Iterator[Finding]:
    """F-2: a table that is not there. F-3: rows of a table that are not there (cut off, or lost in conversion)."""
    absent = [key for key in TABLE_KEYS if not any(p.startswith(key + ".") for p in report.cells)]
    if absent:
        names = "、".join(f"第{_NUMERALS[key]}部分" for key in absent)
        yield finding("F-2", f"没有找到{names}的表格。请核对原件；确实缺少的，请补上。", report, printed=tuple(absent))
    for key in TABLE_KEYS:
        if key in absent:
            continue
        rows = _rows(key, report.table_edition(key))
        lost = [label for label, paths in rows if report.cells.keys().isdisjoint(paths)]
        if lost:
            few = "、".join(f"“{label}”" for label in lost[:3]) + (f"等 {len(lost)} 行" if len(lost) > 3 else "")
            yield finding(
                "F-3",
                f"第{_NUMERALS[key]}部分缺少{few}。文件可能被截断，请对照原件补全；缺的行不按 0 计。",
                report,
                printed=len(rows) - len(lost),
                expected=len(rows),
                state="UNCERTAIN",
            )


@cache
def _rows(key: str, edition: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each row of a table: its label without the gloss, and its cells."""
    rows: dict[str, tuple[str, list[str]]] = {}
    for path, _, row, _ in table(key, edition).cells():
        rows.setdefault(row.key, (row.label.split("（区分处理")[0], []))[1].append(path)
    return tuple((label, tuple(paths)) for label, paths in rows.values())


def blanks(report: Report) -> Iterator[Finding]:
    """F-4: cells left blank, or marked “/” or “-”; one finding for the whole report."""
    found: list[str] = []
    counts: list[str] = []
    solved: dict[str, int] = {}
    for key in TABLE_KEYS:
        here = [
            p
            for _, paths in _rows(key, report.table_edition(key))
            for p in paths
            if (cell := report.cells.get(p)) and cell.value is None
        ]
        if here:
            first = cell_label(here[0], report.table_edition(key))
            counts.append(f"{first}等 {len(here)} 个单元格" if len(here) > 1 else first)
            found += here
            solved |= _solved(report, key)
    if not found:
        return
    marks = sorted({report.cells[p].printed.strip() for p in found} - {""})
    how = f"空白或印为{'、'.join(f'“{m}”' for m in marks[:4])}" if marks else "空白"
    told = "；".join(
        f"{cell_label(p, report.table_edition(p.split('.')[0]))}按勾稽关系应为 {v}" for p, v in list(solved.items())[:3]
    )
    yield finding(
        "F-4",
        f"{'，'.join(counts)}{how}。{told + '；' if told else ''}没有发生的请填 0。",
        report,
        where=tuple(found),
        state="UNCERTAIN",
        repair=solved,
    )


def _solved(report: Report, key: str) -> dict[str, int]:
    """What a blank must be where it is the only blank of an equation; left out where equations disagree."""
    values: dict[str, set[int]] = {}
    for equation in equations(key, report.table_edition(key)):
        terms = [(p, 1) for p in equation.left] + [(p, -1) for p in equation.right]
        blank = [(p, sign) for p, sign in terms if report.value(p) is None]
        if len(blank) == 1 and blank[0][0] in report.cells:
            rest = sum(int(report.value(p) or 0) * sign for p, sign in terms)
            values.setdefault(blank[0][0], set()).add(-rest * blank[0][1])
    return {p: next(iter(v)) for p, v in values.items() if len(v) == 1 and min(v) >= 0}


def parts(report: Report) -> Iterator[Finding]:
    """F-5: parts one, five and six. Nothing is said of a report of which only the tables are known."""
    if not report.sections and not report.preamble:
        return
    absent = [HEADINGS[key] for key in TEXT_SECTIONS if key not in report.sections]
    empty = [HEADINGS[key] for key in TEXT_SECTIONS if key in report.sections and not report.text(key).strip()]
    if absent:
        yield finding(
            "F-5",
            f"没有找到{'、'.join(f'“{h}”' for h in absent)}。请补上，标题按规定写。",
            report,
            printed=tuple(absent),
        )
    if _NOTHING.fullmatch(report.text("issues").strip()):
        yield finding("F-5", "第五部分只写“无”。请写明存在的主要问题和改进情况。", report, printed="无")
    if empty:
        yield finding(
            "F-5",
            f"{'、'.join(f'“{h}”' for h in empty)}只有标题，没有内容。请补写；没有的写明“无”。",
            report,
            printed=tuple(empty),
        )


def names(report: Report, prose: Prose) -> Iterator[Finding]:
    """F-10: the preamble names a county or township that the title does not, and lacks the one that it does."""
    for passage in prose.passages:
        if passage.section != "preamble" or not report.agency:
            continue
        m = _AUTHOR.search(passage.text)
        if not m:
            continue
        mine, theirs = _places(f"{report.agency} {report.agency_printed}"), _places(m["name"])
        strange = [k for k, name in theirs.items() if k in mine and mine[k][-2:] != name[-2:]]
        if strange:
            yield finding(
                "F-10",
                f"标题的机关是“{report.agency}”，开头写“由{m['name']}”编制。请核对是否沿用了别的机关的报告。",
                report,
                printed=m["name"],
                expected=report.agency,
                span=span_of(passage, m.start("name"), m.end("name")),
            )
        return


def _places(name: str) -> dict[str, str]:
    """The county and township that a name names, by kind; the last of each, maybe with letters before it."""
    return {m["kind"]: m["name"] for m in _PLACE.finditer(name)}
