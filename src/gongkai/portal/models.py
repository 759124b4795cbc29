"""Nouns: who this site is, as its header, footer and META tags say it; topics and their sections."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency

ONLY = 1  # the key of the one row


class Identity(models.Model):
    """The identity of the site (国办发〔2017〕47号). One row; what is not set is not shown anywhere."""

    government = models.CharField("网站名称", max_length=60, blank=True, help_text="如“青禾县人民政府”。")
    title = models.CharField("栏目简称", max_length=30, default="政府信息公开")
    domain = models.CharField(
        "网站域名",
        max_length=100,
        blank=True,
        validators=[RegexValidator(r"^([a-z0-9-]+\.)+[a-z0-9-]+$", "只写域名，如 www.example.gov.cn。")],
    )
    site_code = models.CharField(
        "网站标识码",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z]{10}$", "应为10位字母或数字。")],
    )
    icp = models.CharField("ICP备案编号", max_length=40, blank=True)
    police = models.CharField("公安机关备案编号", max_length=40, blank=True)
    mark = models.URLField("党政机关网站标识的地址", blank=True)
    sponsor = models.CharField("主办单位", max_length=60, blank=True)
    operator = models.CharField("承办单位", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    address = models.CharField("联系地址", max_length=120, blank=True)
    report_errors = models.URLField("“我为政府网站找错”的地址", blank=True)
    description = models.CharField("网站简介", max_length=200, blank=True)
    keywords = models.CharField("网站关键词", max_length=200, blank=True, help_text="用逗号分隔。")

    class Meta:
        verbose_name = verbose_name_plural = "网站标识"
        constraints = (models.CheckConstraint(name="one_identity", condition=Q(id=ONLY)),)

    def __str__(self) -> str:
        return self.government or self.title

    def save(self, *args: object, **more: object) -> None:
        """There is one row."""
        self.pk = ONLY
        super().save(*args, **more)


class Topic(models.Model):
    """专题: a page of sections that fill themselves with what is published, built in the office without code."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="topics", verbose_name="主办机关")
    slug = models.SlugField(
        "网址名", max_length=40, unique=True, help_text="小写字母、数字和连字符，如 land-compensation。"
    )
    title = models.CharField("标题", max_length=60)
    summary = models.CharField("简介", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("顺序", default=100)
    is_shown = models.BooleanField("已公开", default=False, editable=False)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "专题"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A part of a topic: which records it lists. What is left empty is not asked for."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="sections")
    heading = models.CharField("小标题", max_length=40)
    words = models.CharField("标题中有", max_length=100, blank=True, help_text="几个词用空格分开，有其中一个即可。")
    column = models.SlugField("栏目", max_length=40, blank=True)
    item = models.CharField("法定公开事项", max_length=8, blank=True)
    theme = models.CharField("主题分类", max_length=60, blank=True)
    field = models.PositiveSmallIntegerField("试点领域", null=True, blank=True)
    of = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, verbose_name="公开主体")
    is_normative = models.BooleanField("只列行政规范性文件", default=False)
    most = models.PositiveSmallIntegerField(
        "列几条", default=6, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    order = models.PositiveSmallIntegerField("顺序", default=100)

    class Meta:
        verbose_name = verbose_name_plural = "专题的子栏目"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.heading

    @property
    def agency(self) -> Agency:
        """The agency of the topic."""
        return self.topic.agency


class Bulk(models.Model):
    """A file of everything that is public, for machines. `mark` is drawn anew when something in it is taken back."""

    kind = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    mark = models.CharField(max_length=32)
    at = models.DateTimeField()
    rows = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"records.{self.kind}.gz"
