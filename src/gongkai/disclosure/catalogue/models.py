"""Nouns: a row of an agency's standard catalogue (国办发〔2019〕54号), with the columns of the State's template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.statute.catalogue import fields
from gongkai.statute.publication import TimeLimit, parse_period, parse_time_limit

WATCHERS: Final[list[Callable[[], None]]] = []
"""Are told after a row changes, or which records are listed under one: the website keeps pages of them."""

PRINTED = (
    "number", "process", "level1", "level2", "content", "basis", "limit", "publisher", "channels", "to_all", "to_group",
    "on_own", "on_application", "county", "township",
)  # fmt: skip
"""The columns that the template has, in its order."""


class CatalogueRow(models.Model):
    """What an agency publishes in one field of grass-roots openness. A row is retired, never deleted."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="catalogue_rows", verbose_name="机关")
    field = models.PositiveSmallIntegerField("试点领域")
    number = models.CharField("序号", max_length=10, blank=True)
    process = models.CharField("过程", max_length=20, blank=True)
    level1 = models.CharField("一级事项", max_length=100)
    level2 = models.CharField("二级事项", max_length=200, blank=True)
    content = models.TextField("公开内容（要素）", validators=[MaxLengthValidator(3000)])
    basis = models.TextField("公开依据", validators=[MaxLengthValidator(3000)], blank=True)
    limit = models.CharField("公开时限", max_length=200)
    publisher = models.CharField("公开主体", max_length=200)
    channels = models.TextField("公开渠道和载体", validators=[MaxLengthValidator(1000)], blank=True)
    to_all = models.BooleanField("全社会", default=True)
    to_group = models.CharField("特定群体", max_length=100, blank=True)
    on_own = models.BooleanField("主动", default=True)
    on_application = models.BooleanField("依申请", default=False)
    county = models.BooleanField("县级", default=True)
    township = models.BooleanField("乡、村级", default=False)
    months = models.PositiveSmallIntegerField(
        "更新周期", null=True, blank=True,
        choices=[(1, "每月"), (3, "每季度"), (6, "每半年"), (12, "每年")],
    )  # fmt: skip
    place = models.PositiveIntegerField(default=0, editable=False)
    retired_on = models.DateField("停用日期", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "标准目录"
        ordering = ("agency", "field", "place", "pk")
        indexes = (models.Index(fields=("agency", "field", "place"), name="catalogue_table"),)
        constraints = (
            models.CheckConstraint(
                name="for_someone", condition=Q(to_all=True) | ~Q(to_group=""),
                violation_error_message="公开对象应选全社会或者写明特定群体。",
            ),
            models.CheckConstraint(
                name="in_some_way", condition=Q(on_own=True) | Q(on_application=True),
                violation_error_message="公开方式应选主动或者依申请。",
            ),
            models.CheckConstraint(
                name="at_some_level", condition=Q(county=True) | Q(township=True),
                violation_error_message="公开层级应选县级或者乡、村级。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.matter

    @property
    def matter(self) -> str:
        """公开事项: both levels as one."""
        return f"{self.level1} › {self.level2}" if self.level2 else self.level1

    @property
    def field_name(self) -> str:
        """The field in words."""
        return field_name(self.field)

    @property
    def time_limit(self) -> TimeLimit | None:
        """公开时限 as a rule; None where its words are not among the known ones, so that art. 26 alone holds."""
        return parse_time_limit(self.limit)

    @property
    def renewed(self) -> int | None:
        """Every how many months it is renewed: as set, else as the words of 公开时限 say; None where nothing says so."""
        return self.months or parse_period(self.limit)


def changed() -> None:
    """Tell whoever keeps something made from the catalogue."""
    for watcher in WATCHERS:
        watcher()


def field_name(number: int) -> str:
    """A field of grass-roots openness in words."""
    return next((field.name for field in fields() if field.number == number), "")
