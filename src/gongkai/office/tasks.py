"""What must I do today, and by when: the queue of the first screen. Each app adds its own source when it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from gongkai.agencies.models import today
from gongkai.agencies.policy import Policy
from gongkai.statute.calendar import default_calendar

Lamp = Literal["overdue", "within_2", "within_5", "normal", "none"]

LAMPS: Final[dict[Lamp, str]] = {
    "overdue": "已逾期",
    "within_2": "2个工作日内",
    "within_5": "5个工作日内",
    "normal": "正常",
    "none": "没有期限",
}
"""The lamps in words, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do. `due` is the last day, or None; `url` is where it is done."""

    title: str
    url: str
    agency: str
    due: date | None = None
    note: str = ""

    @property
    def days_left(self) -> int | None:
        """Working days from today to the due day, that day included; negative when it is past."""
        if self.due is None:
            return None
        calendar, day = default_calendar(), today()
        if self.due < day:
            return -max(1, calendar.working_days_between(self.due, day))
        return calendar.working_days_between(day, self.due)

    @property
    def lamp(self) -> Lamp:
        """How pressing it is."""
        left = self.days_left
        if left is None or self.due is None:
            return "none"
        if left < 0:
            return "overdue"
        if left <= 2:
            return "within_2"
        return "within_5" if left <= 5 else "normal"

    @property
    def lamp_label(self) -> str:
        """The lamp in words, with the days."""
        left = self.days_left
        if left is None:
            return LAMPS["none"]
        if left < 0:
            return f"逾期 {-left} 个工作日"
        return "今天到期" if self.due == today() else f"还有 {left} 个工作日"


Source = Callable[[Policy], Iterable[Task]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of task: its heading on the first screen, what it says when empty, and where its tasks come from."""

    key: str
    heading: str
    empty: str
    source: Source


KINDS: Final[dict[str, Kind]] = {}
"""Every kind by key, in the order of the first screen."""


def register(kind: Kind) -> None:
    """Add a kind of task."""
    KINDS[kind.key] = kind


def queue(policy: Policy) -> list[tuple[Kind, list[Task]]]:
    """Everything this person must do, by kind, the most pressing first."""
    far = date.max - timedelta(days=1)
    found = ((kind, sorted(kind.source(policy), key=lambda task: task.due or far)) for kind in KINDS.values())
    return [(kind, tasks) for kind, tasks in found]
