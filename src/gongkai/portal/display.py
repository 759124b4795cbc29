"""How a visitor wants to see the site: 大字版, 高对比度. Remembered in a cookie that is set only when chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongkai.portal import addresses

COOKIE: Final = "display"
_YEAR: Final = 365 * 86400


@dataclass(frozen=True, slots=True)
class Display:
    """A choice. Every public page exists in all four."""

    is_large: bool = False
    is_contrast: bool = False

    @property
    def key(self) -> str:
        """How the address and the cookie name it."""
        return "-".join(self.classes.split()) or "normal"

    @property
    def classes(self) -> str:
        """The classes of the page's root element."""
        return " ".join(name for name, on in (("large", self.is_large), ("contrast", self.is_contrast)) if on)

    @property
    def other_size(self) -> Display:
        """The same with the other size."""
        return Display(not self.is_large, self.is_contrast)

    @property
    def other_contrast(self) -> Display:
        """The same with the other colours."""
        return Display(self.is_large, not self.is_contrast)


NORMAL: Final = Display()
CHOICES: Final = {d.key: d for d in (NORMAL, Display(True, False), Display(False, True), Display(True, True))}


def of(request: HttpRequest) -> Display:
    """What this visitor chose."""
    return CHOICES.get(request.COOKIES.get(COOKIE, ""), NORMAL)


def address(choice: Display, back: str) -> str:
    """The link that makes a choice and comes back."""
    return f"{addresses.to('display', choice.key)}?next={quote(back, safe='/')}"


@require_GET
@never_cache
def choose(request: HttpRequest, choice: str) -> HttpResponse:
    """Remember the choice, or forget it where it is the ordinary one, and go back."""
    back = request.GET.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = addresses.to("home")
    response = redirect(back)
    if CHOICES[choice] == NORMAL:
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(
            COOKIE, choice, max_age=_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response
