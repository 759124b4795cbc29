"""How templates show a record's text."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from gongkai.content import cleaning

register = template.Library()


@register.filter
def as_body(html: str) -> SafeString:
    """A record's text as markup. Cleaned once more here, so that no row of the database can become a script."""
    return mark_safe(cleaning.clean(html).html)  # noqa: S308 - cleaned in this line
