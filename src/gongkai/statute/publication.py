"""The clocks of proactive disclosure: publishing, interpreting, consulting, hearing (Regulation art. 26; 国令713).

A catalogue row may set a shorter limit in words (公开时限); `parse_time_limit` reads them.
"""

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from gongkai.statute.calendar import Calendar, Result

PUBLISH_WORKING_DAYS: Final = 20
"""应当自该政府信息形成或者变更之日起20个工作日内及时公开 (art. 26 [V])."""

LimitKind = Literal["working_days", "at_once", "promptly", "standing"]

_SPACES: Final = re.compile(r"\s+")
_TRAILING: Final = "。；;，, "
_WORKING_DAYS: Final = re.compile(
    r"(?:自)?(?:该)?(?:政府)?(?:信息)?(?:形成|变更|形成(?:或者|或|、)?变更)之日起(?P<long>\d+)个工作日(?:之)?内(?:及时)?(?:予以)?(?:公开)?"
    r"|(?P<short>\d+)个工作日(?:之)?(?:内)?(?:予以)?(?:公开)?"
)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """公开时限 as a rule. `working_days` is None where the words carry no number."""

    kind: LimitKind
    working_days: int | None


def parse_time_limit(text: str) -> TimeLimit | None:
    """What a 公开时限 cell says, or None when it is not one of the known phrases (proactive-disclosure.md §7 [V]).

    Known: ``信息形成或者变更之日起20个工作日内予以公开``, ``3个工作日``, 实时公开, 及时公开, 长期公开.
    """
    plain = _SPACES.sub("", text).strip(_TRAILING)
    match = _WORKING_DAYS.fullmatch(plain)
    if match:
        return TimeLimit("working_days", int(match["long"] or match["short"]))
    return _phrases().get(plain)


def parse_period(text: str) -> int | None:
    """How often the words of a 公开时限 want the information renewed, in months; None where they do not say [P]."""
    plain = _SPACES.sub("", text)
    rows = _load("time_limits")["period"]
    return next((row["months"] for row in rows if any(word in plain for word in row["words"])), None)


def publish_by(
    formed_on: date,
    calendar: Calendar,
    changed_on: date | None = None,
    limit: TimeLimit | None = None,
    *,
    set_by_law: bool = False,
) -> Result:
    """The last day to publish: 20 working days from forming or change, whichever is later (art. 26 [V]).

    `limit` from a catalogue may shorten the period; only one `set_by_law` (法律、法规另有规定) may lengthen it.
    A corrected misprint is not a change [P]: leave `changed_on` empty for it.
    """
    days = PUBLISH_WORKING_DAYS
    if limit and limit.working_days is not None:
        days = limit.working_days if set_by_law else min(days, limit.working_days)
    return calendar.add_working_days(max(formed_on, changed_on or formed_on), days)


def renew_by(formed_on: date, months: int, calendar: Calendar, limit: TimeLimit | None = None) -> Result:
    """The last day to publish what comes after information of this day, where it is renewed every so many months [P]."""
    count = formed_on.year * 12 + formed_on.month - 1 + months
    year, month = divmod(count, 12)
    day = min(formed_on.day, monthrange(year, month + 1)[1])
    return publish_by(date(year, month + 1, day), calendar, limit=limit)


def is_overdue(due: date, published_on: date | None, today: date) -> bool:
    """Whether publication came, or is still missing, after the due day (art. 26)."""
    return (published_on or today) > due


def interpret_by(published_on: date, calendar: Calendar) -> Result:
    """The last day to publish the 解读材料: within 3 working days of the document (国办发〔2016〕80号 [V])."""
    return calendar.add_working_days(published_on, _rules()["interpretation"]["working_days"])


def consultation_length(first: date, last: date) -> int:
    """The length of a 公开征求意见 in calendar days, both ends counted (国令713 art. 15)."""
    return (last - first).days + 1


def consultation_until(first: date) -> date:
    """The earliest last day of a consultation of the regular length, 30 days (国令713 art. 15 [V])."""
    return first + timedelta(days=_rules()["consultation"]["days"] - 1)


def needs_shortened_reason(first: date, last: date) -> bool:
    """Whether the notice must explain why the consultation is shorter than 30 days (国令713 art. 15 [V])."""
    return last < consultation_until(first)


def hearing_materials_by(hearing_on: date) -> date:
    """The last day to hand out hearing materials: 7 days before the hearing (国令713 arts 16-17 [V])."""
    return hearing_on - timedelta(days=_rules()["hearing_materials"]["days"])


def hearing_announcements() -> tuple[str, ...]:
    """What is announced before a hearing: the participants and how they were chosen (国令713 arts 16-17 [V])."""
    return tuple(_rules()["hearing_notice"]["announce"])


@cache
def _phrases() -> dict[str, TimeLimit]:
    rows = _load("time_limits")["phrase"]
    return {row["text"]: TimeLimit(row["kind"], row.get("working_days")) for row in rows}


@cache
def _rules() -> dict[str, Any]:
    return _load("publication")


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "data" / f"{name}.toml").read_text("utf-8"))
