"""What a page says of itself, once: from it follow its heading, breadcrumb and META tags (国办发〔2017〕47号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongkai.portal.columns import Column
from gongkai.portal.models import Identity

Tag = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Article:
    """What makes a page an article: when it was published, and by whom."""

    published: datetime
    source: str
    author: str = ""
    image: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """A column below those of the navigation: a list, a topic, a table of the catalogue. `kind` as in 信息公开，政策文件."""

    name: str
    description: str
    keywords: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """A public page. `above` are the pages between the home page and this one, as (title, address); `column` is the one
    of the navigation, `own` the column that it is or stands in, where that is another."""

    title: str = ""
    column: Column | None = None
    above: tuple[tuple[str, str], ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    article: Article | None = None
    is_home: bool = False
    own: Own | None = None

    @property
    def tags(self) -> list[Tag]:
        """Its META tags, without those of the site. A tag without a value is left out, never printed empty."""
        tags: list[Tag] = []
        if column := self.own or self.column:
            tags += [
                ("ColumnName", column.name),
                ("ColumnDescription", column.description),
                ("ColumnKeywords", ",".join(column.keywords)),
                ("ColumnType", column.kind),
            ]
        if self.article:
            tags += [
                ("ArticleTitle", self.title),
                ("PubDate", f"{timezone.localtime(self.article.published):%Y-%m-%d %H:%M}"),
                ("ContentSource", self.article.source),
                ("Author", self.article.author),
                ("Image", self.article.image),
                ("Url", self.article.url),
            ]
        tags += [("Keywords", ",".join(self.keywords)), ("Description", self._described)]
        return [tag for tag in tags if tag[1]]

    @property
    def _described(self) -> str:
        return self.description or (self.column.description if self.column else "")


def site_tags(identity: Identity) -> list[Tag]:
    """The META tags of the site, which every page has."""
    tags = [("SiteName", str(identity)), ("SiteDomain", identity.domain), ("SiteIDCode", identity.site_code)]
    return [tag for tag in tags if tag[1]]
