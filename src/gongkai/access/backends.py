"""Who is let into the office: people who hold a post today."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from gongkai.agencies.policy import policy_of


class PostBackend(ModelBackend):
    """Passwords as Django checks them; the office opens to everyone who holds a post, and to nobody else."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Wagtail asks this before it shows its admin."""
        if perm == "wagtailadmin.access_admin":
            return bool(user_obj.is_active) and policy_of(user_obj).has("office.enter")
        return bool(super().has_perm(user_obj, perm, obj))
