from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from gongkai.search import actions, queries
from gongkai.search.backends import backend
from gongkai.search.entries import Entry
from gongkai.search.models import Item, Text
from tests.search.some_things import by_brute_force, everything, record

pytestmark = pytest.mark.django_db

COUNTY = [
    record(1, "关于提高城乡低保标准的通知", "各乡镇人民政府：自2026年7月1日起，城市低保标准提高到每月860元。", number="青政办发〔2026〕12号"),
    record(2, "青禾县征地补偿安置方案", "土地征收，补偿安置费用12.5万元。", index_no="11341702486344515H/202110-00013"),
    record(3, "Ｗｉ－Ｆｉ覆盖工程", "公共场所 Wi-Fi 免费上网，带宽 100 Mbps。\n公共\n服务"),
    record(4, "罕见字", "𠮷野家与㐂、䶮，𪚥姓"),
    record(5, "最低生活保障", "低保、特困"),
]  # fmt: skip


@pytest.fixture
def county() -> None:
    actions.put(COUNTY)


@pytest.mark.usefixtures("county")
def test_it_works() -> None:
    found = queries.find("低保")
    assert [hit.key for hit in found.hits] == ["1", "5"]
    assert (found.total, found.is_exact, found.next) == (2, True, "")
    assert next(piece for piece in found.hits[0].title if piece.marked).text == "低保"


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    "typed",
    [
        "低", "保", "低保", "低保标准", "征地补偿", "补偿安置", "。", "方案土地", "12.5", "125", "12", "2.5", "wi-fi", "WIFI", "wi fi", "mbps",
        "100Mbps", "100 mbps", "公共服务", "𠮷", "𠮷野", "𪚥", "𪚥姓", "㐂䶮", "低保 标准", "低保 -标准", "-低保", '"低保标准" 通知', '"100 mbps"',
        "低保、特困", "低保特困", "860元", "86", "不存在的词", "青政办发[2026]12号", "青政办发【2026】12号", "青政办发 ( 2026 ) 12 号",
        "青政办发（2026）12号", "11341702486344515h/202110-00013", "202110", "起，城市", "起城市", "",
    ],
)  # fmt: skip
def test_what_is_found_is_what_brute_force_finds(typed: str) -> None:
    assert everything(typed) == by_brute_force(typed, COUNTY)


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    "typed",
    ["青政办发〔2026〕12号", "青政办发[2026]12号", "青政办发【2026】12号", "青政办发 （2026） 12 号", "〔2026〕12号"],
)
def test_document_numbers_in_any_brackets(typed: str) -> None:
    assert [hit.key for hit in queries.find(typed).hits] == ["1"]


def test_initials_of_agencies() -> None:
    actions.put([Entry("agency", "7", "青禾县财政局"), record(8, "青禾县财政局通知", "x")])
    assert everything("qhxczj") == {"7"}
    assert everything("czj") == {"7"}
    assert everything("财政局") == {"7", "8"}


def test_a_number_comes_first_then_titles_then_texts_each_newest_first() -> None:
    actions.put(
        [
            record("old text", "甲", "乙 农机补贴", day=date(2010, 1, 1)),
            record("new text", "甲", "乙 农机补贴", day=date(2026, 1, 1)),
            record("title", "农机补贴办法", day=date(2020, 1, 1)),
            record("older title", "农机补贴细则", day=date(2019, 1, 1)),
            record("oldest title", "农机补贴规定", day=date(2001, 1, 1)),
            record("is", "农机补贴", day=date(1999, 1, 1)),
        ]
    )
    keys = [hit.key for hit in queries.find("农机补贴").hits]
    assert keys == ["is", "title", "older title", "new text", "oldest title", "old text"]
    newest = [hit.key for hit in queries.find("农机补贴", order="newest").hits]
    assert newest == ["new text", "title", "older title", "old text", "oldest title", "is"]
    assert [hit.key for hit in queries.find("农机补贴", order="oldest").hits] == newest[::-1]


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
def test_pages_by_key_are_the_whole_once(order: queries.Order) -> None:
    day = date(2026, 1, 1)
    titles = ["农机补贴", "农机补贴办法", "通知"]
    actions.put(
        record(n, titles[n % 3], "关于农机补贴的事项", day=day - timedelta(days=n % 7 * 365 * (n % 3)))
        for n in range(60)
    )
    one = [hit.key for hit in queries.find("农机补贴", order=order, limit=100).hits]
    assert len(one) == 60
    many: list[str] = []
    after = ""
    while True:
        found = queries.find("农机补贴", order=order, limit=7, after=after)
        many += [hit.key for hit in found.hits]
        assert found.total == 60
        after = found.next
        if not after:
            break
    assert many == one


def test_only_what_the_asker_may_see() -> None:
    actions.put(
        record(audience, "低保", "低保", audience=audience)
        for audience in ("public", "1/", "1/5/", "1/5/12/", "1/6/", "11/", "12", "123")
    )
    assert everything("低保", audience=["public"]) == {"public"}
    assert everything("低保", audience=["public", "1/5/"]) == {"public", "1/5/", "1/5/12/"}
    assert everything("低保", audience=["1/"]) == {"1/", "1/5/", "1/5/12/", "1/6/"}
    assert everything("低保", audience=["12"]) == {"12"}
    assert everything("低保", audience=[]) == set()
    assert queries.find("低保", audience=["1/5/"]).total == 2
    assert everything("", audience=["1/6/"]) == {"1/6/"}


