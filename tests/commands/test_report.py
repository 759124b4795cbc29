"""`gongkai report …` as scripts call it: names, JSON and exit codes of the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.cli import main
from tests.reporting.some_reports import a_file

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "contracts" / "report.schema.json"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "好.docx"
    path.write_bytes(a_file())
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "错.html"
    path.write_bytes(a_file(".html", wrong=True, agency="青禾县水利局"))
    return path


def test_read_prints_the_contract(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "read", str(good), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["agency"] == "青禾县财政局"
    assert data["applications"]["granted"]["total"] == 26
    if SCHEMA.exists():
        import jsonschema

        jsonschema.validate(data, json.loads(SCHEMA.read_text("utf-8")))


def test_read_for_people(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "read", str(good)]) == 0
    assert "（一）予以公开" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n", b"{}", b"\x00\x01\x02" * 99]
)
def test_what_is_no_report_is_refused_in_one_line(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    assert main(["report", "read", str(path), "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "read", "没有这个文件.docx"]) == 2
    assert "没有这个文件.docx" in capsys.readouterr().err


def test_check_exits_by_what_it_finds(good: Path, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "check", str(good)]) == 0
    capsys.readouterr()
    assert main(["report", "check", str(wrong), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert set(data) == {"report", "findings"}
    first = data["findings"][0]
    assert {"rule", "severity", "where", "printed", "expected", "message"} <= set(first)
    assert first["severity"] == "error"
    assert "applications.total_handled.total" in first["where"]


def test_check_takes_a_folder_and_last_years_report(
    good: Path, wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "check", str(good.parent), "--previous", str(good), "--level", "department"]) == 1
    shown = capsys.readouterr().out
    assert "青禾县财政局" in shown
    assert "青禾县水利局" in shown


def test_consolidate_writes_nothing_with_errors_unless_forced(
    good: Path, wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "全县.json"
    arguments = [
        "report",
        "consolidate",
        str(good),
        str(wrong),
        "--agency",
        "青禾县人民政府",
        "--year",
        "2025",
        "-o",
        str(out),
    ]
    assert main(arguments) == 1
    assert not out.exists()
    assert "青禾县水利局" in capsys.readouterr().err
    assert main([*arguments, "--force"]) == 1
    assert json.loads(out.read_text("utf-8"))["applications"]["granted"]["total"] == 52
    assert (
        main(
            [
                "report",
                "consolidate",
                str(good),
                "--agency",
                "甲县人民政府",
                "--year",
                "2025",
                "-o",
                str(tmp_path / "x.docx"),
            ]
        )
        == 0
    )


def test_consolidate_names_who_is_missing(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = tmp_path / "应报.txt"
    names.write_text("青禾县财政局\n青禾县教育局\n", "utf-8")
    main(
        [
            "report",
            "consolidate",
            str(good),
            "--agency",
            "甲县",
            "--year",
            "2025",
            "--expected",
            str(names),
            "-o",
            str(tmp_path / "x.json"),
        ]
    )
    assert "青禾县教育局" in capsys.readouterr().err


def test_compare_and_render(good: Path, wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "compare", str(good), str(wrong), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cells"]
    assert main(["report", "compare", str(good), str(wrong)]) == 0
    assert "→" in capsys.readouterr().out
    main(["report", "read", str(good), "--json"])
    source = tmp_path / "in.json"
    source.write_text(capsys.readouterr().out, "utf-8")
    for suffix in (".docx", ".html", ".xlsx", ".json"):
        assert main(["report", "render", str(source), "-o", str(tmp_path / f"out{suffix}")]) == 0
        assert main(["report", "read", str(tmp_path / f"out{suffix}"), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["applications"]["granted"]["total"] == 26
    with pytest.raises(SystemExit) as stopped:
        main(["report", "render", str(source), "-o", str(tmp_path / "out.odt")])
    assert stopped.value.code == 2


def test_too_large_is_said(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "read", str(good), "--max-size", "0.001"]) == 2
    assert "上限" in capsys.readouterr().err
