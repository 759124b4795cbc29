"""Nouns: a batch of uploaded files, and what was read from each."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.annual_report.report import Report


class Batch(models.Model):
    """The files that one visitor uploaded together. Whoever holds its token in a signed cookie may see it."""

    token = models.CharField(max_length=43, unique=True)
    once = models.CharField(max_length=64, unique=True, null=True)  # one sending of one form: twice is once
    name = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    is_kept = models.BooleanField(default=False)
    is_compared = models.BooleanField(default=False)  # its reports were checked against each other, too
    expected = models.TextField(blank=True)  # the agencies that must report, one a line
    is_demo = models.BooleanField(default=False)
    made_with = models.CharField(max_length=64, blank=True)  # for the demo: the program that made it

    @property
    def folder(self) -> Path:
        """Where its files are kept."""
        folder: Path = settings.UPLOADS / self.token
        return folder

    @property
    def expected_agencies(self) -> list[str]:
        """The agencies that must report."""
        return self.expected.splitlines()


class Upload(models.Model):
    """One file, its reading and its findings."""

    class State(models.TextChoices):
        QUEUED = "queued", "等待读取"
        READING = "reading", "正在读取"
        DONE = "done", "已读取"
        FAILED = "failed", "未能读取"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="uploads")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=150)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED, db_index=True)
    reason = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # readings that ended without an outcome
    agency = models.CharField(max_length=100, blank=True)
    year = models.IntegerField(null=True)
    edition = models.CharField(max_length=4, blank=True)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    doubtful = models.PositiveIntegerField(default=0)
    report_json = models.JSONField(null=True)
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="one_number_a_batch"),)

    @property
    def path(self) -> Path:
        """The file itself, in a folder of its own under its own name."""
        return self.batch.folder / str(self.number) / self.name

    @property
    def looked(self) -> Path:
        """Where pictures of its pages are kept."""
        return self.batch.folder / f"{self.number}-looked"

    @cached_property
    def report(self) -> Report:
        """What was read. Only for an upload that is DONE."""
        return Report.from_json(self.report_json)
