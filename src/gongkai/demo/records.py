"""The fictional county's records of government information over three years, as plain data: the same every time.

`data/records/*.toml` holds kinds of records (where, which item, how many a year, the words) and normative documents with
what became of them. `records` is the history up to a day; what is unfinished on that day is dated from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from gongkai.demo.issues import compiled
from gongkai.demo.normative import documents
from gongkai.demo.parts import agencies_of, chinese, file_of, given_of, load, published, vocabulary, workday
from gongkai.demo.record import CHINA, DemoFile, DemoRecord, Revision, copied, named
from gongkai.demo.wording import Words, markup

PARTS: Final = ("government", "rules", "economy", "enforcement", "welfare", "land", "city")

_DAYS: Final = 3 * 365 + 1
_LATEST: Final = timedelta(days=60)
"""Longer than anything waits between its forming and its publication."""


def records(today: date, copy: int = 1) -> list[DemoRecord]:
    """One county's records of the three years before `today`, the oldest first; a second copy's county has a numeral."""
    since = today - timedelta(days=_DAYS)
    made = [*_kinds(since, today, copy), *documents(today, copy)]
    made = [_up_to(one, today) for one in made if one.published and since <= one.published.date() < today]
    known = {one.key for one in made}
    made = [replace(one, links=tuple(link for link in one.links if link[1] in known)) for one in made]
    made = _with_fates(_consulted(made), today, copy)
    made.sort(key=lambda one: (one.published or datetime.max.replace(tzinfo=CHINA), one.key))
    return compiled(_numbered([*made, *_unfinished(today, copy)]))


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


# -------------------------------------------------------------------------------------------------------------- history


def _kinds(since: date, today: date, copy: int) -> Iterator[DemoRecord]:
    for part in PARTS:
        for kind in load(part)["kind"]:
            every = range(since.year - 1, today.year + 1)
            for year in [today.year - kind["years_ago"]] if "years_ago" in kind else every:
                for n in range(1, kind["count"] + 1):
                    yield from _one(kind, year, n, since, today, copy)


def _one(kind: Mapping[str, Any], year: int, n: int, since: date, today: date, copy: int) -> Iterator[DemoRecord]:
    rng = Random(f"{kind.get('seed', kind['key'])}/{year}/{n}/{copy}")  # noqa: S311 - the same every time is the point
    about, formed = _days(kind, year, n, rng)
    if not since - _LATEST <= formed < today:
        return
    where = agencies_of(kind)
    agency = where[(n - 1) % len(where)] if kind.get("each") else where[(n - 1 + year) % len(where)]
    agency = _topic(kind, n).get("agency", agency)
    yield _made(kind, agency, formed, about, n, rng, copy)


def _topic(kind: Mapping[str, Any], n: int) -> Mapping[str, Any]:
    """What the n-th of a kind is about: words, and the agency, theme or field where they go with it."""
    topics = kind.get("topic") or [{}]
    topic: Mapping[str, Any] = topics[(n - 1) % len(topics)]
    return topic


def _days(kind: Mapping[str, Any], year: int, n: int, rng: Random) -> tuple[date, date]:
    """What the text is about, and the day it was formed: a month's figures come in the month after."""
    when = kind.get("when", "")
    if when == "monthly":
        about = date(year, n, 1)
        return about, workday(date(year + n // 12, n % 12 + 1, rng.randint(8, 16)))
    if when == "quarterly":
        about = date(year, 3 * n, 1)
        return about, workday(date(year + n // 4, 3 * n % 12 + 1, rng.randint(8, 16)))
    months = kind.get("months") or ([kind["month"]] if "month" in kind else None)
    if months:
        formed = workday(date(year, months[(n - 1) % len(months)], rng.randint(1, 24)))
    else:
        span = 355 / kind["count"]
        formed = date(year, 1, 2) + timedelta(days=int((n - 1 + rng.random()) * span))
        formed = formed if kind.get("quick") else workday(formed)
    if "after" in kind:
        return formed, workday(formed + timedelta(days=kind["after"]))
    return formed, formed


def _made(
    kind: Mapping[str, Any], agency: str, formed: date, about: date, n: int, rng: Random, copy: int
) -> DemoRecord:
    kind = {**kind, **_topic(kind, n)}
    said = {name: str(value) for name, value in _topic(kind, n).items()}
    given = given_of(agency, about, n, said) | {
        "series": f"{kind['key']}/{about.year}/{copy}", "day": chinese(formed), "iso": formed.isoformat(), "later": (formed + timedelta(days=30)).isoformat()
    }  # fmt: skip
    words = Words(rng, vocabulary(agency), given)
    words.share(kind.get("shared", ()))
    rows = words.rows(kind["table"]) if "table" in kind else None
    title, abstract = words.fill(kind["title"]), words.fill(kind["abstract"])
    text = words.fill(kind["body"])
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
        files = (file_of(kind["attach"], title, text, rows, copy),)
    key = f"{kind['key']}/{about.year}/{n}"
    at = published(formed, rng, bool(kind.get("quick")))
    if "particulars" in kind:
        fields["particulars"] = {name: words.fill(text) for name, text in kind["particulars"].items()}
    return DemoRecord(key, kind["key"], named(f"青禾县{agency}", copy), copied(fields, copy), at, files=files)


# ------------------------------------------------------------------------------------------------- fates and unfinished


_MOVED_IN: Final = ("教育局", "水利局")
"""The departments whose own sites were closed: what was on them has been moved in."""


def moved_on(today: date) -> date:
    """When it was: early in the year before."""
    return date(today.year - 1, 1, 6)


def _with_fates(made: list[DemoRecord], today: date, copy: int) -> list[DemoRecord]:
    last: dict[str, DemoRecord] = {}
    for one in sorted(made, key=lambda one: (one.published, one.key)):
        last[one.kind] = one
    fates = {
        last[kind].key: state
        for kind, state in (
            ("jobs", "corrected"), ("tender", "withdrawn"), ("warning", "forced"), ("response", "ratified"),
        ) if kind in last
    }  # fmt: skip
    closed = {named(f"青禾县{name}", copy) for name in _MOVED_IN}
    moved = {one.key for one in made if one.agency in closed and one.formed_on.year < moved_on(today).year
             and one.published and one.published.date() < moved_on(today)}  # fmt: skip
    return [_with_fate(one, fates.get(one.key, ""), one.key in moved) for one in made]


def _with_fate(one: DemoRecord, fate: str, is_moved: bool) -> DemoRecord:
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
    if is_moved and not one.revisions and one.kind != "document":
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
    # Not what comes on its day, from each agency, or only once.
    fixed = {"when", "each", "years_ago"}
    kinds = [
        kind for part in PARTS for kind in load(part)["kind"] if not fixed & kind.keys() and kind["key"] != "gazette"
    ]
    desks = ("人民政府办公室", "人民政府办公室", "自然资源局", "石桥湾镇人民政府")
    for n, (state, step, days) in enumerate(_UNFINISHED, 1):
        rng = Random(f"unfinished/{n}/{copy}")  # noqa: S311
        agency = desks[n % len(desks)]
        fitting = [
            kind for kind in kinds if agency in agencies_of(kind) and _topic(kind, n).get("agency") in (None, agency)
        ]
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
    prefixes = load("vocabulary")["prefix"]
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
