"""Links of a record's text that lead nowhere: addresses elsewhere are asked, those of this site are looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from gongkai.content import links
from gongkai.disclosure.models import Record, Shown

MOST: Final = 40
"""How many addresses are asked at once: who waits for the answer waits seconds, not minutes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link that leads nowhere, or may not: its words, its address, and why in one sentence."""

    text: str
    address: str
    reason: str
    is_certain: bool = True


def check(record: Record, fetch: links.Fetch | None = None) -> list[Found]:
    """The links of the text that lead nowhere, in order. Addresses elsewhere are asked at most once each."""
    hosts = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    there = links.links(record.body, hosts)
    elsewhere = [one.address for one in there if one.sort == "external"][:MOST]
    asked = {one.address: one for one in links.check_links(elsewhere, fetch)}
    found = []
    for one in there:
        answer = asked.get(one.address)
        if one.sort == "unusable":
            found.append(Found(one.text, one.address, "这个地址不能用。"))
        elif one.sort == "internal" and not _is_here(one.address):
            found.append(Found(one.text, one.address, "本站没有这个页面，或者没有公开。"))
        elif answer and answer.verdict != "alive":
            found.append(Found(one.text, one.address, answer.reason, answer.verdict == "dead"))
    return found


def _is_here(address: str) -> bool:
    path = urlsplit(address).path
    if not path.startswith("/"):
        return False
    try:
        match = resolve(path)
    except Resolver404:
        return False
    pk = match.kwargs.get("pk")
    return match.url_name != "record" or Shown.objects.filter(pk=pk).exists()
