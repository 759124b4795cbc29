"""Which reviews hold at an agency: its own choice, else that of the nearest above, else the site's."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from gongkai.agencies import actions, sheets
from gongkai.agencies.doer import SYSTEM, Refused
from gongkai.agencies.models import Agency, today
from gongkai.agencies.queries import review_of
from gongkai.audit.queries import about
from gongkai.disclosure.review import chains
from tests.county import agency, doer, signed_in

pytestmark = pytest.mark.usefixtures("county")


def chosen(name: str, review: str) -> None:
    actions.correct(doer("luo.ping"), agency(name), review_own=review)


def holding(*names: str) -> list[str]:
    return [agency(name).review for name in names]


def as_computed() -> bool:
    """Whether every row says what the tree says."""
    rows = {one.pk: one for one in Agency.objects.all()}

    def review(one: Agency) -> str:
        return one.review_own or (review(rows[one.parent_id]) if one.parent_id else "")

    return all(one.review == review(one) for one in rows.values())


def test_the_choices_are_the_chains_there_are() -> None:
    assert {key: label for key, label in Agency.Review.choices if key} == chains()


def test_a_choice_holds_for_all_below_that_chose_nothing_themselves() -> None:
    assert holding("人民政府", "教育局", "第一中学") == ["", "", ""]
    chosen("教育局", "two")
    assert holding("人民政府", "教育局", "第一中学", "水利局") == ["", "two", "two", ""]
    chosen("人民政府", "three")
    assert holding("人民政府", "教育局", "第一中学", "水利局") == ["three", "two", "two", "three"]
    chosen("教育局", "")
    assert holding("教育局", "第一中学") == ["three", "three"]
    assert as_computed()


def test_whoever_is_moved_founded_or_merged_below_follows() -> None:
    chosen("教育局", "two")
    actions.move(SYSTEM, agency("人民医院"), agency("教育局"))
    new = actions.found(SYSTEM, name="青禾县幼儿园", kind="public_body", level="county", parent=agency("教育局"))
    assert new.review == "two"
    assert holding("人民医院", "幼儿园") == ["two", "two"]
    own = actions.found(
        SYSTEM, name="青禾县技校", kind="public_body", level="county", parent=agency("教育局"), review_own="three"
    )
    assert own.review == "three"
    actions.merge(SYSTEM, agency("教育局"), agency("水利局"), on=today())
    assert holding("人民医院", "幼儿园", "技校") == ["", "", "three"]
    assert as_computed()


def test_who_may_correct_what_is_registered_chooses_and_the_log_says_it() -> None:
    with pytest.raises(Refused, match="您没有担任这样的岗位"):
        actions.correct(doer("zhou.qing"), agency("人民政府办公室"), review_own="two")
    with pytest.raises(Refused, match="不是有效选项"):
        chosen("教育局", "one")
    chosen("教育局", "two")
    entry = about(agency("教育局")).last()
    assert entry is not None
    assert (entry.verb, entry.details) == ("agencies.correct", {"review_own": ["", "two"]})


def test_the_screen_says_which_reviews_hold_and_who_chose_them(settings: Any) -> None:
    def told(name: str) -> str:
        page = signed_in("luo.ping").get(f"/office/agencies/{agency(name).pk}/").content.decode()
        return page.partition("<dt>审核层级</dt><dd>")[2].partition("</dd>")[0]

    assert told("第一中学") == "三级审核（按全站设置）"
    settings.REVIEW_CHAIN = "two"
    assert told("第一中学") == "二级审核（按全站设置）"
    client, school = signed_in("luo.ping"), agency("教育局")
    address = f"/office/agencies/{school.pk}/correct/"
    assert "按上级机关或者全站的设置" in client.get(address).content.decode()
    sent = {"kind": school.kind, "level": school.level, "order": school.order, "review_own": "three"}
    assert client.post(address, sent).status_code == 302
    assert told("教育局") == "三级审核（本机关选定）"
    assert told("第一中学") == "三级审核（随青禾县教育局）"
    assert review_of(agency("水利局")) == ("二级审核", None)


@pytest.mark.parametrize(
    ("cell", "review"), [("二级审核", "two"), ("", ""), ("按上级机关或者全站的设置", ""), ("三级审核", "three")]
)
def test_the_sheet_carries_the_choice(cell: str, review: str) -> None:
    chosen("水利局", "three")
    book = openpyxl.load_workbook(BytesIO(sheets.export(Agency.objects.all())))
    heads = [one.value for one in book.active[1]]
    row = next(one for one in book.active.iter_rows() if one[1].value == "青禾县水利局")
    assert row[heads.index("审核层级")].value == "三级审核"
    row[heads.index("审核层级")].value = cell
    out = BytesIO()
    book.save(out)
    sheets.apply(doer("luo.ping"), out.getvalue())
    assert agency("水利局").review_own == review


def test_a_sheet_without_the_column_or_with_another_word_changes_nothing() -> None:
    chosen("水利局", "two")

    def sheet(*more: tuple[str, str]) -> bytes:
        book = openpyxl.Workbook()
        book.active.append(["编号", "全称", "类别", "层级", "上级机关", *(head for head, _ in more)])
        row = [agency("水利局").pk, "青禾县水利局", "工作部门", "县级", "青禾县人民政府", *(cell for _, cell in more)]
        book.active.append(row)
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    sheets.apply(SYSTEM, sheet())
    assert agency("水利局").review == "two"
    (step,) = sheets.plan(sheet(("审核层级", "一级审核")))
    assert step.problems == ["“审核层级”一栏应为按上级机关或者全站的设置、三级审核、二级审核之一，现在是“一级审核”。"]
