"""The lists of the public site, as data: what each shows, how it is filtered and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from gongkai.agencies.models import Agency
from gongkai.disclosure import columns as records
from gongkai.disclosure import lists, normative
from gongkai.disclosure.columns import Column, Particular
from gongkai.disclosure.lists import Dimension, Order, Wanted
from gongkai.disclosure.models import Shown
from gongkai.portal import addresses, counted, topics
from gongkai.portal.columns import CONTENT, TOPICS
from gongkai.portal.columns import Column as Place
from gongkai.portal.page import Own
from gongkai.statute.catalogue import disclosure_items, fields, themes
from gongkai.statute.validity import LABELS

PAGE_SIZE: Final = 20
FEED_SIZE: Final = 50

ORDERS: Final[Mapping[str, str]] = {"newest": "最新发布在前", "oldest": "最早发布在前", "formed": "按成文日期"}
NAMES: Final[Mapping[Dimension, str]] = {
    "year": "年份", "validity": "有效性", "genre": "体裁", "agency": "公开机关", "theme": "主题", "item": "法定事项",
    "field": "试点领域",
}  # fmt: skip
"""The filters by their names."""
_LONG: Final = ("agency", "theme", "item", "field")
"""Those that are folded."""
_PARTICULAR: Final = "p-"
"""Before the key of a particular in an address, so that it is no other filter's."""

