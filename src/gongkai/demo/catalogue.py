"""The fictional county's standard catalogue as plain data: the rows of each agency, and which records stand under them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from gongkai.demo.parts import groups
from gongkai.demo.record import DemoRecord, named

LIMIT: Final = "信息形成或者变更之日起20个工作日内予以公开"
CHANNELS: Final = "■政府网站\n□政府公报\n□两微一端\n□公开查阅点\n□政务服务中心"


@dataclass(frozen=True, slots=True)
class DemoRow:
    """A row, and what tells the records that stand under it: their kinds, and words of which one is in their titles."""

    agency: str
    fields: Mapping[str, Any]
    kinds: frozenset[str]
    words: tuple[str, ...]

    def has(self, record: DemoRecord) -> bool:
        """Whether this record stands under it."""
        if record.agency != self.agency or record.kind not in self.kinds:
            return False
        if record.fields.get("field") not in (None, self.fields["field"]):
            return False
        return not self.words or any(word in record.fields["title"] for word in self.words)


def rows(copy: int = 1) -> list[DemoRow]:
    """The rows of one county, agency by agency and field by field; numbered within each field of an agency."""
    data = tomllib.loads((resources.files("gongkai.demo") / "data" / "catalogue.toml").read_text("utf-8"))
    known, numbers, made = groups(), dict[tuple[str, int], int](), []
    for row in data["row"]:
        for name in [name for one in row["agencies"] for name in known.get(one, [one])]:
            number = numbers[name, row["field"]] = numbers.get((name, row["field"]), 0) + 1
            agency = named(f"青禾县{name}", copy)
            fields = {
                "field": row["field"], "number": str(number), "place": number, "level1": row["level1"],
                "level2": row["level2"], "content": row["content"], "basis": row["basis"], "publisher": agency,
                "limit": row.get("limit", LIMIT), "channels": CHANNELS, "to_all": True, "to_group": row.get("group", ""),
                "county": row.get("county", True), "township": row.get("township", False), "months": row.get("months"),
            }  # fmt: skip
            made.append(DemoRow(agency, fields, frozenset(row.get("kinds", ())), tuple(row.get("words", ()))))
    return made
