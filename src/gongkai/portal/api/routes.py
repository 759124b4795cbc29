"""The table of the API: each address with what it may be asked with and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, get_args

from gongkai.disclosure import columns, indexing
from gongkai.disclosure.lists import Order
from gongkai.portal import record_lists, record_search, search
from gongkai.portal.api import views
from gongkai.portal.api.parameters import Parameter
from gongkai.statute.catalogue import disclosure_items, themes


@dataclass(frozen=True, slots=True)
class Route:
    """An address below /api/v1/. `path` is Django's; `gone` says whether it may answer 410."""

    name: str
    path: str
    summary: str
    schema: str
    view: Callable[..., dict[str, Any]]
    parameters: tuple[Parameter, ...] = ()
    gone: bool = False

    @property
    def template(self) -> str:
        """The path as OpenAPI writes it."""
        return "/" + self.path.replace("<int:pk>", "{id}")

    @property
    def has_id(self) -> bool:
        """Whether it is one thing."""
        return "<int:pk>" in self.path


def _whole(maximum: int = 2**31 - 1, minimum: int = 1) -> dict[str, Any]:
    return {"type": "integer", "minimum": minimum, "maximum": maximum}


_DAY: Final = {"type": "string", "format": "date"}
_LIMIT: Final = Parameter("limit", f"每页多少条，默认 {views.SIZE}", _whole(views.MOST), "20")
_AFTER: Final = Parameter("after", "从哪里继续，取自 next", {"type": "string", "maxLength": 60})
_AFTER_NUMBER: Final = Parameter("after", "从哪里继续，取自 next", _whole(minimum=0))
_FILTERS: Final = (
    Parameter("agency", "公开机关的编号，见 /agencies", _whole(), "2"),
    Parameter("item", "法定公开事项的代码，见 /items", {"enum": [item.code for item in disclosure_items()]}),
    Parameter("theme", "主题分类的名称，见 /themes", {"enum": [theme.name for theme in themes()]}),
    Parameter("field", "试点领域的编号，见 /fields", _whole(99), "12"),
    Parameter("genre", "体裁", {"type": "string", "maxLength": 20}, "通知"),
    Parameter("year", "发布年份", _whole(2200, 1949), "2026"),
    Parameter("validity", "有效性", {"enum": [*record_lists.VALIDITIES, "valid", "ended"]}, "in_force"),
    Parameter("column", "栏目的代码，见 /columns", {"enum": list(columns.columns())}),
    Parameter("is_normative", "只要行政规范性文件（true），或者不要（false）", {"type": "boolean"}, "true"),
    Parameter("since", "自这一天起发布", _DAY, "2026-01-01"),
    Parameter("until", "至这一天发布", _DAY, "2026-12-31"),
)
_WORDS: Final = (
    Parameter(
        "q", "词语、发文字号或者索引号，写法同网站的搜索", {"type": "string", "maxLength": search.LONGEST}, "低保", True
    ),
    *(one for one in _FILTERS if one.name in {*record_search.FILTERS, "since", "until"}),
    Parameter("sort", "类别：行政规范性文件、政策解读、其他信息", {"enum": list(indexing.SORTS)}),
    Parameter("force", "有效性：现行有效，已废止、失效", {"enum": list(indexing.FORCES)}),
    Parameter("order", "排列：最相关、最新、最早在前", {"enum": list(record_search.ORDERS)}, "relevance"),
)
_IN_CATALOGUE: Final = tuple(one for one in _FILTERS if one.name in ("agency", "field"))
_PAGING: Final = (
    Parameter("order", "排列：最新发布、最早发布、成文日期、最近变更在前", {"enum": list(get_args(Order))}, "newest"),
    _AFTER,
    _LIMIT,
)

ROUTES: Final = (
    Route("root", "", "接口目录", "Root", views.root),
    Route("records", "records", "公开信息列表", "RecordPage", views.records, (*_FILTERS, *_PAGING)),
    Route("record", "records/<int:pk>", "一条公开信息：正文、附件、关系、历次发布", "Record", views.record, gone=True),
    Route("search", "search", "搜索公开信息和附件的文字", "FoundPage", views.search, (*_WORDS, _AFTER, _LIMIT)),
    Route("agencies", "agencies", "公开机关列表", "AgencyPage", views.agencies,
          (_AFTER_NUMBER, _LIMIT)),
    Route("agency", "agencies/<int:pk>", "一个公开机关", "Agency", views.agency),
    Route("catalogue", "catalogue", "基层政务公开标准目录的事项，各有最新公开的信息", "CatalogueRowPage", views.catalogue,
          (*_IN_CATALOGUE, _AFTER_NUMBER, _LIMIT)),
    Route("columns", "columns", "栏目和各栏目的专有项", "Columns", views.columns),
    Route("items", "items", "法定主动公开事项（条例第二十条、第二十一条）", "Items", views.items),
    Route("themes", "themes", "主题分类", "Themes", views.theme_list),
    Route("fields", "fields", "基层政务公开领域", "Fields", views.field_list),
)  # fmt: skip