VALIDITIES: Final[Mapping[str, str]] = {
    normative.IN_FORCE: "现行有效", **{key: label for key, label in LABELS.items() if key != "valid"}
}  # fmt: skip
_LIBRARY: Final = {normative.IN_FORCE: "现行有效", normative.ENDED: "不再有效"}


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list: its name, what it shows always, and the filters that it offers; of a column also by its `particulars`. It stands
    in a column of the navigation, below the pages `above`."""

    kind: str
    key: str
    name: str
    description: str
    wanted: Wanted
    filters: tuple[Dimension, ...]
    keywords: tuple[str, ...] = ()
    type: str = "法定主动公开内容"
    particulars: tuple[Particular, ...] = ()
    place: Place = CONTENT
    above: tuple[tuple[str, str], ...] = ()

    @property
    def own(self) -> Own:
        """The column that it is, for the META tags of its page and of its records."""
        return Own(self.name, self.description, self.keywords or (self.name,), f"信息公开，{self.type}")

    def url(self, page: str = "list") -> str:
        """Its address; `page` may be its export or its feed."""
        return url(self.kind, self.key, page)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter in words, how many it leaves (None where nobody counted), the address that chooses it or
    takes it back."""

    label: str
    count: int | None
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its choices; a long one is folded."""

    key: str
    label: str
    choices: list[Choice]
    chosen: str
    without: str
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A list as it was asked for: the filters chosen, the order, where the page begins."""

    of: RecordList
    chosen: Mapping[Dimension, str]
    order: Order = "newest"
    after: str = ""
    stated: Mapping[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> Wanted:
        """Which records."""
        values: dict[str, Any] = {
            name: int(v) if name in ("agency", "year", "field") else v for name, v in self.chosen.items()
        }
        return replace(self.of.wanted, stated=tuple(self.stated.items()), **values)

    def url(self, page: str = "list", **changed: str) -> str:
        """The address with something changed; without a page of its own."""
        asked: dict[str, str] = {str(name): value for name, value in self.chosen.items()}
        asked |= {_PARTICULAR + key: value for key, value in self.stated.items()}
        asked |= {"order": "" if self.order == "newest" else self.order} | changed
        query = urlencode({name: value for name, value in asked.items() if value})
        return self.of.url(page) + (f"?{query}" if query else "")

    def filters(self) -> list[Filter]:
        """Every filter that has something to choose, counted. One query each."""
        by_stated = [self._stated(one) for one in self.of.particulars]
        return [made for made in (*by_stated, *map(self._filter, self.of.filters)) if made]

    def _stated(self, one: Particular) -> Filter | None:
        key, chosen = _PARTICULAR + one.key, self.stated.get(one.key, "")
        counts = counted.counts_stated(self.wanted, one.key)
        choices = [
            Choice(value, counts[value], self.url(**{key: "" if value == chosen else value}), value == chosen)
            for value in one.choices
            if value in counts
        ]
        if not chosen and len(choices) < 2:
            return None
        return Filter(key, one.label, choices, chosen, self.url(**{key: ""}))

    def _filter(self, name: Dimension) -> Filter | None:
        chosen = self.chosen.get(name, "")
        choices = [
            Choice(label, count, self.url(**{name: "" if value == chosen else value}), value == chosen)
            for value, label, count in self._values(name)
        ]
        if not choices or (len(choices) == 1 and not chosen):
            return None
        label = next((choice.label for choice in choices if choice.is_chosen), LABEL[name](chosen) if chosen else "")
        return Filter(name, NAMES[name], choices, label, self.url(**{name: ""}), name in _LONG)

    def _values(self, name: Dimension) -> list[tuple[str, str, int]]:
        """(value, in words, how many) in the order in which they are offered."""
        if name == "agency":
            return [(str(pk), label, count) for pk, label, count in counted.agencies(self.wanted)]
        counts = counted.counts(self.wanted, name)
        if name == "year":
            return [(str(year), f"{year}年", counts[year]) for year in sorted(counts, reverse=True)]
        if name == "validity":
            words = _LIBRARY if self.of.kind == "normative" else VALIDITIES
            if not set(counts) - {"valid", normative.IN_FORCE} and self.of.kind != "normative":
                return []
            shown = {key for key in words if key in counts or self.of.kind == "normative"}
            return [(key, words[key], counts.get(key, 0)) for key in words if key in shown]
        orders: dict[str, list[Any]] = {
            "theme": [theme.name for theme in themes()],
            "item": [item.code for item in disclosure_items()],
            "field": [field.number for field in fields()],
        }
        order = orders.get(name, sorted(counts, key=lambda value: (-counts[value], value)))
        values = [value for value in order if value in counts]
        return [(str(value), LABEL[name](str(value)), counts[value]) for value in values]


def item_text(code: str) -> str:
    """An item in the words of the statute."""
    return next((item.text for item in disclosure_items() if item.code == code), "")


def field_name(number: str) -> str:
    """A field of grass-roots standardisation."""
    return next((field.name for field in fields() if str(field.number) == number), "")


def _agency_name(number: str) -> str:
    found = Agency.objects.filter(pk=int(number)).values_list("name", flat=True).first()
    return found or ""


LABEL: Final[Mapping[Dimension, Callable[[str], str]]] = {
    "year": lambda value: f"{value}年" if len(value) == 4 else "",
    "validity": lambda value: (VALIDITIES | _LIBRARY).get(value, ""),  # type: ignore[operator]
    "genre": lambda value: value[:20],
    "agency": _agency_name,
    "theme": lambda value: value if value in {theme.name for theme in themes()} else "",
    "item": item_text,
    "field": field_name,
}
"""What a value of a filter is called; "" where there is no such value."""


def read(found: RecordList, asked: Mapping[str, str]) -> Question | None:
    """What an address asks of a list; None where a filter has a value that there is not."""
    chosen: dict[Dimension, str] = {}
    for name in found.filters:
        value = asked.get(name, "").strip()
        if not value:
            continue
        is_number = value.isascii() and value.isdecimal() and len(value) < 10
        if name in ("agency", "year", "field") and not is_number:
            return None
        if name != "agency" and not LABEL[name](value):
            return None
        chosen[name] = value
    stated = {one.key: v for one in found.particulars if (v := asked.get(_PARTICULAR + one.key, "").strip())}
    if any(stated.get(one.key, one.choices[0]) not in one.choices for one in found.particulars):
        return None
    order = asked.get("order", "newest")
    if order not in ORDERS:
        return None
    return Question(found, chosen, order, asked.get("after", ""), stated)  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------------------- lists


def columns() -> Mapping[str, Column]:
    """The columns that have a list here, by key."""
    return {key: column for key, column in records.columns().items() if column.is_listed}


def _without(*names: Dimension) -> tuple[Dimension, ...]:
    return tuple(name for name in lists.DIMENSIONS if name not in names)


EVERYTHING: Final = RecordList(
    "all", "", "全部公开信息", "各机关主动公开的全部政府信息，可以按机关、事项、主题和年份筛选", Wanted(),
    _without("field"), ("政府信息", "主动公开"),
)  # fmt: skip
NORMATIVE: Final = RecordList(
    "normative", "", "行政规范性文件", "现行有效和不再有效的行政规范性文件，标明有效性、废止和失效日期",
    Wanted(is_normative=True), ("validity", "year", "agency", "theme"), ("规范性文件", "有效性", "清理结果"),
    "政策文件",
)  # fmt: skip


def url(kind: str, key: str = "", page: str = "list") -> str:
    """The address of a list, or of its export or feed. A section of a topic has it below its topic."""
    if kind == "topic":
        return addresses.to(f"topic_{page}", *key.split("/"))
    return addresses.to(f"records_keyed_{page}", kind, key) if key else addresses.to(f"records_{page}", kind)


def filled() -> list[tuple[str, str, str]]:
    """(kind, key, name) of every list by column, statutory item, theme and field that has anything: an empty one is
    found by its address alone. At most one query."""
    there = counted.present()
    every = [
        *(("column", key, key, one.name) for key, one in columns().items()),
        *(("item", one.code, one.code, one.text) for one in disclosure_items()),
        *(("theme", one.name, str(one.number), one.name) for one in themes()),
        *(("field", str(one.number), str(one.number), one.name) for one in fields()),
    ]
    return [(kind, key, name) for kind, value, key, name in every if (kind, value) in there]


def find(kind: str, key: str = "") -> RecordList | None:
    """A list by its address; None where there is none. At most one query, two for a section of a topic."""
    if not key:
        return {"all": EVERYTHING, "normative": NORMATIVE}.get(kind)
    maker = _MAKERS.get(kind)
    return maker(key) if maker else None


def _item(code: str) -> RecordList | None:
    item = next((item for item in disclosure_items() if item.code == code), None)
    if item is None:
        return None
    about = f"《中华人民共和国政府信息公开条例》{item.article}：{item.text}"
    return RecordList("item", code, item.text, about, Wanted(item=code), _without("item", "field"), (item.article,))


def _agency(number: str) -> RecordList | None:
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None
    name = _agency_name(number)
    if not name:
        return None
    wanted = Wanted(agency=int(number))
    return RecordList(
        "agency", number, name, f"{name}主动公开的政府信息", wanted, _without("agency", "field"), (name,), "公开机关"
    )


def _theme(number: str) -> RecordList | None:
    theme = next((theme for theme in themes() if str(theme.number) == number), None)
    if theme is None:
        return None
    about = f"主题分类为{theme.name}的政府信息"
    return RecordList(
        "theme",
        number,
        theme.name,
        about,
        Wanted(theme=theme.name),
        _without("theme", "field"),
        theme.children,
        "主题分类",
    )


def _field(number: str) -> RecordList | None:
    name = field_name(number)
    if not name:
        return None
    wanted = Wanted(field=int(number))
    about = f"基层政务公开{name}领域的政府信息"
    return RecordList(
        "field", number, name, about, wanted, _without("field", "theme"), (name, "基层政务公开"), "基层政务公开"
    )


def _column(key: str) -> RecordList | None:
    row = columns().get(key)
    if row is None:
        return None
    filters = _without("field", "theme")
    return RecordList(
        "column",
        key,
        row.name,
        row.description,
        Wanted(column=key),
        filters,
        row.keywords,
        row.type or row.name,
        tuple(one for one in row.particulars if one.kind == "choice" and not one.is_internal),
    )


def _section(key: str) -> RecordList | None:
    """All of a section of a topic (专题), by the topic's part of the address and the section's number: "land/1"."""
    slug, _, number = key.partition("/")
    topic = topics.shown().filter(slug=slug).first()
    section = topics.numbered(topic, number) if topic else None
    if topic is None or section is None:
        return None
    wanted, column = topics.wanted(section), _column(section.column)
    asked: dict[Dimension, Any] = {name: getattr(wanted, name) for name in ("agency", "theme", "item")}
    return RecordList(
        "topic",
        key,
        f"{section.heading}（{topic.title}）",
        f"专题“{topic.title}”中的全部信息",
        wanted,
        _without("field", *(name for name, value in asked.items() if value)),
        (topic.title, section.heading),
        TOPICS.kind,
        column.particulars if column else (),
        TOPICS,
        ((topic.title, addresses.to("topic", slug)),),
    )


def of_record(row: Shown) -> RecordList | None:
    """The column in which a record stands: its own, the library of normative documents, else its statutory item."""
    if found := _column(row.column):
        return found
    return NORMATIVE if row.is_normative else _item(row.item)


_MAKERS: Final[Mapping[str, Callable[[str], RecordList | None]]] = {
    "item": _item, "agency": _agency, "theme": _theme, "field": _field, "column": _column,
    "topic": _section,
}  # fmt: skip
KINDS: Final = tuple(_MAKERS)
"""The kinds of lists that have a key."""
