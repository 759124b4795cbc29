"""What answers look like, as JSON Schema (OpenAPI 3.1); a test holds every answer to it."""

from __future__ import annotations

from typing import Any, Final, get_args

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.disclosure.catalogue import coverage, public
from gongkai.disclosure.catalogue.models import PRINTED, CatalogueRow
from gongkai.disclosure.columns import Kind
from gongkai.disclosure.models import Link
from gongkai.statute.validity import LABELS

Schema = dict[str, Any]


def _text(description: str, **more: Any) -> Schema:
    return {"type": "string", "description": description, **more}


def _day(description: str) -> Schema:
    return {"type": ["string", "null"], "format": "date", "description": description}


def _moment(description: str) -> Schema:
    return {"type": "string", "format": "date-time", "description": description}


def _address(description: str) -> Schema:
    return {"type": "string", "format": "uri", "description": description}


def _number(description: str, **more: Any) -> Schema:
    return {"type": "integer", "description": description, **more}


def _object(**properties: Schema) -> Schema:
    """With all of these and nothing else."""
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False
    }  # fmt: skip


def _list(of: Schema, description: str = "") -> Schema:
    return {"type": "array", "items": of} | ({"description": description} if description else {})


def to(name: str) -> Schema:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _column(name: str) -> Schema:
    """A column of the standard catalogue: text, or whether it is ticked."""
    found = CatalogueRow._meta.get_field(name)
    kind = "boolean" if isinstance(found, models.BooleanField) else "string"
    return {"type": kind, "description": str(found.verbose_name)}


def _page(of: str) -> Schema:
    return _object(
        items=_list(to(of)),
        total=_number("符合条件的总数", minimum=0),
        next={"type": ["string", "null"], "format": "uri", "description": "下一页的地址；最后一页为 null"},
    )


_RECORD: Final = {
    "id": _number("编号，不变"),
    "url": _address("网页地址"),
    "self": _address("接口地址"),
    "index_no": _text("索引号"),
    "title": _text("标题"),
    "document_no": _text("发文字号，没有则为空"),
    "agency": to("AgencyName"),
    "genre": _text("体裁"),
    "theme": _text("主题分类"),
    "item": _text("法定公开事项的代码，见 /items"),
    "field": {"type": ["integer", "null"], "description": "试点领域的编号，见 /fields"},
    "column": _text("栏目的代码，见 /columns，没有则为空"),
    "is_normative": {"type": "boolean", "description": "是否行政规范性文件"},
    "validity": {"enum": [*LABELS, None], "description": "有效性；不涉及的为 null"},
    "formed_on": {"type": "string", "format": "date", "description": "成文日期"},
    "effective_on": _day("实施日期"),
    "expires_on": _day("有效期至"),
    "amended_on": _day("修改日期"),
    "repealed_on": _day("废止日期"),
    "published_at": _moment("发布时间"),
    "changed_at": _moment("最新版本的时间"),
}

