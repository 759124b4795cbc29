"""The county's normative documents, what became of them, and how they are interpreted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, Final

from gongkai.demo.parts import chinese, county, file_of, given_of, later, load, published, vocabulary, workday
from gongkai.demo.record import CHINA, DemoFile, DemoRecord, Revision, copied, named
from gongkai.demo.wording import Words, markup


def documents(today: date, copy: int) -> Iterator[DemoRecord]:
    """Each document with its interpretation; decisions that amend; one that repeals. All dates go back from `today`."""
    data = load("normative")
    repealed: list[DemoRecord] = []
    for number, row in enumerate(data["document"], 1):
        document, interpretation, *amendment = _document(data, row, number, today, copy)
        if row["fate"] == "repealed":
            repealed.append(document)
        else:
            yield document
        yield from (interpretation, *amendment)
    yield from _repeal(_months_before(today, _REPEALED_BEFORE), repealed, copy)


_REPEALED_BEFORE: Final = 8
"""How many months ago what was outdated was repealed."""


def _months_before(day: date, months: int) -> date:
    """The first of the month so many months before."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _formed(row: Mapping[str, Any], number: int, today: date, rng: Random) -> date:
    month = 2 + number % 5 if row["fate"] == "expired" or row["ago"] == 0 else 2 + number % 10
    first = _months_before(today, 12 * row["ago"] + 12 - month)
    return workday(first.replace(day=rng.randint(1, 26)))


def _document(data: Mapping[str, Any], row: Mapping[str, Any], number: int, today: date, copy: int) -> list[DemoRecord]:
    rng = Random(f"document/{row['subject']}/{copy}")  # noqa: S311
    formed = _formed(row, number, today, rng)
    at = published(formed, rng, quick=False)
    effective = at.date() if "from" in row else _next_month(at.date())
    trial = "试行" in row["form"]
    term = f"，有效期{'二' if trial else '五'}年"
    in_force = row.get("from", chinese(effective))
    name = f"青禾县{row['subject']}{row['form']}"
    bare = row["form"].removesuffix("（试行）")
    given = given_of(row["agency"], formed, number, {"subject": row["subject"], "form": bare}) | {
        "in_force": in_force, "term": term, "measure": row["measure"],
    }  # fmt: skip
    words = Words(rng, vocabulary(row["agency"]), given)
    rows = words.rows(data["table"])
    text = words.fill(data["articles"])
    base = {
        "theme": row["theme"], "item": "A20_01", "issuing_body": f"青禾县{row['agency']}",
        "source": f"青禾县{row['agency']}", "attribute": "proactive", "formed_on": formed,
    }  # fmt: skip
    fields = base | {
        "title": f"青禾县{row['agency']}关于印发《{name}》的通知",
        "abstract": f"规范{row['subject']}的职责、条件、程序和监督，自{in_force}起施行{term}。",
        "body": markup(text, rows), "genre": "通知", "column": "normative", "keywords": f"{row['subject']},{bare}",
        "document_no": "*", "is_normative": True, "needs_interpretation": True, "effective_on": effective,
        "expires_on": _expiry(effective, trial),
    }  # fmt: skip
    agency = named(f"青禾县{row['agency']}", copy)
    key = f"document/{number}"
    files = (file_of("docx", name, text, rows, copy), file_of("pdf", name, text, rows, copy))
    document = DemoRecord(key, "document", agency, copied(fields, copy), at, files=files)
    explained = markup(words.fill(data["interpretation"]), None)
    told = base | {
        "title": f"《{name}》政策解读", "genre": "解读", "column": "interpretation", "keywords": f"{row['subject']},政策解读",
        "abstract": f"解读{name}的背景依据、主要内容、适用范围和新旧差异。", "body": explained,
        "particulars": {
            "form": "图表图解" if row.get("chart") else "文字", "institution": f"青禾县{row['agency']}",
            "interpreter": words.fill("{surname}某某"), "contact": county()[row["agency"]].fields["phone"],
            "elements": ["背景依据", "目标任务", "主要内容", "涉及范围"],
        },
    }  # fmt: skip
    days = rng.randint(0, 2) if rng.randrange(3) else 0
    told_at = datetime.combine(later(at.date(), days) if days else at.date(), at.timetz()) + timedelta(minutes=20)
    interpretation = DemoRecord(
        f"{key}/interpretation", "interpretation", agency, copied(told, copy), told_at, links=(("interprets", key),),
        files=(_chart(name, row["measure"], rows, copy),) if row.get("chart") else (),
    )  # fmt: skip
    if row["fate"] == "amended":
        return [*_amended(document, interpretation, name, row, base, copy)]
    return [document, interpretation]


