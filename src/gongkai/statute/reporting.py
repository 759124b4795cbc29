"""What the law says of the annual report itself: edition, deadline, who must say what (Regulation arts 49, 50)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final, Literal

Level = Literal["province", "city", "county", "department", "township"]
Edition = Literal["2019", "2021"]

LEVELS: Final[tuple[Level, ...]] = ("province", "city", "county", "department", "township")

GOVERNMENT_LEVELS: Final[frozenset[Level]] = frozenset({"province", "city", "county"})
"""Levels whose report is the report of a government at county level or above, art. 49(2) [V]."""

SECTION_ONE_ASPECTS: Final = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
"""What section one covers, in this order: 国办公开办函〔2021〕30号 [V]."""

SUPERVISION_ITEMS: Final = ("工作考核", "社会评议", "责任追究结果")
"""What a government's report must add to 监督保障: art. 50(4) 工作考核、社会评议和责任追究结果情况 [V]."""


@dataclass(frozen=True, slots=True)
class SectionSixItem:
    """An item of 六、其他需要报告的事项; `mentions` are the words, all of which show that a text speaks of it."""

    key: str
    label: str
    mentions: tuple[str, ...]
    required: bool
    marker: str
    source: str


def edition_for(year: int) -> Edition | None:
    """The form a report on `year` uses: 国办公开办函〔2019〕60号 for 2019 and 2020, 〔2021〕30号 from 2021 [V].

    None before 2019: there was no nationwide form that can be mapped (annual-report-2019.md §6).
    """
    if year >= 2021:
        return "2021"
    return "2019" if year >= 2019 else None


def report_period(year: int) -> tuple[date, date]:
    """统计期限: 1 January to 31 December of the year reported on (annual-report-2021.md §6 [V])."""
    return date(year, 1, 1), date(year, 12, 31)


def report_deadline(level: Level, year: int) -> date:
    """The last day for the report on `year`, art. 49.

    Departments: 31 January of the following year, to submit and to publish [V]. Governments of county level and above:
    31 March [V]. Townships, which art. 49 does not name, file like departments [P]. “前” includes the day [P].
    The day is fixed: it does not move when it is a holiday (working-days.md §1); remind on
    `Calendar.on_or_before` of it.
    """
    return date(year + 1, 3, 31) if level in GOVERNMENT_LEVELS else date(year + 1, 1, 31)


def may_make_rules(level: Level) -> bool:
    """Whether 规章 may be more than 0: governments of provinces and cities (立法法) [D].

    A county, a township, or a department below a ministry cannot make them; a number there is an error.
    """
    return level in ("province", "city")


def supervision_items(level: Level) -> tuple[str, ...]:
    """The art. 50(4) items the report must contain: those of a government's report, none for the others [V].

    A township's report is filed like a department's (art. 49 does not name it), so nothing is demanded of it [P].
    """
    return SUPERVISION_ITEMS if level in GOVERNMENT_LEVELS else ()


@cache
def section_six_items() -> tuple[SectionSixItem, ...]:
    """The items of section six from ``data/reporting.toml``, in order; each carries its marker and source."""
    text = (resources.files(__package__) / "data" / "reporting.toml").read_text("utf-8")
    rows = tomllib.loads(text)["section_six"]
    return tuple(SectionSixItem(**{**row, "mentions": tuple(row["mentions"])}) for row in rows)


def required_section_six_items() -> tuple[SectionSixItem, ...]:
    """What section six may not leave out: the 信息处理费 collected in the year, also when it is none [V practice]."""
    return tuple(item for item in section_six_items() if item.required)
