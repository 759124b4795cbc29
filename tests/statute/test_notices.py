"""The holiday files: what they hold, and what is refused."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from gongkai.statute.notices import (
    Holiday,
    NoticeError,
    in_force,
    package_notices,
    read_notices,
    statutory_holidays,
)

GOOD = """
year = 2027
[[notice]]
title = "t"
number = "国办发明电〔2026〕1号"
published = 2026-11-05
[[notice.holiday]]
name = "元旦"
first = {first}
last = {last}
work = [{work}]
"""


def text(first: str = "2027-01-01", last: str = "2027-01-03", work: str = "") -> str:
    return GOOD.format(first=first, last=last, work=work)


def test_one_file_a_year_and_amendments_as_later_versions() -> None:
    notices = package_notices()
    assert [notice.year for notice in notices] == [2019, 2019, 2020, 2020, 2021, 2022, 2023, 2024, 2025, 2026]
    published = {(notice.year, notice.published) for notice in notices}
    assert {(2019, date(2019, 3, 22)), (2020, date(2020, 1, 27)), (2026, date(2025, 11, 4))} <= published
    assert notices[1].title == "国务院办公厅关于调整2019年劳动节假期安排的通知"
    assert notices[1].number == "国办发明电〔2019〕3号"
    assert notices[-1].number is None


def test_an_amendment_replaces_only_the_holiday_it_names() -> None:
    notices = tuple(notice for notice in package_notices() if notice.year == 2019)
    before, after = in_force(notices, date(2019, 3, 21)), in_force(notices)
    changed = {key for key in after if before[key] != after[key]}
    assert changed == {(2019, "劳动节")}
    assert after[2019, "劳动节"].work == (date(2019, 4, 28), date(2019, 5, 5))
    assert in_force(tuple(reversed(notices))) == after


def test_as_of_includes_the_day_of_publication() -> None:
    notices = package_notices()
    assert (2019, "春节") not in in_force(notices, date(2018, 12, 5))
    assert (2019, "春节") in in_force(notices, date(2018, 12, 6))


def test_a_good_file_is_read() -> None:
    (notice,) = read_notices(text(first="2026-12-01", last="2026-12-02", work="2026-12-05"))
    assert notice.number == "国办发明电〔2026〕1号"
    assert notice.holidays == (Holiday("元旦", date(2026, 12, 1), date(2026, 12, 2), (date(2026, 12, 5),)),)
    assert list(notice.holidays[0].off_days()) == [date(2026, 12, 1), date(2026, 12, 2)]
    assert read_notices(text(last="2027-12-31"))


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (text(last="2026-12-31"), "2027.toml：2027年元旦的止日早于起日"),
        (text(first="2026-11-30"), "2027.toml：2027年元旦不在该年度内（上年12月的日期除外）"),
        (text(last="2028-01-01"), "2027.toml：2027年元旦不在该年度内（上年12月的日期除外）"),
        (text(work="2027-01-08"), "2027.toml：2027年元旦的调休上班日不是星期六或者星期日"),
        (text(work="2027-01-02"), "2027.toml：2027年元旦同一天既放假又上班"),
        (text(work="2027-01-03"), "2027.toml：2027年元旦同一天既放假又上班"),
        (text(first="2027-01-02", work="2027-01-02"), "2027.toml：2027年元旦同一天既放假又上班"),
        (
            text() + text().replace("year = 2027", "").replace("2026-11-05", "2026-11-04"),
            "2027.toml：通知没有按发布日期先后排列",
        ),
    ],
)
def test_a_contradictory_file_is_refused_by_name(bad: str, why: str) -> None:
    with pytest.raises(NoticeError) as refused:
        read_notices(bad, "2027.toml")
    assert str(refused.value) == why


@pytest.mark.parametrize("bad", ["year = ", "year = 2027", "year = 2027\nnotice = 3", "[[notice]]\ntitle = 'x'"])
def test_a_malformed_file_is_refused(bad: str) -> None:
    with pytest.raises(NoticeError, match=r"^x\.toml：节假日文件格式不对（"):
        read_notices(bad, "x.toml")


def test_a_friday_is_no_adjusted_working_day_and_a_saturday_is() -> None:
    assert read_notices(text(first="2027-01-01", last="2027-01-01", work="2027-01-02"))
    assert read_notices(text(first="2027-01-04", last="2027-01-05", work="2027-01-03"))


def test_notices_cannot_be_changed() -> None:
    for value, name in ((package_notices()[0], "year"), (package_notices()[0].holidays[0], "name")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)
        assert not hasattr(value, "__dict__")


def test_statutory_days_are_thirteen_a_year_and_say_they_are_from_memory() -> None:
    for year in range(2027, 2031):
        days = [day for holiday in statutory_holidays() for day in holiday.off_days() if day.year == year]
        assert len(days) == 13
        assert len(set(days)) in (12, 13)  # 中秋节 can fall into 国庆节
