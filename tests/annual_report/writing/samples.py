"""One hand-made report, small enough to reason about, with every kind of value."""

from __future__ import annotations

from decimal import Decimal

from gongkai.annual_report.editions import TABLE_KEYS
from gongkai.annual_report.report import Cell, Paragraph, Report


def sample(edition: str = "2021") -> Report:
    """青禾县人民政府, with blanks in table four and everything else zero but for a few cells."""
    report = Report(agency="青禾县人民政府", year=2024, published="2025-01-20")
    report.editions = dict.fromkeys(TABLE_KEYS, edition)
    for path in report.paths():
        if not path.startswith("remedies."):
            report.cells[path] = Cell(0, "0")
    put(report, "applications.new_received.natural_person", 26)
    put(report, "remedies.reconsideration.upheld", 3)
    if edition == "2021":
        put(report, "disclosure.fees.amount", Decimal("435.5320"))
    else:
        put(report, "disclosure.licences.items_change", 6)
        put(report, "disclosure.penalties.items_change", -8)
        put(report, "disclosure.procurement.amount", Decimal("102297.797528"))
    report.preamble = (Paragraph("本报告根据《中华人民共和国政府信息公开条例》编制。"),)
    report.sections = {
        "overview": (Paragraph("（一）主动公开情况"), Paragraph("全年公开政府信息312条。")),
        "issues": (Paragraph("公开的时效有待提高。"),),
        "other_matters": (),
    }
    return report


def put(report: Report, path: str, value: int | Decimal) -> None:
    """Print a number in a cell."""
    report.cells[path] = Cell(value, str(value))
