"""Web archives (.mht, also Word's, often named .doc): the page inside is read, its pictures are not."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from gongkai.annual_report.reading.sources import html
from gongkai.annual_report.reading.stream import NotReadable, Stream


def stream(data: bytes, name: str = "") -> Stream:
    """The stream of the first page in the archive."""
    try:
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        page = next((p for p in message.walk() if _is_page(p)), None)
        content = None if page is None else page.get_payload(decode=True)
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError) as error:
        raise NotReadable("网页归档文件已损坏，无法读取。") from error
    if not isinstance(content, bytes) or not content.strip():
        raise NotReadable("网页归档文件里没有网页。")
    return html.stream(content, name)


def _is_page(part: Message) -> bool:
    return part.get_content_type() in ("text/html", "application/xhtml+xml")
