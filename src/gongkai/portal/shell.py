"""What the base template needs on every page, made only when a template asks for it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.portal import columns, display, identity
from gongkai.portal.models import Identity
from gongkai.portal.page import Page, Tag, site_tags

_LONGEST_BACK: Final = 500


class Shell:
    """Header, navigation, footer."""

    columns = columns

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def identity(self) -> Identity:
        """Who this site is."""
        return identity.current()

    @property
    def tags(self) -> list[Tag]:
        """The META tags of the site."""
        return site_tags(self.identity)

    @cached_property
    def display(self) -> display.Display:
        """How the visitor wants to see it."""
        return display.of(self._request)

    @property
    def _back(self) -> str:
        """Where the links of the display come back to; an error page names no address of its own."""
        request = self._request
        if getattr(request, "is_error", False):
            return "/"
        whole = request.get_full_path()
        return whole if len(whole) <= _LONGEST_BACK else request.path

    @property
    def other_size(self) -> str:
        """The link to the other size."""
        return display.address(self.display.other_size, self._back)

    @property
    def other_contrast(self) -> str:
        """The link to the other colours."""
        return display.address(self.display.other_contrast, self._back)

    @property
    def report_check_is_open(self) -> bool:
        """Whether 年报核校 may be named to the public."""
        return bool(settings.REPORT_CHECK_IS_PUBLIC)


def context(request: HttpRequest) -> dict[str, Shell]:
    """Django's context processor."""
    return {"shell": Shell(request)}


def show(request: HttpRequest, template: str, page: Page, status: int = 200, **more: Any) -> HttpResponse:
    """A public page: the same for everyone who sees it in the same display, so that it may be kept."""
    response = render(request, f"portal/{template}.html", {"page": page, **more}, status=status)
    response.is_public_page = True
    return response
