"""The office's menu: each app adds its entries; an entry shows to who holds its right somewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.agencies.policy import policy_of


class RightMenuItem(MenuItem):
    """A menu entry that shows to who holds a right somewhere."""

    def __init__(self, label: str, route: str, right: str, **more: Any) -> None:
        super().__init__(label, reverse(route), **more)
        self.right = right

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person holds the right."""
        return policy_of(request.user).has(self.right)


def register(label: str, route: str, right: str, icon: str, order: int) -> None:
    """Add an entry: what it says, the name of its address, the right it asks for, Wagtail's icon, its place."""

    def entry() -> MenuItem:
        return RightMenuItem(label, route, right, name=route, icon_name=icon, order=order)

    hooks.register("register_admin_menu_item", entry)
