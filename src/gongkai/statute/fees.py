"""The information-processing fee (信息处理费): Regulation art. 42 and 国办函〔2020〕109号, “the fee rules”.

Charging is optional and only for what is clearly beyond reason. An agency prices each application per piece (按件) or
per page (按量), never both; both are progressive by excess (超额累进). Amounts are whole yuan; rates are data.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from gongkai.statute.calendar import Calendar, Result

Mode = Literal["per_piece", "per_page"]


@dataclass(frozen=True, slots=True)
class Bracket:
    """One step of a charge: numbers `first` to `last` at `rate` yuan each."""

    first: int
    last: int
    rate: int

    @property
    def amount(self) -> int:
        return (self.last - self.first + 1) * self.rate


@dataclass(frozen=True, slots=True)
class Charge:
    """What one application costs, and how that comes about. It has one mode, so the two can never be combined."""

    mode: Mode
    unit: str
    brackets: tuple[Bracket, ...]

    @property
    def amount(self) -> int:
        return sum(bracket.amount for bracket in self.brackets)

    def explain(self) -> str:
        """The sum as a notice states it: ``第11—30件：20件×100元=2000元``, a line for each step."""
        return "\n".join(_line(bracket, self.unit) for bracket in self.brackets)


def per_piece(first: int, last: int | None = None) -> Charge:
    """The charge for the `first` to `last` application of one applicant in one calendar month (fee rules art. 4 [V]).

    Ten are free, 11-30 cost 100 yuan each, and from 31 every further ten cost 100 yuan more each.
    """
    return _charge("per_piece", first, first if last is None else last)


def per_page(pages: int) -> Charge:
    """The charge for `pages` pages of one application, not added up over applications (fee rules art. 5 [V]).

    Thirty are free, 31-100 cost 10 yuan each, 101-200 cost 20, and more cost 40. One side of A4 is a page [M].
    """
    return _charge("per_page", 1, pages)


def may_charge_per_page(form: str) -> bool:
    """Whether a form of delivery (`paper`, `email`, `copied_data`) may be priced per page (fee rules art. 5 [V])."""
    return form in _rules()["per_page"]["forms"]


def piece_number(received_on: date, earlier: Iterable[date]) -> int:
    """Which application of its calendar month (自然月) this is, given the same applicant's earlier ones (art. 4 [V]).

    `earlier` holds one date for each piece received before this one; other months do not count.
    """
    month = (received_on.year, received_on.month)
    return 1 + sum((day.year, day.month) == month for day in earlier)


def notice_elements() -> tuple[str, ...]:
    """What a 收费通知 must state: 依据、标准、数额、缴纳方式 (fee rules [V])."""
    return tuple(_rules()["notice"]["elements"])


def payment_due(notice_received_on: date, calendar: Calendar) -> Result:
    """The last day to pay: 20 working days from the day after the notice was received (fee rules [V]).

    Unpaid by then the application counts as given up (视为放弃申请): disposition `other_fee_lapsed`.
    """
    return calendar.add_working_days(notice_received_on, _rules()["payment_working_days"])


def is_lapsed(notice_received_on: date, paid_on: date | None, today: date, calendar: Calendar) -> bool:
    """Whether the payment period has passed without payment (fee rules [V]); the last day still counts."""
    return (paid_on or today) > payment_due(notice_received_on, calendar).date


def clock_base_after_payment(paid_on: date) -> date:
    """The day the answer period is counted from anew: it runs from the day after full payment (fee rules [M])."""
    return paid_on


def effective_on() -> date:
    """The day from which the fee rules apply [M]."""
    day: date = _rules()["effective"]["on"]
    return day


def rules_title() -> tuple[str, str]:
    """Name and number of the fee rules, to cite as 收费依据."""
    rules = _rules()
    return rules["title"], rules["number"]


def _charge(mode: Mode, first: int, last: int) -> Charge:
    if first < 1 or last < first - 1:
        raise ValueError("a charge needs numbers from 1 up")
    rule = _rules()[mode]
    cut = (
        Bracket(max(step.first, first), min(step.last, last), step.rate)
        for step in _steps(rule, last)
        if step.last >= first
    )
    return Charge(mode, rule["unit"], tuple(cut))


def _steps(rule: dict[str, Any], last: int) -> Iterator[Bracket]:
    """The steps of a tariff from 1 up to the one that holds `last`."""
    start = 1
    for row in rule["brackets"]:
        if start > last:
            return
        yield Bracket(start, row["upto"], row["rate"])
        start = row["upto"] + 1
    if "rest" in rule and start <= last:
        yield Bracket(start, last, rule["rest"]["rate"])
        return
    rate = rule["brackets"][-1]["rate"]
    while start <= last:
        rate += rule["further"]["raise"]
        yield Bracket(start, start + rule["further"]["size"] - 1, rate)
        start += rule["further"]["size"]


def _line(bracket: Bracket, unit: str) -> str:
    count = bracket.last - bracket.first + 1
    span = str(bracket.first) if count == 1 else f"{bracket.first}—{bracket.last}"
    if not bracket.rate:
        return f"第{span}{unit}：不收费"
    return f"第{span}{unit}：{count}{unit}×{bracket.rate}元={bracket.amount}元"


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "data" / "fees.toml").read_text("utf-8"))
