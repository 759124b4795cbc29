"""Small filters of the public pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal import addresses
from gongkai.search.found import Piece

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as it is written: 2026年3月5日."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def dated(value: date | datetime) -> SafeString:
    """The same as an element that machines can read, too."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day(value))


@register.filter
def grouped(value: int) -> str:
    """A whole number in groups of three with thin spaces: 12 345."""
    return f"{value:,}".replace(",", "\u2009")


@register.filter
def size(value: int) -> str:
    """The size of a file: 320 KB, 1.5 MB."""
    if value < 1000:
        return f"{value} 字节"
    if value < 1_000_000:
        return f"{round(value / 1000)} KB"
    return f"{value / 1_000_000:.1f} MB"


@register.filter
def pieces(found: Iterable[Piece]) -> SafeString:
    """A text found, what was asked for marked in it. An include for each of forty would take longer than the search."""
    parts = (
        format_html("<mark>{}</mark>", piece.text) if piece.marked else conditional_escape(piece.text)
        for piece in found
    )
    return mark_safe("".join(parts))  # noqa: S308 escaped piece by piece


@register.simple_tag
def address(name: str, *args: object) -> str:
    """Where a page of the site is, as `addresses.to`."""
    return addresses.to(name, *args)


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """What is found under a key; "" where nothing is."""
    return found.get(key, "")
