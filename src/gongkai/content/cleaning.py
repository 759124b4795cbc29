"""Rich text pasted from Word, WPS and web pages, cleaned to a small safe HTML.

Three steps: the sanitiser (an HTML5 parser, as browsers have it) makes any input well-formed; a model of paragraphs,
lists and tables is built from it and written out anew; the sanitiser checks what was written against the list of
what is allowed. Nothing that came in goes out unread, so what the model does not know cannot pass.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import nh3

from gongkai.content.building import ATTACHMENT, Builder
from gongkai.content.markup import attributes_of, escaped_value, plain, tokens
from gongkai.content.rendering import rendered
from gongkai.content.unseen import without_unseen

__all__ = ["Cleaned", "NotCleanable", "clean", "plain", "with_attachments"]

MAX_CHARACTERS: Final = 20_000_000
_MAX_DEPTH: Final = 400
_ROUNDS: Final = 4

# What the model reads; everything else is unwrapped, or dropped with its content.
_READ: Final = set(
    "p div h1 h2 h3 h4 h5 h6 blockquote center section article header footer main nav aside address pre dl dt dd figure"
    " figcaption fieldset form legend details summary ul ol li table caption thead tbody tfoot tr td th col colgroup"
    " b strong i em cite dfn var u ins s strike del sub sup span font a br hr img".split()
)
_DROPPED: Final = set(
    "script style title xml template noscript noframes noembed iframe object embed applet svg head select textarea"
    " audio video canvas".split()
)
_SCHEMES: Final = {"http", "https", "mailto", "attachment", "data", "file", "blob", "cid"}
# What may go out.
_TAGS: Final = set(
    "p h2 h3 h4 h5 h6 ul ol li table caption thead tbody tr td th strong em u s sub sup a br hr img".split()
)
_ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "td": {"colspan", "rowspan"},
                      "th": {"colspan", "rowspan"}}  # fmt: skip
_ALIGNED: Final = {"align-center", "align-right"}
_CLASSES: Final = {tag: _ALIGNED | {"indent", "inset"} for tag in ("p", "h2", "h3", "h4", "h5", "h6")} | {
    "td": _ALIGNED, "th": _ALIGNED
}  # fmt: skip
_NESTING: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>")
# Tags whose end HTML leaves out, or that have none: unclosed, they do not nest.
_LOOSE: Final = frozenset(
    "p li td th tr dt dd option optgroup tbody thead tfoot colgroup col br img hr input meta link base wbr area source"
    " html head body".split()
)
_DATA: Final = re.compile(r"""(\ssrc\s*=\s*["']?data:)[^"'\s>]{64,}""", re.I)
_HALVES: Final = re.compile(r"[\ud800-\udfff]")
_NOTES: Final = (
    ("image", "有 {} 张图片没有随文字保存，请作为附件上传后再插入。"),
    ("link", "有 {} 处链接的地址不能发布（本机文件、脚本或不完整的地址），已去掉链接，保留文字。"),
    ("hidden", "有 {} 处隐藏文字，原文的读者看不到，已删去。"),
    ("comment", "有 {} 处批注或批注标记，已删去。"),
    ("revision", "有 {} 处修订留下的删除内容，已显示为删除线；请先在原文件中接受修订，再重新粘贴。"),
)


class NotCleanable(ValueError):
    """The text cannot be taken over; the message is one Chinese sentence for its author."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Safe HTML, and Chinese sentences on what was left out, for the one who pasted."""

    html: str
    notes: tuple[str, ...] = ()


def clean(html: str, key_of: Callable[[str], str | None] = lambda source: None) -> Cleaned:
    """The small safe HTML of pasted HTML. NotCleanable for what is too large or too deeply nested.

    `key_of` gives the attachment's key for the `src` of a picture that is ours; pictures without one are left out
    and noted. Pictures and links to attachments are kept as ``attachment:KEY``; `with_attachments` resolves them.
    """
    html = without_unseen(_HALVES.sub("\ufffd", html))
    html = _DATA.sub(r"\1,", html)  # embedded pictures are not kept, but counted
    if len(html) > MAX_CHARACTERS:
        raise NotCleanable(f"粘贴的内容超过 {MAX_CHARACTERS // 10_000} 万字符，请分成几部分，或者作为附件上传。")
    _refuse_depth(html)
    lost: Counter[str] = Counter()
    before = None
    for _ in range(_ROUNDS):
        builder = Builder(key_of)
        after = without_unseen(_strict(rendered(builder.build(_read(html)))))
        lost += builder.lost
        if after == before:
            break
        html = before = after
    return Cleaned(after, tuple(text.format(lost[kind]) for kind, text in _NOTES if lost[kind]))


def with_attachments(html: str, address_of: Callable[[str], str | None]) -> str:
    """Cleaned HTML with the addresses of attachments; pictures and links without one lose their reference."""
    parts: list[str] = []
    done = 0
    for token in tokens(html):
        if token.name not in ("img", "a") or token.is_end:
            continue
        name = "src" if token.name == "img" else "href"
        value = attributes_of(token).get(name, "")
        if own := ATTACHMENT.fullmatch(value):
            address = address_of(own[1])
            new = f'{name}="{escaped_value(address)}"' if address else ""
            at = html.index(f'{name}="{escaped_value(value)}"', token.start)
            parts += (html[done:at], new)
            done = at + len(f'{name}="{escaped_value(value)}"')
    return "".join([*parts, html[done:]])


def _read(html: str) -> str:
    shown = {"style", "class", "align", "hidden"}
    return nh3.clean(
        html.replace("\0", ""), tags=_READ, clean_content_tags=_DROPPED, link_rel=None, url_schemes=_SCHEMES,
        attributes=dict.fromkeys(_READ, shown) | {
            "a": shown | {"href"}, "img": shown | {"src", "alt"}, "ol": shown | {"start"},
            "td": shown | {"colspan", "rowspan"}, "th": shown | {"colspan", "rowspan"},
        },
    )  # fmt: skip


def _strict(html: str) -> str:
    return nh3.clean(
        html, tags=_TAGS, clean_content_tags={"script", "style"}, attributes=_ATTRIBUTES, allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto", "attachment"}, link_rel=None,
    )  # fmt: skip


def _refuse_depth(html: str) -> None:
    """Thousands of open elements are no document, and take a browser's parser minutes."""
    depths: Counter[str] = Counter()
    total = 0
    for end, name in _NESTING.findall(html):
        name = name.lower()
        if name in _LOOSE:
            continue
        if not end:
            depths[name] += 1
            total += 1
        elif depths[name]:
            depths[name] -= 1
            total -= 1
        if total > _MAX_DEPTH:
            raise NotCleanable("粘贴的内容层层嵌套，结构异常，没有采用；请先粘贴为纯文本，再重新排版。")
