"""Nouns of the office itself."""

from __future__ import annotations

from django.db import models


class ChoreRun(models.Model):
    """When a chore was done last, what it said, and since when someone is at it."""

    key = models.SlugField(max_length=40, primary_key=True)
    at = models.DateTimeField(null=True)
    begun = models.DateTimeField(null=True)
    said = models.CharField(max_length=500, blank=True, db_default="")

    def __str__(self) -> str:
        return self.key