def _chart(name: str, measure: str, rows: list[list[str]], copy: int) -> DemoFile:
    """The way of an application, drawn: each step with who takes it and how long it takes."""
    title = named(f"一图读懂《{name}》", copy)
    return DemoFile(f"{title}.pdf", "pdf", (title, measure), tuple(tuple(row) for row in rows[1:]), look="chart")


@cache
def _expiry(effective: date, trial: bool) -> date:
    from gongkai.statute.validity import expires_on

    return expires_on(effective, trial=trial)


def _amended(
    document: DemoRecord,
    interpretation: DemoRecord,
    name: str,
    row: Mapping[str, Any],
    base: Mapping[str, Any],
    copy: int,
) -> tuple[DemoRecord, DemoRecord, DemoRecord]:
    formed = workday(document.formed_on + timedelta(days=400))
    at = datetime.combine(later(formed, 3), time(10), CHINA)
    effective = _next_month(at.date())
    text = f"一、将第六条中的办理时限缩短两个工作日。\n二、第十条增加一款：本决定自{chinese(effective)}起施行。\n《{name}》根据本决定修改后重新公布。"
    fields = dict(base) | {
        "title": f"青禾县{row['agency']}关于修改《{name}》的决定", "genre": "决定", "column": "normative", "document_no": "*",
        "abstract": f"修改{name}第六条、第十条。", "body": markup(text, None), "formed_on": formed, "is_normative": True,
        "effective_on": effective, "no_interpretation_reason": "只缩短办理时限，内容简明",
    }  # fmt: skip
    amendment = DemoRecord(
        f"{document.key}/amendment", "amendment", document.agency, copied(fields, copy), at,
        links=(("amends", document.key),),
    )  # fmt: skip
    changes = {"amended_on": effective, "changed_on": formed}
    note = f"已根据{chinese(formed)}的修改决定标注：自{chinese(effective)}起修改。"
    amended = replace(document, revisions=(Revision(at + timedelta(minutes=30), changes, note),))
    return amended, interpretation, amendment


def _repeal(month: date, documents: list[DemoRecord], copy: int) -> Iterator[DemoRecord]:
    year, formed = month.year, workday(month.replace(day=10))
    at = datetime.combine(later(formed, 4), time(9, 30), CHINA)
    repealed = _next_month(at.date())
    names = "\n".join(f"{n}.{one.fields['title']}" for n, one in enumerate(documents, 1))
    text = f"经清理，决定废止下列行政规范性文件：\n{names}\n本决定自{chinese(repealed)}起施行。"
    fields = {
        "title": f"青禾县人民政府关于废止部分行政规范性文件的决定（{year}年）", "genre": "决定", "column": "normative",
        "document_no": "*", "abstract": f"废止{len(documents)}件行政规范性文件。", "theme": "综合政务\\文秘工作", "item": "A20_01",
        "issuing_body": "青禾县人民政府", "source": "青禾县人民政府", "attribute": "proactive", "formed_on": formed,
        "body": markup(text, None), "is_normative": True, "effective_on": repealed,
        "no_interpretation_reason": "只列废止文件目录，不需要解读",
    }  # fmt: skip
    key = f"repeal/{year}"
    links = tuple(("repeals", one.key) for one in documents)
    yield DemoRecord(key, "repeal", named("青禾县人民政府", copy), copied(fields, copy), at, links=links)
    note = f"标注：本文件自{chinese(repealed)}起废止。"
    for one in documents:
        changes = {"repealed_on": repealed, "changed_on": formed}
        yield replace(one, revisions=(Revision(at + timedelta(minutes=40), changes, note),))
