"""The fictional county's records of government information over three years, as plain data: the same every time.

`data/records/*.toml` holds kinds of records (where, which item, how many a year, the words) and normative documents with
what became of them. `records` is the history up to a day; what is unfinished on that day is dated from it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from importlib import resources
from random import Random
from typing import Any, Final

from gongkai.demo.agencies import DemoAgency, agencies
from gongkai.demo.wording import Words, markup, plain
from gongkai.statute.calendar import default_calendar

YEARS: Final = (2024, 2025, 2026)
CHINA: Final = timezone(timedelta(hours=8))
PARTS: Final = ("government", "economy", "enforcement", "welfare", "land")

_LATE_ONE_IN = 40
_HALVES = ("上半年", "1—11月")


@dataclass(frozen=True, slots=True)
class DemoFile:
    """An attachment, still to be made: a kind of file and its lines or rows."""

    name: str
    kind: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()

    def content(self) -> bytes:
        """The bytes, the same every time."""
        from gongkai.demo import attachments

        match self.kind:
            case "xlsx":
                return attachments.xlsx([list(row) for row in self.rows])
            case "docx":
                return attachments.docx(list(self.lines))
            case _:
                return attachments.pdf(list(self.lines))


@dataclass(frozen=True, slots=True)
class Revision:
    """A reviewed change after the publication: when, which fields, what the public is told."""

    at: datetime
    fields: Mapping[str, Any]
    erratum: str


@dataclass(frozen=True, slots=True)
class DemoRecord:
    """A record and its fate. `state` is what its file comes to: published, forced (not yet approved), ratified,
    withdrawn, imported; or draft, discarded, returned, approved, scheduled, unscheduled, or in_review with the `step` whose
    turn it is."""

    key: str
    kind: str
    agency: str
    fields: Mapping[str, Any]
    published: datetime | None
    state: str = "published"
    step: str = ""
    note: str = ""
    revisions: tuple[Revision, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    files: tuple[DemoFile, ...] = ()

    @property
    def formed_on(self) -> date:
        """成文日期."""
        formed: date = self.fields["formed_on"]
        return formed


def records(today: date, copy: int = 1) -> list[DemoRecord]:
    """One county's records before `today`, the oldest first; from the second copy on the county has a numeral."""
    made = [*_kinds(copy), *_documents(copy)]
    made = [_up_to(one, today) for one in made if one.published and one.published.date() < today]
    known = {one.key for one in made}
    made = [replace(one, links=tuple(link for link in one.links if link[1] in known)) for one in made]
    made = _with_fates(_consulted(made), copy)
    made.sort(key=lambda one: (one.published or datetime.max.replace(tzinfo=CHINA), one.key))
    return _numbered([*made, *_unfinished(today, copy)])


def _consulted(made: list[DemoRecord]) -> list[DemoRecord]:
    """Consultations tied to the document that came of them, and to what became of the opinions."""
    documents = [one for one in made if one.kind == "document"]
    feedback = [one for one in made if one.kind == "feedback"]
    return [
        one if one.kind != "consultation" else replace(one, links=_led_to(one, documents, feedback)) for one in made
    ]


def _led_to(
    consultation: DemoRecord, documents: list[DemoRecord], feedback: list[DemoRecord]
) -> tuple[tuple[str, str], ...]:
    subject = consultation.fields["title"].partition("《")[2].partition("管理办法")[0]
    of_subject = subject.partition("县")[2]
    made = [("consults", one.key) for one in documents
            if f"《{subject}" in one.fields["title"] and one.formed_on > consultation.formed_on]  # fmt: skip
    told = [("related", one.key) for one in feedback
            if of_subject in one.fields["title"] and one.formed_on.year == consultation.formed_on.year]  # fmt: skip
    return (*made[:1], *told[:1])


# ------------------------------------------------------------------------------------------------------------ the words


@cache
def _load(name: str) -> dict[str, Any]:
    file = resources.files("gongkai.demo") / "data" / "records" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def _county() -> dict[str, DemoAgency]:
    return {one.name.removeprefix("青禾县"): one for one in agencies()}


@cache
def groups() -> dict[str, list[str]]:
    """Agencies by what data files call them together, without the county's name."""
    by_kind: dict[str, list[str]] = {}
    for name, one in _county().items():
        by_kind.setdefault(one.kind, []).append(name)
    return {
        "@departments": by_kind["department"],
        "@office": by_kind["office"],
        "@townships": [*by_kind["township"], *by_kind["subdistrict"]],
        "@public": by_kind["public_body"],
    }


