"""The columns of the site, in their order (国办公开办函〔2019〕61号), and its other fixed pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gongkai.portal import addresses


@dataclass(frozen=True, slots=True)
class Column:
    """A column. Its name is `before` + `short` + `after`; a narrow screen shows `short` alone."""

    key: str
    short: str
    description: str
    keywords: tuple[str, ...]
    before: str = ""
    after: str = ""
    kind: str = "信息公开"

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.before}{self.short}{self.after}"

    @property
    def url(self) -> str:
        """Its address."""
        return addresses.to(self.key)


GUIDE: Final = Column(
    "guide", "指南", "怎样查找政府信息，向谁咨询，各机关信息公开工作机构的联系方式",
    ("政府信息公开指南", "联系方式", "获取方式"), before="政府信息公开",
)  # fmt: skip
RULES: Final = Column(
    "rules",
    "制度",
    "政府信息公开的法规、国家规定和本地制度",
    ("政府信息公开条例", "信息公开制度"),
    before="政府信息公开",
)
CONTENT: Final = Column(
    "content", "法定主动公开", "依照条例第二十条、第二十一条应当主动公开的内容",
    ("主动公开", "法定主动公开内容"), after="内容",
)  # fmt: skip
REPORTS: Final = Column(
    "reports", "年报", "各级行政机关的政府信息公开工作年度报告", ("政府信息公开年报", "年度报告"), before="政府信息公开"
)
APPLY: Final = Column(
    "apply", "依申请公开", "没有找到需要的信息，可以向行政机关提出申请", ("依申请公开", "政府信息公开申请")
)
FIXED: Final = (GUIDE, RULES, CONTENT, REPORTS)
NAVIGATION: Final = (*FIXED, APPLY)

AGENCIES: Final = Column(
    "agencies",
    "公开机关",
    "各行政机关和公共企事业单位的信息公开工作机构与联系方式",
    ("行政机关", "机构职能", "联系方式"),
)
TOPICS: Final = Column(
    "topics", "专题", "同一件事的政策、解读、公告和办理结果集中在一页", ("专题", "专题专栏"), kind="专题专栏"
)
ABOUT: Final = Column(
    "about", "网站声明", "使用说明、无障碍、个人信息保护和数据接口", ("网站声明", "无障碍", "隐私"), kind="网站说明"
)
SEARCH: Final = Column(
    "search", "搜索", "查找政府信息和附件里的文字，以及机关、栏目、法规", ("搜索", "政府信息检索"), kind="搜索"
)
EVERY: Final = (*NAVIGATION, TOPICS, AGENCIES, ABOUT)
