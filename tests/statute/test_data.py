"""Facts from memory or practice live in data, and every data file says where its facts come from."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import gongkai.statute

FOLDER = Path(gongkai.statute.__file__).parent / "data"
FILES = sorted(FOLDER.rglob("*.toml"))


def tables(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        return [data] + [table for value in data.values() for table in tables(value)]
    if isinstance(data, list):
        return [table for value in data for table in tables(value)]
    return []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_markers_and_sources(file: Path) -> None:
    data = tomllib.loads(file.read_text("utf-8"))
    markers = {table["marker"] for table in tables(data) if "marker" in table}
    assert markers
    assert markers <= {"V", "M", "P", "D"}
    assert any("source" in table for table in tables(data))


def test_a_notice_file_holds_the_year_it_is_named_after() -> None:
    for file in (FOLDER / "calendar").glob("*.toml"):
        assert tomllib.loads(file.read_text("utf-8"))["year"] == int(file.stem)
