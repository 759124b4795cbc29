"""The validity (有效性) of normative documents: 有效, 已修改, 废止, 失效 (proactive-disclosure.md §4, §8)."""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

Validity = Literal["valid", "amended", "repealed", "expired"]

LABELS: Final[dict[Validity, str]] = {"valid": "有效", "amended": "已修改", "repealed": "废止", "expired": "失效"}


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates that decide the validity of a document. `repealed_on` is the first day it no longer holds,
    `expires_on` the last day it does."""

    amended_on: date | None = None
    repealed_on: date | None = None
    expires_on: date | None = None


def validity_on(day: date, dates: Dates) -> Validity:
    """What a document is on `day`. The first of repeal and expiry decides; an amended one stays in force."""
    repealed = dates.repealed_on is not None and dates.repealed_on <= day
    expired = dates.expires_on is not None and dates.expires_on < day
    if repealed and expired and dates.repealed_on and dates.expires_on:
        return "repealed" if dates.repealed_on <= dates.expires_on else "expired"
    if repealed:
        return "repealed"
    if expired:
        return "expired"
    return "amended" if dates.amended_on is not None and dates.amended_on <= day else "valid"


def is_in_force(day: date, dates: Dates) -> bool:
    """Whether the document counts as 现行有效 on `day`: valid or amended."""
    return validity_on(day, dates) in ("valid", "amended")


def expires_on(effective_on: date, *, trial: bool = False) -> date:
    """The last day of the usual term: 5 years, 2 for 试行 and 暂行 [M]; provinces set their own in data.

    In force from 1 March it ends on 28 February; from 29 February it ends on the last day of that month [P].
    """
    rule = _rules()
    years: int = rule["trial_years"] if trial else rule["years"]
    anniversary = _shift_months(effective_on, 12 * years)
    return anniversary if anniversary.day < effective_on.day else anniversary - timedelta(days=1)


def remind_on(expiry: date) -> date:
    """When to remind that a document will expire: 6 months before [M]."""
    return _shift_months(expiry, -int(_rules()["reminder_months"]))


def _shift_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def _rules() -> dict[str, Any]:
    text = (resources.files(__package__) / "data" / "publication.toml").read_text("utf-8")
    rules: dict[str, Any] = tomllib.loads(text)["validity"]
    return rules
