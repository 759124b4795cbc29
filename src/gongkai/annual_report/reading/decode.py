"""Stream -> Report: the outline first, then each table by its labels, then title and text."""

from __future__ import annotations

from gongkai.annual_report.editions import TABLE_KEYS, equations
from gongkai.annual_report.reading import prose, tables
from gongkai.annual_report.reading.outline import outline
from gongkai.annual_report.reading.stream import NotReadable, Stream
from gongkai.annual_report.report import Cell, Report
from gongkai.statute.reporting import edition_for

_DOUBT = 0.7


def decode(stream: Stream) -> Report:
    """The report that a stream prints. NotReadable where it shows nothing of the form."""
    lines = stream.lines
    found = outline(lines)
    report = Report(source=stream.name, warnings=list(stream.warnings))
    prose.read_head(report, stream, found)
    last = -1
    for key in TABLE_KEYS:
        span = found.tables.get(key)
        if span is None:
            continue
        if key == "disclosure":
            decoded = tables.disclosure(lines, span, found.folded)
        elif key == "applications":
            decoded = tables.applications(lines, span, _likely_edition(report))
        else:
            decoded = tables.remedies(lines, span, last, span[0] != found.tables.get("applications", (-1,))[0])
        if decoded.edition is None:
            continue
        report.editions[key] = decoded.edition if key != "remedies" else report.edition or decoded.edition
        report.cells.update(decoded.cells)
        last = max(last, decoded.last_line)
        if decoded.lost_labels:
            report.warnings.append("第三部分表格有的行没有行名，按前后次序认定，请核对。")
    if not report.cells:
        raise NotReadable("没有找到年度报告的表格：请确认这是政府信息公开工作年度报告，且表格是文字而不是图片。")
    if found.second is not None:
        report.warnings.append("文件里似有不止一份年度报告，只读取了第一份；请把其余各份分开保存后再读。")
    prose.read_sections(report, stream, found, last)
    _doubt_unbalanced(report)
    return report


def _likely_edition(report: Report) -> str | None:
    """The edition to assume for table three where its own rows cannot tell."""
    if "disclosure" in report.editions:
        return report.editions["disclosure"]
    return edition_for(report.year) if report.year else None


def _doubt_unbalanced(report: Report) -> None:
    """Recognised (not typed) numbers that break the form's arithmetic are marked for a second look."""
    for key, edition in report.editions.items():
        for equation in equations(key, edition):
            cells = [(p, report.cell(p)) for p in (*equation.left, *equation.right)]
            if all(c.confidence >= 1.0 for _, c in cells) or any(c.value is None for _, c in cells):
                continue
            total = sum(report.value(p) or 0 for p in equation.left)
            if total != sum(report.value(p) or 0 for p in equation.right):
                for path, cell in cells:
                    if cell.confidence < 1.0:
                        report.cells[path] = Cell(cell.value, cell.printed, cell.place, min(cell.confidence, _DOUBT))
