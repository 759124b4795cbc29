"""Nouns: who this site is, as its header, footer and META tags say it."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

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
