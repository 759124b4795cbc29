"""The fictional county's agencies and staff, as plain data. `scale` repeats them with numbered names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongkai.statute.identifiers import credit_code_check_digit


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """An agency of the county; `parent` by name."""

    name: str
    short_name: str
    kind: str
    level: str
    parent: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A member of staff and the posts held at one agency."""

    username: str
    full_name: str
    agency: str
    posts: tuple[str, ...]
    is_part_time: bool


def agencies(scale: int = 1) -> list[DemoAgency]:
    """The county's agencies, parents first; from the second copy on with a numeral in the county's name."""
    return [agency for copy in range(1, scale + 1) for agency in _copy(copy)]


def staff(scale: int = 1) -> list[DemoPerson]:
    """The county's staff; the copies have numbered accounts."""
    people = []
    for copy in range(1, scale + 1):
        mark = "" if copy == 1 else str(copy)
        people += [
            DemoPerson(username + mark, name, _named(agency, copy), tuple(posts), part_time)
            for username, name, agency, posts, part_time in _data()["staff"]
        ]
    return people


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("gongkai.demo") / "data" / "agencies.toml").read_text("utf-8"))


def _named(name: str, copy: int) -> str:
    return name if copy == 1 else name.replace("青禾县", f"青禾{copy}县", 1)


def _copy(copy: int) -> list[DemoAgency]:
    data = _data()
    government, office = data["government"], data["office"]
    top = government["name"]
    rows: list[tuple[str, str, str, str, str, str, dict[str, Any]]] = [
        (top, government["short"], "government", "county", "", government["street"],
         {"site_code": government["site_code"] if copy == 1 else "", "makes_normative_documents": True}),
        (office["name"], office["short"], "office", "county", top, office["street"],
         {"is_competent": True, "makes_normative_documents": True}),
    ]  # fmt: skip
    rows += [
        (n, s, "department", "county", top, street, {"makes_normative_documents": True})
        for n, s, street in data["departments"]
    ]
    rows += [
        (n, s, kind, "township", top, f"{s}中心街1号", {"makes_normative_documents": True})
        for n, s, kind in data["townships"]
    ]
    rows += [(n, s, "public_body", "county", parent, street, {}) for n, s, parent, street in data["public_bodies"]]
    return [_agency(copy, number, *row) for number, row in enumerate(rows, 1)]


def _agency(
    copy: int, number: int, name: str, short: str, kind: str, level: str, parent: str, street: str, more: dict[str, Any]
) -> DemoAgency:
    data = _data()
    seventeen = f"11{data['division']}{copy:04d}{number:05d}"
    mark = "" if copy == 1 else str(copy)
    fields = {
        "credit_code": seventeen + (credit_code_check_digit(seventeen) or ""),
        "division_code": data["division"],
        "ogi_office": f"{short}办公室" if kind not in ("government", "office") else "县政府办公室政务公开股",
        "address": f"{_named('青禾县', copy)}{street}",
        "postcode": "990100",
        "phone": f"{data['area_code']}-555{copy % 10}{number:03d}",
        "fax": f"{data['area_code']}-556{copy % 10}{number:03d}",
        "email": f"xxgk{number:03d}@qinghe{mark}.example",
        "office_hours": "工作日 8:30—12:00，14:00—17:30",
        "order": number * 10,
    }
    return DemoAgency(_named(name, copy), short + mark, kind, level, _named(parent, copy), fields | more)
