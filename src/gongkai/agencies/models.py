"""Nouns: agencies and what became of them, staff and the posts they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.posts import POSTS
from gongkai.statute.identifiers import is_credit_code


def today() -> date:
    """The day it is where the agencies are."""
    return timezone.localdate()


def _check_credit_code(value: str) -> None:
    if not is_credit_code(value):
        raise ValidationError("统一社会信用代码不正确：应为18位，且最后一位校验码相符（GB 32100）。")


class Agency(models.Model):
    """A body the Regulation binds: a government, its office, a department, a township, a public-service body.

    `path` lists its ancestors and itself by primary key, so that everything below it is one prefix. A body that no
    longer exists keeps its row: its records and reports stay where they were made.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", "人民政府"
        OFFICE = "office", "政府办公室（厅）"
        DEPARTMENT = "department", "工作部门"
        TOWNSHIP = "township", "乡镇人民政府"
        SUBDISTRICT = "subdistrict", "街道办事处"
        PUBLIC_BODY = "public_body", "公共企事业单位"

    class Level(models.TextChoices):
        PROVINCE = "province", "省级"
        CITY = "city", "设区的市级"
        COUNTY = "county", "县级"
        TOWNSHIP = "township", "乡级"

    class Review(models.TextChoices):
        AS_ABOVE = "", "按上级机关或者全站的设置"
        THREE = "three", "三级审核"
        TWO = "two", "二级审核"

    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    level = models.CharField("层级", max_length=8, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级机关", related_name="children", null=True, blank=True
    )
    path = models.CharField(max_length=200, unique=True, editable=False)
    reports_to = models.ForeignKey(
        "self", models.PROTECT, verbose_name="年度报告报送至", related_name="reporters", null=True, blank=True
    )
    is_competent = models.BooleanField(
        "政府信息公开工作主管部门", default=False, help_text="主管其上级机关所辖的全部机关（条例第三条）。"
    )
    credit_code = models.CharField(
        "统一社会信用代码", max_length=18, null=True, blank=True, unique=True, validators=[_check_credit_code]
    )
    division_code = models.CharField(
        "行政区划代码",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^(\d{6}|\d{9}|\d{12})$", "应为6、9或12位数字。")],
    )
    site_code = models.CharField(
        "网站标识码",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z]{10}$", "应为10位字母或数字。")],
    )
    makes_rules = models.BooleanField("可以制定规章", default=False)
    makes_normative_documents = models.BooleanField("可以制定行政规范性文件", default=False)
    review_own = models.CharField(
        "审核层级",
        max_length=5,
        choices=Review.choices,
        blank=True,
        help_text="信息发布前审几级：三级为初审、复审、终审，二级没有复审。下级机关没有另外选择的也按它；已经送审的不变。",
    )
    review = models.CharField(max_length=5, choices=Review.choices, blank=True, editable=False)
    """The choice that holds here: its own, else that of the nearest above; "" where the site's setting does. Written with
    `path`, so that where a record stands is read without asking the tree."""
    ogi_office = models.CharField("信息公开工作机构", max_length=60, blank=True)
    address = models.CharField("办公地址", max_length=120, blank=True)
    postcode = models.CharField(
        "邮政编码", max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$", "应为6位数字。")]
    )
    phone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    office_hours = models.CharField("办公时间", max_length=100, blank=True)
    order = models.PositiveIntegerField("排序", default=100)
    since = models.DateField("设立日期", null=True, blank=True)
    until = models.DateField("撤销日期", null=True, blank=True, help_text="自这一天起不再存在。")

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering = ("order", "pk")
        constraints = (
            models.CheckConstraint(
                name="agency_ends_after_it_began",
                condition=Q(since=None) | Q(until=None) | Q(until__gt=models.F("since")),
                violation_error_message="撤销日期应晚于设立日期。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """How lists name it."""
        return self.short_name or self.name

    @property
    def exists(self) -> bool:
        """Whether it exists today."""
        return self.until is None or self.until > today()

    @property
    def realm(self) -> str:
        """The path of all it answers for: a competent department answers for its government's whole tree."""
        return self.path.removesuffix(f"{self.pk}/") if self.is_competent and self.parent_id else self.path


class NameHeld(models.Model):
    """A name an agency had, from the day `since` to the day before `until`. The present name is `Agency.name`."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="names")
    name = models.CharField("名称", max_length=100)
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至（不含）")
    document_no = models.CharField("依据文号", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "曾用名称"
        ordering = ("until",)

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """On the day `on`, `successor` took over from `predecessor`: all of it (merged) or a part of its duties."""

    class Kind(models.TextChoices):
        MERGED = "merged", "并入"
        PART = "part", "划转部分职能"

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="predecessions")
    kind = models.CharField("方式", max_length=6, choices=Kind.choices)
    on = models.DateField("日期")
    document_no = models.CharField("依据文号", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机构承继"
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("predecessor", "successor", "on"), name="one_succession_a_day"),
            models.CheckConstraint(name="nobody_succeeds_himself", condition=~Q(predecessor=models.F("successor"))),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} {self.get_kind_display()} {self.successor}"


class Staff(AbstractUser):
    """A person who signs in. What he may do follows from the posts he holds, never from the account."""

    full_name = models.CharField("姓名", max_length=40)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    is_part_time = models.BooleanField("兼职", default=False)
    password_changed_at = models.DateTimeField(default=timezone.now, editable=False)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Wagtail's sidebar greets by the first name."""
        self.first_name = self.full_name
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """姓名, as Wagtail shows it."""
        return str(self)

    def get_short_name(self) -> str:
        """The same: Chinese names are not cut."""
        return str(self)


class Posting(models.Model):
    """A post that someone holds at an agency, from `since` until the day before `until`."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="postings", verbose_name="工作人员")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="postings", verbose_name="机关")
    post = models.CharField("岗位", max_length=12, choices=[(post.key, post.label) for post in POSTS.values()])
    since = models.DateField("自", default=today)
    until = models.DateField("至（不含）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("agency_id", "post", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("staff", "agency", "post"),
                condition=Q(until=None),
                name="a_post_is_held_once",
                violation_error_message="此人已经担任这个岗位。",
            ),
            models.CheckConstraint(
                name="posting_ends_after_it_began", condition=Q(until=None) | Q(until__gte=models.F("since"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency} {self.get_post_display()} {self.staff}"
