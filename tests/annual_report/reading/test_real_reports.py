"""Real reports with verified truth: every printed cell read as printed, none invented."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.annual_report.editions import TABLE_KEYS
from gongkai.annual_report.reading import read

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "reports"
FILES = sorted(
    p
    for t in FOLDER.glob("*.truth.json")
    for p in FOLDER.glob(t.name.removesuffix(".truth.json") + ".*")
    if not p.name.endswith(".truth.json")
)
# Excerpts that do not print their agency at all; the truth files know it from the page around them.
NAMELESS = {"kazuo-health-2025.txt", "longgang-departments-2024.txt"}


def cells(report: dict) -> dict[str, object]:  # type: ignore[type-arg]
    return {
        f"{k}.{r}.{c}": v
        for k in TABLE_KEYS
        for r, row in (report.get(k) or {}).items()
        for c, v in (row or {}).items()
    }


def number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@pytest.mark.skipif(not FILES, reason="the real reports are not beside this checkout")
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_printed_cell_is_read_as_printed(path: Path) -> None:
    truth = json.loads((FOLDER / (path.name.rsplit(".", 1)[0] + ".truth.json")).read_text("utf-8"))
    report = read(path)
    got = cells(report.to_json())
    assert {p: (v, got.get(p)) for p, v in cells(truth).items() if number(got.get(p)) != number(v)} == {}
    assert (report.year, report.edition) == (truth["year"], truth["edition"])
    if path.name not in NAMELESS:
        assert report.agency
        assert report.agency in truth["agency"] or truth["agency"] in report.agency


def test_rich_text_is_no_json() -> None:
    from gongkai.annual_report.reading import NotReadable, read_bytes

    with pytest.raises(NotReadable) as refused:
        read_bytes(rb"{\rtf1\ansi no report}", "a.rtf")
    assert "JSON" not in str(refused.value)
