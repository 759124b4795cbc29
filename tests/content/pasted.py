"""Hypothesis strategies: documents as Word, WPS and web pages write them, with their visible text known; and hostile ones."""

from __future__ import annotations

import html
from dataclasses import dataclass

from hypothesis import strategies as st

LETTERS = "政府信息公开办法通知二〇年的了在一，。、（）Ab12 "


@dataclass(frozen=True)
class Pasted:
    """HTML and the text that a reader of it sees, blanks left out."""

    html: str
    visible: str


def bare(text: str) -> str:
    """Text without blanks of any kind."""
    return "".join(text.split()).replace("\u3000", "")


def _text(text: str) -> Pasted:
    return Pasted(html.escape(text, quote=False).replace("  ", "&nbsp; "), bare(text))


def _joined(parts: list[Pasted]) -> Pasted:
    return Pasted("".join(p.html for p in parts), "".join(p.visible for p in parts))


def _wrapped(start: str, end: str):  # type: ignore[no-untyped-def]
    return lambda inner: Pasted(start + inner.html + end, inner.visible)


texts = st.text(LETTERS + "<&>\"'", max_size=12).map(_text)
junk = st.sampled_from(
    [
        Pasted("<o:p>&nbsp;</o:p>", ""),
        Pasted("<!--[if gte mso 9]><xml><w:WordDocument>x</w:WordDocument></xml><![endif]-->", ""),
        Pasted("<style>p.MsoNormal {mso-style-parent:''}</style>", ""),
        Pasted("<script>alert('x')</script>", ""),
        Pasted("<![if !supportEmptyParas]>&nbsp;<![endif]>", ""),
        Pasted('<span style="display:none">隐藏</span>', ""),
        Pasted("<br>", ""),
        Pasted('<a name="_Toc1"></a>', ""),
        Pasted("\n", ""),
        Pasted("<span style='mso-spacerun:yes'>&nbsp;&nbsp; </span>", ""),
    ]
)
wrappers = st.sampled_from(
    [
        ("<span lang=EN-US style='font-size:16.0pt;font-family:仿宋_GB2312;mso-bidi-font-size:12.0pt'>", "</span>"),
        ("<b>", "</b>"),
        ("<b style='mso-bidi-font-weight:normal'>", "</b>"),
        ("<u>", "</u>"),
        ("<font color=red>", "</font>"),
        ("<span style='vertical-align:super'>", "</span>"),
        ("<a href='http://www.example.gov.cn/a'>", "</a>"),
        ("<a href='javascript:alert(1)'>", "</a>"),
        ("<a href='#_ftn1'>", "</a>"),
        ("<w:sdt>", "</w:sdt>"),
        ("<st1:chsdate year='2026'>", "</st1:chsdate>"),
    ]
)
inlines = st.recursive(
    texts | junk,
    lambda inner: st.tuples(wrappers, st.lists(inner, max_size=3)).map(lambda w: _wrapped(*w[0])(_joined(w[1]))),
    max_leaves=8,
)
runs = st.lists(inlines, max_size=4).map(_joined)
paragraph_tags = st.sampled_from(
    [
        ("<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>", "</p>"),
        ("<p align=center>", "</p>"),
        ("<h1 style='mso-pagination:none'>", "</h1>"),
        ("<h3>", "</h3>"),
        ("<div class=Section0>", "</div>"),
        ("<p class=MsoNormal>&nbsp;&nbsp;&nbsp;&nbsp;", ""),
        ("<p>\u3000\u3000", "</p>"),
        ("<blockquote>", "</blockquote>"),
        ("", ""),
        ("<pre>", "</pre>"),
    ]
)
paragraphs = st.tuples(paragraph_tags, runs).map(lambda p: _wrapped(*p[0])(p[1]))


def _cells(inner: st.SearchStrategy[Pasted]) -> st.SearchStrategy[Pasted]:
    tags = st.sampled_from(
        [("<td>", "</td>"), ("<th scope=col>", "</th>"), ("<td colspan=2>", "</td>"), ("<td rowspan='3'>", "")]
    )
    cell = st.tuples(tags, st.lists(inner, max_size=2).map(_joined)).map(lambda c: _wrapped(*c[0])(c[1]))
    row = st.lists(cell, min_size=1, max_size=3).map(_joined).map(_wrapped("<tr>", "</tr>"))
    return (
        st.lists(row, min_size=1, max_size=3)
        .map(_joined)
        .map(_wrapped("<table class=MsoNormalTable border=1 cellspacing=0><tbody>", "</tbody></table>"))
    )


def _lists(inner: st.SearchStrategy[Pasted]) -> st.SearchStrategy[Pasted]:
    item = st.lists(inner, max_size=2).map(_joined).map(_wrapped("<li>", "</li>"))
    tags = st.sampled_from([("<ul type=disc>", "</ul>"), ("<ol start=3>", "</ol>")])
    return st.tuples(tags, st.lists(item, max_size=3).map(_joined)).map(lambda p: _wrapped(*p[0])(p[1]))


blocks = st.recursive(paragraphs, lambda inner: _cells(inner) | _lists(inner) | paragraphs, max_leaves=6)
documents = st.lists(blocks, max_size=4).map(_joined)

_PIECES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg><style><img src=x onerror=a>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=a&gt;'>",
    "<a href=' java\tscript:a'>x</a>", "<a href=\"data:text/html,<script>1</script>\">y</a>", "<a href='vbscript:x'>",
    "<a href='https:///evil@x'>", "<a href='//evil.example'>", "<a href='http://u:p@evil.example'>", "<a href='http://[::1'>",
    "<iframe src=//evil>", "<object data=x>", "<embed src=x>", "<link rel=stylesheet href=//e>", "<base href=//e>",
    "<meta http-equiv=refresh content='0;url=//e'>", "<form action=//e><input name=a autofocus onfocus=a>",
    "<p style='background:url(//e)'>", "<div style='width:expression(a)'>", "<td background=//e>", "<body onload=a>",
    "<table background='http://e'>", "<style>@import '//e';</style>", "<!--", "-->", "<![CDATA[", "]]>", "<noscript><p title=\"</noscript><img src=x onerror=a>\">",
    "<template><script>a</script></template>", "<textarea></textarea><img src=x onerror=a>", "<xmp><p title='</xmp><img src=x onerror=a>'>",
    "<title><a href='</title><img src=x onerror=a>'>", "<select><style></select><img src=x onerror=a></style>", "<details open ontoggle=a>",
    "<video><source onerror=a>", "<img srcset='//e 1x' src='data:image/svg+xml,<svg onload=a>'>", "<img src='attachment:a\" onerror=a x=\"'>",
    "<a href='attachment:../../etc/passwd'>z</a>", "<ol start='1\" onclick=a'>", "<td colspan=99999999999999>", "<tr>", "</table>", "<table>", "<caption>",
    "<p>", "</p>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<a>", "</a>", "&lt;script&gt;", "&#60;script&#62;", "\0", "\u202e", "<", ">", "\"", "'", "=", "&", "&#x0;", "文字", "<h1>", "<td>", "<u>&nbsp;", "<br>", "\n", " ", "\u3000",
    "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>", "<p style='mso-list:l0 level9'><span style='mso-list:Ignore'>l</span>",
    "<span style='display:none'>", "</span>", "<hr>", "<thead>", "<col>", "<dl><dt>", "<frameset>", "<plaintext>", "<isindex>", "<marquee onstart=a>", "<annotation-xml encoding='text/html'>", "<foreignObject>", "<desc>", "<mi>", "<head>", "<font face='&quot;onload=a'>",
]  # fmt: skip
hostile = st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=14).map("".join)