def test_filters_dates_and_counts() -> None:
    actions.put(
        record(
            n, "通知", "低保", day=date(2020 + n % 5, 3, 1),
            facets={"agency": str(n % 3), "theme": [f"t{n % 2}", f"u{n % 4}"]},
        )
        for n in range(40)
    )  # fmt: skip
    assert everything("低保", filters={"agency": "1"}) == {str(n) for n in range(40) if n % 3 == 1}
    assert everything("低保", filters={"agency": ["1", "2"], "theme": "u3"}) == {
        str(n) for n in range(40) if n % 3 and n % 4 == 3
    }
    assert everything("低保", filters={"agency": "9"}) == set()
    assert everything("低保", filters={"year": "2022", "kind": "record"}) == {str(n) for n in range(40) if n % 5 == 2}
    assert everything("低保", since=date(2021, 3, 1), until=date(2022, 12, 31)) == {
        str(n) for n in range(40) if n % 5 in (1, 2)
    }
    assert everything("低保", since=date(2021, 3, 2), until=date(2022, 2, 28)) == set()
    found = queries.find("低保", count=["agency", "theme", "nothing"], limit=3)
    assert found.total == 40 and len(found.hits) == 3
    assert found.facets["agency"] == {"0": 14, "1": 13, "2": 13}
    assert found.facets["theme"]["t0"] == 20 and found.facets["nothing"] == {}


def test_more_than_are_counted() -> None:
    actions.put(record(n, "通知", "低保") for n in range(queries.COUNTED + 1))
    found = queries.find("低保")
    assert found.total == queries.COUNTED and not found.is_exact
    assert len(everything("低保")) == queries.COUNTED + 1


def test_putting_again_changes_nothing_and_putting_anew_changes_everything() -> None:
    assert actions.put([record(1, "低保", "旧文")]) == 1
    assert actions.put([record(1, "低保", "旧文")]) == 0
    assert actions.put([record(1, "特困", "新文", day=date(2025, 1, 1), audience="1/")]) == 1
    assert Item.objects.count() == Text.objects.count() == 1
    assert everything("低保", audience=["public", "1/"]) == everything("旧文", audience=["public", "1/"]) == set()
    assert everything("新文", audience=["1/"]) == {"1"}
    assert actions.drop("record", ["1", "2"]) == 1
    assert everything("新文", audience=["1/"]) == everything("") == set()
    assert Text.objects.count() == 0
    _index_is_sound()


def test_the_last_of_two_in_one_go_counts() -> None:
    actions.put([record(1, "低保"), record(1, "特困")])
    assert everything("低保") == set() and everything("特困") == {"1"}
    _index_is_sound()


def test_rebuild() -> None:
    actions.put([record(1, "低保"), Entry("agency", "1", "民政局")])
    assert actions.rebuild() == 2
    assert everything("低保") == {"1"} and everything("民政") == {"1"} and everything("mzj") == {"1"}
    assert actions.rebuild([record(2, "特困")], kinds=["record"]) == 2
    assert everything("低保") == set() and everything("特困") == {"2"} and everything("民政") == {"1"}
    assert actions.rebuild([]) == 0
    assert everything("") == set()
    _index_is_sound()


def test_a_long_text_is_one_thing_and_found_exactly_once() -> None:
    line = "关于进一步做好城乡居民基本养老保险工作的通知，"
    body = line * 2000 + "甲乙丙丁末尾" + "的" * 70000 + "收官"
    actions.put([record(1, "长文", body), record(2, "短文", "末尾的事")])
    assert everything("甲乙丙丁末尾的的") == {"1"}
    assert everything("的收官") == {"1"}
    assert everything("末尾的") == {"1", "2"}
    assert everything("养老 收官") == {"1"}
    assert "收官" in [piece.text for piece in queries.find("收官").hits[0].snippet if piece.marked]


def test_a_full_day_lends_from_the_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.search import places
    from gongkai.search.backends import sqlite

    monkeypatch.setattr(sqlite, "SLOTS", 4)
    monkeypatch.setattr(places, "SLOTS", 4)
    actions.put(record(n, "低保") for n in range(11))
    actions.put(record(n, "低保", day=None) for n in range(11, 22))
    assert len(everything("低保")) == 22
    if connection.vendor == "sqlite":
        assert Item.objects.values("place").distinct().count() == 22


def test_many_common_and_rare_ones_cross_every_step_of_the_walk() -> None:
    """PostgreSQL looks at the newest first and asks the index later: nothing may be lost or doubled at the seam."""
    day = date(2026, 1, 1)
    actions.put(
        record(
            n, "补贴" if n % 11 == 0 else "通知", "常见" + ("稀有" if n % 97 == 0 else "") + ("半数" if n > 700 else ""),
            day=day - timedelta(days=n),
        )
        for n in range(1500)
    )  # fmt: skip
    assert everything("稀有") == {str(n) for n in range(0, 1500, 97)}
    assert everything("常见") == {str(n) for n in range(1500)}
    assert everything("半数") == {str(n) for n in range(701, 1500)}
    assert everything("补贴") == {str(n) for n in range(0, 1500, 11)}
    assert everything("补贴", order="oldest") == {str(n) for n in range(0, 1500, 11)}
    assert queries.find("稀有").total == len(range(0, 1500, 97))


def _index_is_sound() -> None:
    """On SQLite the index beside the table holds what it should and nothing else."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('integrity-check')")
        actions.drop("record", Item.objects.filter(kind="record").values_list("key", flat=True))
        actions.drop("agency", Item.objects.filter(kind="agency").values_list("key", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search_index, row)")
            cursor.execute("SELECT count(*) FROM temp.vocabulary")
            assert cursor.fetchone() == (0,), "nothing is left of what was dropped"
            cursor.execute("DROP TABLE temp.vocabulary")
    assert backend() is not None
