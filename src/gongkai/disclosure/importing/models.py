"""Nouns: a run of an import, and where a record that was moved in came from."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Record


class ImportRun(models.Model):
    """An import of one file for an agency. `ended_at` is empty while it can go on from where it stopped."""

    agency = models.ForeignKey(Agency, models.PROTECT)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    name = models.CharField("文件", max_length=200)
    site = models.CharField("来源", max_length=100)
    sha256 = models.CharField(max_length=64, db_index=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "信息导入"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def done(self) -> int:
        """How many of its rows have been dealt with, from the first on: a batch and its counts are one transaction."""
        return self.made + self.changed + self.unchanged + self.refused


class Refusal(models.Model):
    """A row of a run that was not imported, and why."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    reason = models.TextField()

    class Meta:
        ordering = ("line",)
        constraints = (models.UniqueConstraint(fields=("run", "line"), name="one_refusal_a_row"),)


class Origin(models.Model):
    """Where a record came from. `key` is what tells its row from others of that agency and site; `row` its digest."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="origin")
    agency = models.ForeignKey(Agency, models.PROTECT)
    run = models.ForeignKey(ImportRun, models.PROTECT)
    site = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    address = models.CharField(max_length=500, blank=True)
    row = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "site", "key"), name="one_record_a_row"),)
