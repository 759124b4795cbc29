"""For whom and for which year a number in prose is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gongkai.annual_report.levels import guess_level, is_government
from gongkai.annual_report.report import Report
from gongkai.statute.reporting import Level

Scope = Literal["own", "open", "part", "other"]
"""own: the reporting body; open: nothing said, or said loosely; part: a part of it; other: another body or area."""

_AREA = re.compile(r"(?:全|我|本)(?P<kind>省|市|县|区|州|旗|镇|乡|街道|街)(?!级|直|本级|公安|政府办|人民政府办)")
_OWN = re.compile(
    r"我局|本局|我委|本委|我厅|本厅|我办|本办|我处|我中心|本机关|本单位|我单位|本行政机关|我院|我校|我会|我队|全局|全委"
)
_PART = re.compile(
    r"本级|(?:[省市县区州旗])直|市级|县级|区级|省级|(?:政府|府)办(?:公室|公厅)?|各?部门|镇街|乡镇|各[镇乡县区市]|街道办|"
    r"[^，。；：、全我本]{2,8}(?:局|委员会|管委会|[镇乡县区]|街道)(?:政府|人民政府)?(?=[^，。；]{0,12}$)"
)
_SUBORDINATE = re.compile(r"下属|所属|局属|直属|二级单位|二级机构|下辖")
_YEAR = re.compile(
    r"(?P<year>20\d\d)年|(?P<last>去年|上一?年(?:度)?(?!度?结转|结转|度?遗留|遗留)|上年同期|同期|往年|历年|以前年度|前年)|(?P<this>今年|本年|当年|全年)"
)
_SINCE = re.compile(
    r"以来|历年|近[两二三四五六七八九十]年|[\d三五]年来|成立至今|[\d〇一二三四五六七八九]{4}年至今|累计至"
)


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of the reporting body: its level, whether it is a government, and its kind of area (县, 市 …)."""

    level: Level | None
    government: bool
    area: str
    names: tuple[str, ...]


def body_of(report: Report, level: Level | None = None) -> Body:
    """The reporting body of a report."""
    agency = re.sub(r"[（(].*?[）)]", "", report.agency or "")
    place = re.sub(r"(?:人民政府|政府|办事处)$", "", agency)
    known = level or guess_level(report.agency)
    area = place[-1:] if is_government(report.agency, known) or known == "township" else ""
    names = tuple(n for n in (agency, report.agency_printed, place if len(place) >= 3 else "") if n)
    return Body(known, is_government(report.agency, known), "街道" if place.endswith("街道") else area, names)


def scope_of(left: str, body: Body) -> Scope:
    """Whose number it is, from the part of the sentence before it."""
    left = left.rsplit("；", 1)[-1]
    if _SUBORDINATE.search(left):
        return "part"
    if _OWN.search(left) or any(name in left for name in body.names):
        return "own" if not body.government or not _PART.search(left) else "part"
    areas = [m["kind"] for m in _AREA.finditer(left)]
    if areas:
        same = areas[-1] == body.area or (areas[-1] == "街" and body.area == "街道")
        return "own" if same else "other"
    if body.government and _PART.search(left):
        return "part"
    return "open"


def year_of(left: str, year: int | None) -> int | None:
    """The year a number is said for; `year` (the report's) where nothing else is said, None for another or many."""
    if _SINCE.search(left):
        return None
    last = next(reversed(list(_YEAR.finditer(left))), None)
    if last is None or last["this"]:
        return year
    return int(last["year"]) if last["year"] else None
