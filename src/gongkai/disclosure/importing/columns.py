"""The columns of an import, by the labels and names they go by, and the values in their cells."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from gongkai.disclosure.columns import columns as site_columns
from gongkai.disclosure.models import Record
from gongkai.statute.catalogue import disclosure_items, fields, themes

CHINA: Final = ZoneInfo("Asia/Shanghai")

LABELS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("标题", "名称", "信息名称", "文件名称", "信息标题", "title", "name", "headline"),
    "agency": ("公开主体", "发布机构", "发布单位", "单位", "部门", "agency", "publisher", "department"),
    "index_no": ("索引号", "索引", "信息索引号", "index_no", "indexno"),
    "document_no": ("发文字号", "文号", "文件编号", "document_no", "documentno", "docno"),
    "issuing_body": ("发文机关", "制发机关", "issuing_body"),
    "genre": ("体裁", "体裁分类", "公文种类", "文种", "genre"),
    "theme": ("主题分类", "主题", "分类", "theme", "category"),
    "item": ("法定公开事项", "公开事项", "法定事项", "item"),
    "field": ("试点领域", "领域", "field"),
    "row": ("标准目录事项", "目录事项", "公开目录事项", "catalogue_row"),
    "column": ("栏目", "栏目标识", "column", "channel"),
    "keywords": ("关键词", "主题词", "keywords", "tags"),
    "abstract": ("内容概述", "摘要", "概述", "简介", "abstract", "summary", "description"),
    "body": ("正文", "内容", "信息内容", "body", "content", "content_html", "html", "text"),
    "source": ("信息来源", "来源", "source", "author"),
    "attribute": ("公开属性", "属性", "attribute"),
    "attribute_reason": ("不公开的理由和依据", "不公开理由", "attribute_reason"),
    "scope": ("公开范围", "scope"),
    "formed_on": ("成文日期", "生成日期", "形成日期", "印发日期", "发文日期", "formed_on", "date_created"),
    "published_on": ("发布日期", "发布时间", "公开日期", "published_on", "published", "pubdate", "date", "date_published",
                     "publishtime"),
    "effective_on": ("实施日期", "生效日期", "施行日期", "effective_on"),
    "expires_on": ("有效期至", "失效日期", "expires_on"),
    "amended_on": ("修改日期", "amended_on"),
    "repealed_on": ("废止日期", "repealed_on"),
    "is_normative": ("行政规范性文件", "规范性文件", "是否规范性文件", "is_normative"),
    "address": ("原网址", "网址", "链接", "地址", "address", "url", "link", "href"),
    "key": ("编号", "原编号", "信息编号", "id", "guid", "key"),
    "files": ("附件", "附件名称", "文件", "files", "attachments"),
}  # fmt: skip
"""What each column is called: the first label is ours, the others are found on other sites."""

TEXT: Final = ("title", "document_no", "issuing_body", "genre", "keywords", "abstract", "source", "scope",
               "attribute_reason")  # fmt: skip
DATES: Final = ("formed_on", "effective_on", "expires_on", "amended_on", "repealed_on")

_NOT_LETTERS: Final = re.compile(r"[\s:：*＊（(].*$|[_\-]")
_CHINESE_DAY: Final = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_COMPACT: Final = re.compile(r"(?:19|20)\d{6}")
_FORMATS: Final = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")


@cache
def _known() -> dict[str, str]:
    return {_folded(label): name for name, labels in LABELS.items() for label in (name, *labels)}


def _folded(label: str) -> str:
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", label).strip()).casefold()


def name_of(label: str) -> str | None:
    """The column that a head names: 成文日期*, “文号（必填）” and pubDate all find theirs."""
    return _known().get(_folded(label))


def text_of(cell: Any) -> str:
    """A cell as text: 3.0 is 3, and a day is a day."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, list | tuple):
        return "；".join(text_of(one) for one in cell)
    return str(cell).strip()


def moment(text: str) -> datetime | None:
    """When something was published: a day, a day with a time, or the form that feeds use. None for what is none."""
    text = text.strip()
    try:
        if text[:4].isdecimal() and len(text) > 10:
            plain = text.replace("Z", "+00:00")
            return _here(datetime.fromisoformat(plain))
        if re.match(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,|\d{1,2} \w{3} \d{4}", text):
            return _here(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        pass
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=CHINA)
        except ValueError:
            continue
    found = day(text)
    return datetime(found.year, found.month, found.day, 9, tzinfo=CHINA) if found else None


def _here(at: datetime) -> datetime:
    return at.astimezone(CHINA) if at.tzinfo else at.replace(tzinfo=CHINA)


def day(text: str) -> date | None:
    """A day in any of the usual forms; None for what is none."""
    found = _CHINESE_DAY.match(text.strip())
    if not found and _COMPACT.fullmatch(text.strip()):
        text = text.strip()
        parts = (text[:4], text[4:6], text[6:])
    elif found:
        parts = (found[1], found[2], found[3])
    else:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def item_of(text: str) -> str | None:
    """The code of an item by its code or its words; None where there is no such item."""
    plain = text.strip()
    for item in disclosure_items():
        if plain in (item.code, item.text, item.article):
            return item.code
    return None


def theme_of(text: str) -> str | None:
    r"""A theme as we write it: 综合政务\政务公开, 综合政务/政务公开, or a sub-class that only one theme has."""
    parts = [part.strip() for part in re.split(r"[\\/>＞]", text.strip()) if part.strip()]
    for theme in themes():
        if parts[:1] == [theme.name]:
            child = parts[1] if len(parts) > 1 else ""
            return theme.name if not child else f"{theme.name}\\{child}" if child in theme.children else None
    owners = [theme.name for theme in themes() if text.strip() in theme.children]
    return f"{owners[0]}\\{text.strip()}" if len(owners) == 1 else None


def field_of(text: str) -> int | None:
    """The number of a field by its number or one of its names; None where there is no such field."""
    for field in fields():
        if text.strip() in (str(field.number), field.name, *field.renamed_to):
            return field.number
    return None


def column_of(text: str) -> str | None:
    """The key of a column by its key or its name; None where there is no such column."""
    return next((one.key for one in site_columns().values() if text.strip() in (one.key, one.name)), None)


def plain_matter(text: str) -> str:
    """A matter of the standard catalogue for comparing: 一级 › 二级, 一级/二级 and 一级—二级 are the same."""
    return "›".join(
        part.strip() for part in re.split(r"[›>/\\—–]+", unicodedata.normalize("NFKC", text)) if part.strip()
    )


def attribute_of(text: str) -> str | None:
    """The attribute by its label."""
    return next((value for value, label in Record.Attribute.choices if text.strip() in (label, value)), None)


def flag(text: str) -> bool | None:
    """是 or 否; None for anything else."""
    return {"是": True, "否": False, "": False, "true": True, "false": False, "1": True, "0": False}.get(
        text.strip().casefold()
    )
