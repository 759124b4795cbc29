"""Nouns: what can be found, its text, the form of the index, and what was asked."""

from __future__ import annotations

from typing import Any

from django.db import models


class Grams(models.Field):
    """Hashed terms for PostgreSQL's GIN index."""

    def db_type(self, connection: Any) -> str:
        """integer[] where there are arrays."""
        return "integer[]" if connection.vendor == "postgresql" else "text"


class Item(models.Model):
    """One searchable thing, narrow: lists are walked in its order.

    `place` rises from the newest day to the oldest, so that "the newest ten" is an index walk. `digest` tells whether
    putting it again would change anything. `heading` is its folded title, with initials where it is an agency; `names`
    are the folded title and numbers, each between two ¦.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    place = models.BigIntegerField()
    day = models.DateField(null=True)
    audience = models.CharField(max_length=200)
    title = models.TextField()
    number = models.TextField(blank=True)
    index_no = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    names = models.TextField(blank=True)
    facets = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "可搜索条目"
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="search_item_once"),)
        indexes = (models.Index(fields=("place", "id"), name="search_item_place"),)

    def __str__(self) -> str:
        return self.title


class Text(models.Model):
    """The long half of an item: `body` as it reads, `folded` as it is searched (title, numbers and body)."""

    # Without a constraint: its check at the end of a transaction keeps PostgreSQL from making an index in it.
    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="text", db_constraint=False)
    body = models.TextField(blank=True)
    folded = models.TextField()

    class Meta:
        verbose_name = verbose_name_plural = "可搜索文本"
        default_permissions = ()

    def __str__(self) -> str:
        return self.body[:40]


class Signature(models.Model):
    """What PostgreSQL's GIN index finds an item by; on SQLite there is none (FTS5 keeps the terms).

    Apart from the item and as narrow as can be: of ten thousand candidates the places are read to tell the newest.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="+", db_constraint=False)
    place = models.BigIntegerField()
    grams: Any = Grams()

    class Meta:
        verbose_name = verbose_name_plural = "可搜索特征"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.place)


class Form(models.Model):
    """One row: the form of the index that this database has (`forms.FORM`)."""

    name = models.CharField(max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "索引形式"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Asked(models.Model):
    """How often something was asked on a day, and how often nothing was found. Nothing about who asked."""

    day = models.DateField("日期")
    words = models.CharField("搜索词", max_length=100)
    times = models.PositiveIntegerField("次数", default=0)
    in_vain = models.PositiveIntegerField("无结果次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "搜索词统计"
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("day", "words"), name="search_asked_once_a_day"),)

    def __str__(self) -> str:
        return self.words
