"""The object of contracts/report.schema.json, for programs and for people who read a diff."""

from __future__ import annotations

import json

from gongkai.annual_report.report import Report


def render(report: Report) -> bytes:
    """The report with its provenance, in UTF-8."""
    return (json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n").encode()
