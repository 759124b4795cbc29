"""What a record's page says of the record beside its text: the table of facts, validity, files, citation, schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from gongkai.agencies.models import today
from gongkai.disclosure import columns, lists
from gongkai.disclosure.models import Shown
from gongkai.portal import addresses, record_lists
from gongkai.portal import files as handed_out
from gongkai.portal.templatetags.portal import day
from gongkai.statute.catalogue import themes
from gongkai.statute.validity import LABELS, Validity, validity_on


class Fact(NamedTuple):
    """A line of the table."""

    label: str
    value: str
    url: str = ""
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The validity of a document, in words. `notice` is the banner's sentence, empty where there is nothing to warn of."""

    key: Validity
    label: str
    notice: str

    @property
    def is_over(self) -> bool:
        """Whether it no longer holds."""
        return self.key in ("repealed", "expired")


def validity(row: Shown, on: date | None = None) -> Standing | None:
    """The validity today; None where it is no question: no normative document, no date that would end it."""
    dates = row.validity_dates
    if not row.is_normative and not any((dates.amended_on, dates.repealed_on, dates.expires_on)):
        return None
    key = validity_on(on or today(), dates)
    notice = ""
    if key == "repealed":
        notice = f"本文件已于{day(row.repealed_on)}废止，不再作为依据。"
    elif key == "expired":
        notice = f"本文件有效期至{day(row.expires_on)}，已经失效，不再作为依据。"
    elif key == "amended":
        notice = f"本文件已于{day(row.amended_on)}修改，请与修改它的文件一并阅读。"
    return Standing(key, LABELS[key], notice)


def marked(rows: Iterable[Shown]) -> list[tuple[Shown, Standing | None]]:
    """Records with their validity, as lists show them."""
    return [(row, validity(row)) for row in rows]


def facts(row: Shown) -> list[Fact]:
    """The description of the record, as the pages of governments have it; what is not known is left out."""
    content, standing = row.version.content, validity(row)
    theme = content["theme"].replace("\\", " › ")
    theme_number = _theme_number(row.theme)
    found = [
        Fact("索引号", row.index_no),
        Fact("主题分类", theme, record_lists.url("theme", theme_number) if theme_number else ""),
        Fact("公开机关", row.agency.name, addresses.to("agency", row.agency_id)),
        Fact("发文机关", content["issuing_body"] if content["issuing_body"] != row.agency.name else ""),
        Fact("发文字号", row.document_no),
        Fact("体裁", row.genre),
        Fact("成文日期", day(row.formed_on)),
        Fact("发布日期", day(row.published_at)),
        Fact("实施日期", day(row.effective_on)),
        Fact("有效期至", day(row.expires_on)),
        Fact("修改日期", day(row.amended_on)),
        Fact("废止日期", day(row.repealed_on)),
        Fact("有效性", standing.label if standing else ""),
        Fact("公开属性", "主动公开"),
        Fact("公开范围", content["scope"] if content["scope"] != "全社会" else ""),
        Fact("信息来源", content["source"], "", True),
        Fact("关键词", content["keywords"].replace(",", "、").replace("，", "、"), "", True),
        Fact(
            "法定事项", record_lists.item_text(row.item), record_lists.url("item", row.item) if row.item else "", True
        ),
        Fact("内容概述", row.abstract, "", True),
        *(Fact(label, text, "", True) for label, text in stated(row)),
    ]
    return [fact for fact in found if fact.value]


def particulars(row: Shown) -> dict[str, str]:
    """The particulars of its column that are for the public, by their names."""
    content = row.version.content
    return dict(columns.stated(content["column"], content.get("particulars") or {}))


def stated(row: Shown) -> list[tuple[str, str]]:
    """The same as people read it."""
    return [(label, _readable(text)) for label, text in particulars(row).items()]


def stated_in_list(column: str, rows: list[Shown]) -> dict[int, list[str]]:
    """What a list of a column shows of each record besides its title, by record. At most one query."""
    if not any(one.in_list for one in columns.particulars(column)):
        return {}
    found = lists.particulars(rows)
    return {
        pk: [f"{label} {_readable(text)}" for label, text in columns.stated(column, values, in_list=True)]
        for pk, values in found.items()
    }


def _readable(text: str) -> str:
    """A date as people write it; any other text as it is."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def _theme_number(name: str) -> str:
    return next((str(theme.number) for theme in themes() if theme.name == name), "")


class File(NamedTuple):
    """A file as the page offers it."""

    name: str
    kind: str
    size: int
    url: str


def files(row: Shown) -> list[File]:
    """The files of the version."""
    return [
        File(file["name"], handed_out.type_of(file["name"])[0], file["size"], handed_out.address(file))
        for file in row.version.files
    ]


def file_addresses(row: Shown) -> Mapping[str, str]:
    """Where the text finds the files that it shows or links to: by key, by hash, by name."""
    found: dict[str, str] = {}
    for file in row.version.files:
        where = handed_out.address(file)
        for key in (
            str(file["pk"]),
            file["sha256"],
            file["sha256"][:16],
            file["name"],
            PurePosixPath(file["name"]).stem,
        ):
            found.setdefault(key, where)
    return found


def citation(row: Shown, address: str) -> str:
    """How to cite it (GB/T 7714)."""
    body = row.version.content["issuing_body"] or row.agency.name
    number = f"：{row.document_no}" if row.document_no else ""
    return f"{body}. {row.title}{number}[EB/OL]. ({timezone.localtime(row.published_at):%Y-%m-%d}). {address}."


_FORCE: Final = {"valid": "InForce", "amended": "InForce", "repealed": "NotInForce", "expired": "NotInForce"}
_ESCAPED: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_ld(row: Shown, address: str) -> SafeString:
    """The record in the words of schema.org: data in the page, which no browser runs."""
    standing = validity(row)
    publisher = {"@type": "GovernmentOrganization", "name": row.agency.name}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation" if row.is_normative else "DigitalDocument",
        "@id": address,
        "url": address,
        "name": row.title,
        "identifier": row.index_no,
        "description": row.abstract,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "dateCreated": row.formed_on.isoformat(),
        "datePublished": timezone.localtime(row.published_at).isoformat(timespec="seconds"),
        "dateModified": timezone.localtime(row.changed_at).isoformat(timespec="seconds"),
        "publisher": publisher,
        "keywords": row.version.content["keywords"],
    }
    if row.is_normative and standing:
        data |= {
            "legislationIdentifier": row.document_no,
            "legislationDate": row.formed_on.isoformat(),
            "legislationPassedBy": publisher,
            "legislationLegalForce": f"https://schema.org/{_FORCE[standing.key]}",
        }
    text = json.dumps({key: value for key, value in data.items() if value != ""}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPED))  # noqa: S308 - no character of markup is left