@cache
def _vocabulary() -> dict[str, list[str]]:
    words: dict[str, list[str]] = dict(_load("vocabulary")["words"])
    return {**words, "department": [_county()[name].short_name for name in groups()["@departments"]]}


def _agencies_of(kind: Mapping[str, Any]) -> list[str]:
    return [name for one in kind["agencies"] for name in groups().get(one, [one])]


def _given(agency: str, day: date, n: int, topic: Mapping[str, str]) -> dict[str, str]:
    one = _county()[agency]
    return {
        "agency": one.name, "short": one.short_name, "address": one.fields["address"], "phone": one.fields["phone"],
        "unit": one.short_name[-1] if one.short_name[-1] in "镇乡" else "街道", "n": str(n), "year": str(day.year),
        "last": str(day.year - 1), "until": str(day.year + 2), "month": str(day.month), "dayno": str(day.day),
        "next_month": str(day.month % 12 + 1), "quarter": str((day.month - 1) // 3 + 1),
        "half": _HALVES[(n - 1) % 2], "day": _chinese(day), **topic,
    }  # fmt: skip


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# -------------------------------------------------------------------------------------------------------------- history


def _kinds(copy: int) -> Iterator[DemoRecord]:
    for part in PARTS:
        for kind in _load(part)["kind"]:
            for year in YEARS:
                for n in range(1, kind["count"] + 1):
                    yield _one(kind, year, n, copy)


def _one(kind: Mapping[str, Any], year: int, n: int, copy: int) -> DemoRecord:
    rng = Random(f"{kind['key']}/{year}/{n}/{copy}")  # noqa: S311 - the same data every time is the point
    about, formed = _days(kind, year, n, rng)
    where = _agencies_of(kind)
    agency = where[(n - 1) % len(where)] if kind.get("each") else where[(n - 1 + year) % len(where)]
    return _made(kind, agency, formed, about, n, rng, copy)


def _days(kind: Mapping[str, Any], year: int, n: int, rng: Random) -> tuple[date, date]:
    """What the text is about, and the day it was formed: a month's figures come in the month after."""
    when = kind.get("when", "")
    if when == "monthly":
        about = date(year, n, 1)
        return about, _workday(date(year + n // 12, n % 12 + 1, rng.randint(8, 16)))
    if when == "quarterly":
        about = date(year, 3 * n, 1)
        return about, _workday(date(year + n // 4, 3 * n % 12 + 1, rng.randint(8, 16)))
    months = kind.get("months") or ([kind["month"]] if "month" in kind else None)
    if months:
        formed = _workday(date(year, months[(n - 1) % len(months)], rng.randint(1, 24)))
    else:
        span = 355 / kind["count"]
        formed = date(year, 1, 2) + timedelta(days=int((n - 1 + rng.random()) * span))
        formed = formed if kind.get("quick") else _workday(formed)
    return formed, formed


def _made(
    kind: Mapping[str, Any], agency: str, formed: date, about: date, n: int, rng: Random, copy: int
) -> DemoRecord:
    topics = kind.get("topic") or [{}]
    topic = topics[(n - 1) % len(topics)]
    given = _given(agency, about, n, topic) | {
        "day": _chinese(formed), "iso": formed.isoformat(), "later": (formed + timedelta(days=30)).isoformat()
    }  # fmt: skip
    words = Words(rng, _vocabulary(), given)
    title, abstract = words.fill(kind["title"]), words.fill(kind["abstract"])
    text = words.fill(kind["body"])
    rows = words.rows(kind["table"]) if "table" in kind else None
    numbered = {"document_no": "*"} if kind.get("number") else {}
    fields: dict[str, Any] = {
        "title": title, "abstract": abstract, "body": markup(text, rows), "genre": kind["genre"],
        "theme": kind["theme"], "item": kind["item"], "field": kind.get("field"), "column": kind["column"],
        "keywords": kind.get("keywords", ""), "issuing_body": f"青禾县{agency}", "source": f"青禾县{agency}",
        "attribute": "proactive", "formed_on": formed,
        "no_interpretation_reason": kind.get("no_interpretation", ""), **numbered,
    }  # fmt: skip
    files: tuple[DemoFile, ...] = ()
    if "attach" in kind:
        files = (_file(kind["attach"], title, text, rows, copy),)
    key = f"{kind['key']}/{about.year}/{n}"
    published = _published(formed, rng, bool(kind.get("quick")))
    if "particulars" in kind:
        fields["particulars"] = {name: words.fill(text) for name, text in kind["particulars"].items()}
    return DemoRecord(key, kind["key"], named(f"青禾县{agency}", copy), _copied(fields, copy), published, files=files)


def _file(kind: str, title: str, text: str, rows: list[list[str]] | None, copy: int) -> DemoFile:
    title, text = named(title, copy), named(text, copy)
    cells = tuple(tuple(named(cell, copy) for cell in row) for row in rows or [])
    name = f"{title[:80]}.{kind}".replace("/", "、")
    return DemoFile(name, kind, (title, *plain(text, [list(row) for row in cells])), cells)


def _published(formed: date, rng: Random, quick: bool) -> datetime:
    days = 0 if quick else rng.randint(1, 12)
    if not quick and rng.randrange(_LATE_ONE_IN) == 0:
        days = rng.randint(21, 26)
    day = _later(formed, days) if days else formed
    return datetime.combine(day, time(rng.randint(9, 16), rng.randint(0, 59)), CHINA)


@cache
def _later(day: date, days: int) -> date:
    return default_calendar().add_working_days(day, days).date


@cache
def _workday(day: date) -> date:
    return _later(day - timedelta(days=1), 1)


# -------------------------------------------------------------------------------------------------- normative documents


def _documents(copy: int) -> Iterator[DemoRecord]:
    """Each document with its interpretation; decisions that amend; one that repeals, each year of repeals."""
    data = _load("normative")
    repealed: dict[int, list[DemoRecord]] = {}
    for number, row in enumerate(data["document"], 1):
        document, interpretation, *amendment = _document(data, row, number, copy)
        if row["fate"] == "repealed":
            repealed.setdefault(2026, []).append(document)
        else:
            yield document
        yield from (interpretation, *amendment)
    for year, documents in repealed.items():
        yield from _repeal(year, documents, copy)


_FORMS: Final = ("文字", "图表图解", "问答", "视频", "图表图解", "动画漫画", "文字", "新闻发布会")


def _document(data: Mapping[str, Any], row: Mapping[str, Any], number: int, copy: int) -> list[DemoRecord]:
    rng = Random(f"document/{row['subject']}/{copy}")  # noqa: S311
    month = 2 + number % 5 if row["fate"] == "expired" or row["issued"] == YEARS[-1] else 2 + number % 10
    formed = _workday(date(row["issued"], month, rng.randint(1, 26)))
    effective = (formed.replace(day=1) + timedelta(days=32)).replace(day=1)
    trial = "试行" in row["form"]
    expires = _expiry(effective, trial)
    term = f"，有效期{'二' if trial else '五'}年"
    name = f"青禾县{row['subject']}{row['form']}"
    bare = row["form"].removesuffix("（试行）")
    given = _given(row["agency"], formed, number, {"subject": row["subject"], "form": bare}) | {
        "effective": _chinese(effective), "term": term
    }  # fmt: skip
    words = Words(rng, _vocabulary(), given | {"measure": Words(rng, _vocabulary(), given).fill(row["measure"])})
    text = words.fill(data["articles"])
    rows = words.rows(data["table"])
    title = f"青禾县{row['agency']}关于印发《{name}》的通知"
    abstract = f"规范{row['subject']}的职责、条件、程序和监督，自{_chinese(effective)}起施行{term}。"
    base = {
        "theme": row["theme"], "item": "A20_01", "issuing_body": f"青禾县{row['agency']}",
        "source": f"青禾县{row['agency']}", "attribute": "proactive", "formed_on": formed,
    }  # fmt: skip
    fields = base | {
        "title": title, "abstract": abstract, "body": markup(text, rows), "genre": "通知", "column": "normative",
        "keywords": f"{row['subject']},{bare}", "document_no": "*", "is_normative": True, "needs_interpretation": True,
        "effective_on": effective, "expires_on": expires,
    }  # fmt: skip
    agency = named(f"青禾县{row['agency']}", copy)
    key = f"document/{number}"
    published = _published(formed, rng, quick=False)
    files = (_file("docx", name, text, rows, copy), _file("pdf", name, text, rows, copy))
    document = DemoRecord(key, "document", agency, _copied(fields, copy), published, files=files)
    later = _later(published.date(), rng.randint(0, 2)) if rng.randrange(3) else published.date()
    told = base | {
        "title": f"《{name}》政策解读", "genre": "解读", "column": "interpretation", "keywords": f"{row['subject']},政策解读",
        "abstract": f"解读{name}的背景依据、主要内容、适用范围和新旧差异。",
        "body": markup(words.fill(data["interpretation"]), None), "formed_on": formed,
        "particulars": {
            "form": _FORMS[number % len(_FORMS)], "institution": f"青禾县{row['agency']}", "interpreter": "政策法规科",
            "contact": _county()[row["agency"]].fields["phone"], "elements": ["背景依据", "目标任务", "主要内容", "涉及范围"],
        },
    }  # fmt: skip
    at = datetime.combine(max(later, published.date()), published.timetz()) + timedelta(minutes=20)
    made = [
        document,
        DemoRecord(f"{key}/interpretation", "interpretation", agency, _copied(told, copy), at,
                   links=(("interprets", key),)),
    ]  # fmt: skip
    if row["fate"] == "amended":
        made[0], amendment = _amended(document, name, row, base, copy)
        made.append(amendment)
    return made


@cache
def _expiry(effective: date, trial: bool) -> date:
    from gongkai.statute.validity import expires_on

    return expires_on(effective, trial=trial)


def _amended(
    document: DemoRecord, name: str, row: Mapping[str, Any], base: Mapping[str, Any], copy: int
) -> tuple[DemoRecord, DemoRecord]:
    formed = _workday(document.formed_on + timedelta(days=400))
    at = datetime.combine(_later(formed, 3), time(10), CHINA)
    effective = (formed.replace(day=1) + timedelta(days=32)).replace(day=1)
    text = f"一、将第六条中的办理时限缩短两个工作日。\n二、第十条增加一款：本决定自{_chinese(effective)}起施行。\n《{name}》根据本决定修改后重新公布。"
    fields = dict(base) | {
        "title": f"青禾县{row['agency']}关于修改《{name}》的决定", "genre": "决定", "column": "normative", "document_no": "*",
        "abstract": f"修改{name}第六条、第十条。", "body": markup(text, None), "formed_on": formed, "is_normative": True,
        "effective_on": effective, "no_interpretation_reason": "只缩短办理时限，内容简明",
    }  # fmt: skip
    amendment = DemoRecord(
        f"{document.key}/amendment", "amendment", document.agency, _copied(fields, copy), at,
        links=(("amends", document.key),),
    )  # fmt: skip
    changes = {"amended_on": effective, "changed_on": formed}
    note = f"已根据{_chinese(formed)}的修改决定标注：自{_chinese(effective)}起修改。"
    return replace(document, revisions=(Revision(at + timedelta(minutes=30), changes, note),)), amendment


def _repeal(year: int, documents: list[DemoRecord], copy: int) -> Iterator[DemoRecord]:
    formed = _workday(date(year, 3, 10))
    at = datetime.combine(_later(formed, 4), time(9, 30), CHINA)
    repealed = date(year, 4, 1)
    names = "\n".join(f"{n}.{one.fields['title']}" for n, one in enumerate(documents, 1))
    text = f"经清理，决定废止下列行政规范性文件：\n{names}\n本决定自{_chinese(repealed)}起施行。"
    fields = {
        "title": f"青禾县人民政府关于废止部分行政规范性文件的决定（{year}年）", "genre": "决定", "column": "normative",
        "document_no": "*", "abstract": f"废止{len(documents)}件行政规范性文件。", "theme": "综合政务\\文秘工作", "item": "A20_01",
        "issuing_body": "青禾县人民政府", "source": "青禾县人民政府", "attribute": "proactive", "formed_on": formed,
        "body": markup(text, None), "is_normative": True, "effective_on": repealed,
        "no_interpretation_reason": "只列废止文件目录，不需要解读",
    }  # fmt: skip
    key = f"repeal/{year}"
    links = tuple(("repeals", one.key) for one in documents)
    yield DemoRecord(key, "repeal", named("青禾县人民政府", copy), _copied(fields, copy), at, links=links)
    note = f"标注：本文件自{_chinese(repealed)}起废止。"
    for one in documents:
        changes = {"repealed_on": repealed, "changed_on": formed}
        yield replace(one, revisions=(Revision(at + timedelta(minutes=40), changes, note),))


# ------------------------------------------------------------------------------------------------- fates and unfinished


_MOVED_IN: Final = ("教育局", "水利局")
"""The departments whose own sites were closed at the end of the first year: what was on them has been moved in."""


def _with_fates(made: list[DemoRecord], copy: int) -> list[DemoRecord]:
    last: dict[str, DemoRecord] = {}
    for one in sorted(made, key=lambda one: (one.published, one.key)):
        last[one.kind] = one
    fates = {
        last[kind].key: state
        for kind, state in (
            ("jobs", "corrected"), ("tender", "withdrawn"), ("warning", "forced"), ("response", "ratified"),
        ) if kind in last
    }  # fmt: skip
    moved = {named(f"青禾县{name}", copy) for name in _MOVED_IN}
    return [_with_fate(one, fates.get(one.key, ""), moved) for one in made]


def _with_fate(one: DemoRecord, fate: str, moved: set[str]) -> DemoRecord:
    assert one.published
    match fate:
        case "corrected":
            body = one.fields["body"].replace("不得收取任何费用", "不得以任何名义收取费用")
            note = "更正：末段“不得收取任何费用”改为“不得以任何名义收取费用”。"
            return replace(one, revisions=(Revision(one.published + timedelta(hours=2), {"body": body}, note),))
        case "withdrawn":
            return replace(one, state="withdrawn", note="采购计划取消，公告失去效力，另行公告。")
        case "forced":
            return replace(one, state="forced", note="天气突变，须立即发布预警，来不及逐级审核。")
        case "ratified":
            return replace(one, state="ratified", note="险情紧急，先行发布，事后追认。")
    if one.formed_on.year == YEARS[0] and one.agency in moved and not one.revisions and one.kind not in ("document",):
        return replace(one, state="imported", note=f"原{one.agency}网站")
    return one


_UNFINISHED: Final = (
    *(("draft", "", days) for days in (1, 2, 3, 5, 8, 13, 20, 27)),
    *(("in_review", step, days) for step in ("first", "second", "secrecy", "final") for days in (4, 11)),
    ("in_review", "first", 33), ("in_review", "legality", 6),
    ("returned", "", 9), ("approved", "", 7), ("approved", "", 12), ("scheduled", "", 6), ("unscheduled", "", 10), ("withheld", "", 15), ("on_application", "", 16),
    ("discarded", "", 18),
)  # fmt: skip
"""What is on the desks: where it stands, and how many days ago it was formed."""

_NOTES: Final = {
    "returned": "附表第三列缺少计量单位，请补充后再送审。",
    "discarded": "与另一位起草的一条重复。",
}


def _unfinished(today: date, copy: int) -> Iterator[DemoRecord]:
    kinds = [kind for part in PARTS for kind in _load(part)["kind"] if "when" not in kind and not kind.get("each")]
    desks = ("人民政府办公室", "人民政府办公室", "自然资源局", "石桥湾镇人民政府")
    for n, (state, step, days) in enumerate(_UNFINISHED, 1):
        rng = Random(f"unfinished/{n}/{copy}")  # noqa: S311
        agency = desks[n % len(desks)]
        fitting = [kind for kind in kinds if agency in _agencies_of(kind)]
        formed = today - timedelta(days=days)
        one = _made(rng.choice(fitting), agency, formed, formed, n, rng, copy)
        fields = dict(one.fields)
        if state in ("withheld", "on_application"):
            fields |= {"attribute": state, "attribute_reason": "内部事务信息，条例第十六条"}
            state = "draft"
        if step == "legality":
            fields |= {"is_normative": True, "item": "A20_01", "document_no": "*", "column": "normative",
                       "effective_on": formed + timedelta(days=30), "keywords": "征求意见后送审"}  # fmt: skip
        note = _NOTES.get(state, "")
        yield replace(
            one, key=f"unfinished/{n}", fields=fields, published=None, state=state, step=step, note=note, revisions=()
        )


def _up_to(one: DemoRecord, today: date) -> DemoRecord:
    return replace(one, revisions=tuple(r for r in one.revisions if r.at.date() < today))


def _numbered(made: list[DemoRecord]) -> list[DemoRecord]:
    """Give document numbers in the order of forming, a series for each agency and year."""
    prefixes = _load("vocabulary")["prefix"]
    last: dict[tuple[str, int], int] = {}
    numbers: dict[str, str] = {}
    for one in sorted(made, key=lambda one: (one.formed_on, one.key)):
        if one.fields.get("document_no") != "*":
            continue
        year = one.formed_on.year
        last[one.agency, year] = last.get((one.agency, year), 0) + 1
        prefix = prefixes[one.agency.partition("县")[2]]
        numbers[one.key] = f"{prefix}〔{year}〕{last[one.agency, year]}号"
    return [
        replace(one, fields={**one.fields, "document_no": numbers[one.key]}) if one.key in numbers else one
        for one in made
    ]


def named(text: str, copy: int) -> str:
    """A text of the county as it is in a copy of it."""
    return text if copy == 1 else text.replace("青禾县", f"青禾{copy}县")


def _copied(fields: Mapping[str, Any], copy: int) -> dict[str, Any]:
    return {name: _renamed(value, copy) for name, value in fields.items()}


def _renamed(value: Any, copy: int) -> Any:
    if isinstance(value, dict):
        return _copied(value, copy)
    return named(value, copy) if isinstance(value, str) else value
