"""Nouns: who is signed in, where, and since when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


class SignIn(models.Model):
    """A session of a person. It ends when idle, when it is old, or when newer ones push it out."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    by_provider = models.BooleanField(default=False)

    class Meta:
        ordering = ("-at",)

    @property
    def ends_at(self) -> datetime:
        """When it ends if nothing more happens."""
        idle: datetime = self.seen_at + timedelta(minutes=settings.IDLE_MINUTES)
        return min(idle, self.at + timedelta(seconds=settings.SESSION_COOKIE_AGE))


class Enrolment(models.Model):
    """A second factor being set up: its key is shown until the first code proves that it arrived."""

    staff = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE)
    key = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)
