"""Reports to upload: one without mistakes, one whose （七）总计 is 0 while its rows add up."""

from __future__ import annotations

from gongkai.annual_report.editions import TABLE_KEYS, table
from gongkai.annual_report.report import Cell, Paragraph, Report
from gongkai.annual_report.writing import render


def a_report(agency: str = "青禾县财政局", wrong: bool = False, text: str = "全年主动公开信息120条。") -> Report:
    report = Report(agency=agency, agency_printed=agency, year=2025, title=f"{agency}2025年政府信息公开工作年度报告")
    report.editions = dict.fromkeys(TABLE_KEYS, "2021")
    report.cells = {p: Cell(0, "0") for key in TABLE_KEYS for p in table(key, "2021").paths()}
    report.sections = {
        "overview": (Paragraph(f"2025年，本机关认真做好政府信息公开工作，{text}"),),
        "issues": (Paragraph("公开形式还不够丰富，下一步将加强培训。"),),
        "other_matters": (Paragraph("2025年未收取政府信息公开信息处理费。"),),
    }
    handled = 0 if wrong else 26
    for row, count in (("new_received", 25), ("carried_in", 1), ("granted", 26), ("total_handled", handled)):
        for column in ("natural_person", "total"):
            report.cells[f"applications.{row}.{column}"] = Cell(count, str(count))
    return report


def a_file(suffix: str = ".docx", **kind: object) -> bytes:
    return render(a_report(**kind), suffix)  # type: ignore[arg-type]