SCHEMAS: Final[dict[str, Schema]] = {
    "AgencyName": _object(id=_number("编号"), name=_text("全称")),
    "RecordSummary": _object(**_RECORD),
    "RecordPage": _page("RecordSummary"),
    "Record": _object(
        **_RECORD,
        abstract=_text("内容概述"),
        issuing_body=_text("发文机关"),
        keywords=_list({"type": "string"}, "关键词"),
        source=_text("信息来源"),
        scope=_text("公开范围"),
        particulars={
            "type": "object", "additionalProperties": {"type": "string"}, "description": "栏目的专有项，按名称，如会议的“议题”"
        },
        body=_text("正文（HTML，已清理）"),
        attachments=_list(to("Attachment"), "附件"),
        links=_list(to("Link"), "与其他信息的关系"),
        versions=_list(to("Version"), "历次发布，新的在前"),
    ),
    "Found": _object(**_RECORD, snippet=_text("正文里有所找词语的一段")),
    "FoundPage": _object(
        items=_list(to("Found")),
        total=_number("找到的总数；is_exact 为 false 时不止这些", minimum=0),
        is_exact={"type": "boolean", "description": "total 是否准确"},
        next={"type": ["string", "null"], "format": "uri", "description": "下一页的地址；最后一页为 null"},
    ),
    "Attachment": _object(
        name=_text("文件名"), media_type=_text("媒体类型"), size=_number("字节数", minimum=0),
        sha256=_text("SHA-256", pattern="^[0-9a-f]{64}$"), url=_address("下载地址"),
    ),
    "Link": _object(
        kind={"enum": list(Link.Kind.values), "description": "、".join(f"{k} {v}" for k, v in Link.Kind.choices)},
        label=_text("对本信息而言是什么"), record=to("RecordSummary"),
    ),
    "Version": _object(
        number=_number("第几次发布", minimum=1), at=_moment("时间"), erratum=_text("更正说明，第一次发布为空")
    ),
    "Agency": _object(
        id=_number("编号"), url=_address("网页地址"), self=_address("接口地址"), name=_text("全称"), short_name=_text("简称"),
        kind={"enum": list(Agency.Kind.values), "description": "、".join(f"{k} {v}" for k, v in Agency.Kind.choices)},
        level={"enum": list(Agency.Level.values), "description": "、".join(f"{k} {v}" for k, v in Agency.Level.choices)},
        parent={"type": ["integer", "null"], "description": "上级机关的编号"},
        credit_code={"type": ["string", "null"], "description": "统一社会信用代码"},
        since=_day("设立日期"), until=_day("自这一天起不再存在"), ogi_office=_text("信息公开工作机构"),
        address=_text("办公地址"), postcode=_text("邮政编码"), phone=_text("联系电话"), fax=_text("传真"),
        email=_text("电子邮箱"), office_hours=_text("办公时间"), records=_number("公开的信息数", minimum=0),
    ),
    "AgencyPage": _page("Agency"),
    "CatalogueRowPage": _page("CatalogueRow"),
    "CatalogueRow": _object(
        id=_number("编号，不变"), url=_address("网页地址"), agency=to("AgencyName"), field=_number("试点领域的编号，见 /fields"),
        **{name: _column(name) for name in PRINTED},
        months={"type": ["integer", "null"], "description": "每几个月更新一次；没有定期更新要求的为 null"},
        place=_number("在机关这一领域目录里的次序", minimum=0),
        standing={
            "enum": list(coverage.STATES),
            "description": "只按已经公开的信息判断：" + "、".join(f"{k} {v}" for k, v in coverage.STATES.items()),
        },
        records=_number("公开的信息数", minimum=0),
        newest=_list(to("NewestRecord"), f"最新公开的，最多 {public.NEWEST} 条"),
    ),
    "NewestRecord": _object(
        id=_number("编号"), title=_text("标题"), published_at=_moment("发布时间"), url=_address("网页地址"),
        self=_address("接口地址"),
    ),
    "Columns": _object(items=_list(to("Column"))),
    "Column": _object(
        key=_text("代码"), name=_text("名称"), description=_text("有哪些内容"),
        particulars=_list(to("Particular"), "这一栏目的信息另外写明的专有项"),
        url=_address("网页地址"), records=_number("公开的信息数", minimum=0),
    ),
    "Particular": _object(
        key=_text("代码"), label=_text("名称，信息的 particulars 以此为名"),
        kind={
            "enum": list(get_args(Kind)),
            "description": "text 一行字，long 一段字，contact 联系方式，date 日期，number 数，choice 选一项，choices 选几项",
        },
        choices=_list({"type": "string"}, "可选的值，其他种类为空"),
    ),
    "Items": _object(items=_list(to("Item"))),
    "Item": _object(
        code=_text("代码"), article=_text("条款"), text=_text("事项，条例原文"),
        levels=_list({"type": "string"}, "适用的层级；空为各行政机关"), url=_address("网页地址"),
        records=_number("公开的信息数", minimum=0),
    ),
    "Themes": _object(items=_list(to("Theme"))),
    "Theme": _object(
        number=_number("编号"), name=_text("名称"), children=_list({"type": "string"}, "下级分类"),
        url=_address("网页地址"), records=_number("公开的信息数", minimum=0),
    ),
    "Fields": _object(items=_list(to("Field"))),
    "Field": _object(
        number=_number("编号"), name=_text("名称"), is_pilot={"type": "boolean", "description": "是否26个试点领域之一"},
        url=_address("网页地址"), records=_number("公开的信息数", minimum=0),
    ),
    "Root": _object(
        site=_text("网站名称"), links={"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
    ),
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
            "detail": {"type": "string"}, "retry_after": _number("多少秒后再试"),
            "withdrawn_at": _moment("撤回时间"), "reason": _text("撤回的理由"),
            "errors": _list(_object(name={"type": "string"}, detail={"type": "string"})),
        },
    },
}  # fmt: skip
