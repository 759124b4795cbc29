"""Title, agency, year, contact and the text of parts one, five and six."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.annual_report.reading import agency as names
from gongkai.annual_report.reading.outline import Outline
from gongkai.annual_report.reading.stream import Line, Stream
from gongkai.annual_report.reading.values import is_page_number, plain
from gongkai.annual_report.report import Paragraph, Place, Report

_DATE = re.compile(r"(20\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_PUBLISHED = re.compile(r"(?:发布|发文|公开|生成|成文|更新)?(?:日期|时间)[:：]?\s*(20\d\d[-年./]\d{1,2}[-月./]\d{1,2})")
_CONTACT = {
    "address": re.compile(
        r"地址[:：]?([^；;，,。、）)]{4,60}?(?:（[^）]*）[^；;，,。）)]{0,20})?)(?=[；;，,。）)]|邮编|电话|$)"
    ),
    "phone": re.compile(r"(?:电话|联系方式)(?:号码)?[:：]?([0-9][0-9—\-－转\s]{6,20})"),
    "fax": re.compile(r"传真[:：]?([0-9][0-9—\-－]{6,20})"),
    "postcode": re.compile(r"(?:邮政编码|邮编)[:：]?(\d{6})"),
    "email": re.compile(r"(?:邮箱|邮件|E-?mail)[^A-Za-z0-9]{0,6}([\w.+-]+@[\w.-]+\w)", re.I),
}
_BREAK = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[.．、）)]|[（(]\d{1,2}[）)]|[①-⑳]|[-·•])")
_ENDS = tuple("。！？!?")
_RUNS_ON = tuple("，、（《“")
_FOOTER = re.compile(
    r"^(?:【?(?:打印|关闭|字号)|上一篇|下一篇|主办单位?|承办单位?|版权所有|网站地图|联系我们|扫一扫|分享到|相关(?:附件|链接|解读|阅读)"
    r"|.{0,20}(?:ICP备|公网安备|网站标识码)|附件下载|返回顶部|政府网站找错|友情链接|责任编辑|Copyright|©)"
)
_LEAD_LINES = 400
_OPENING_LINES = 40
_STATED = 8  # characters that a line of running text has at least
_HAN = r"[\u3000-\u9fff\uff00-\uffef]"
_WIDE = r"[\u2014\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef]"
_GAP = re.compile(rf"(?<={_HAN})[ \u3000\xa0]+(?={_HAN})")
_PLACED_GAP = re.compile(rf"(?<={_WIDE})[ \u3000\xa0]+|[ \u3000\xa0]+(?={_WIDE})")
_TITLE_PARTS = re.compile(r"[\s_|>＞»\-—–]+")


def read_head(report: Report, stream: Stream, found: Outline) -> None:
    """Title, agency, year, published date, contact and preamble."""
    lines = stream.lines
    begin = min((i for i in (*found.headings.values(), *(s[0] for s in found.tables.values()))), default=found.end)
    head = [plain(line.text) for line in lines[max(0, begin - _LEAD_LINES) : begin]]
    head = [text for text in head if text]
    # The title stands right before the text; a site's navigation, which may list other reports, before it.
    joined = [
        "".join(head[i : i + n])
        for i in range(len(head) - 1, -1, -1)
        for n in (1, 2, 3)
        if all(len(t) <= 60 for t in head[i : i + n])
    ]
    quoted = [q for q in re.findall(r"《([^》]{8,60})》", "".join(head)) if "通知" not in q]
    own = [part for text in (stream.meta.get("title", ""), stream.title) for part in _TITLE_PARTS.split(text) if part]
    own += [plain(stream.title)]
    title, agency, year = names.find_title(map(names.western_years, [*map(plain, own), *joined, *quoted]))
    lead = "".join(head)
    whole = "".join(plain(line.text) for line in lines[: found.end])
    if agency is None or not _plausible(agency):
        # Between title and part one; above the title a page names its site.
        below = head[next((i + 1 for i in range(len(head) - 1, -1, -1) if "报告" in head[i]), len(head)) :]
        signed = names.find_signature(below[:4])
        opening = "\n".join(plain(line.text) for line in lines[begin : begin + _OPENING_LINES])
        agency = signed or names.find_self(lead + "\n" + plain(stream.meta.get("agency", "")), whole, opening) or agency
        agency = agency or plain(stream.meta.get("agency", "")) or None
    stem = plain(stream.name.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    if agency is None:
        agency = names.find_title([stem])[1]
    if year is None:
        year = names.find_period(whole)
    if year is None:
        years = re.findall(r"(20[12]\d)年(?!\d{1,2}月\d)", whole)
        year = int(max(set(years), key=years.count)) if years else None
    if year is None:
        stated = re.search(r"(?<!\d)(20[12]\d)(?!\d)", stem)
        year = int(stated[1]) if stated else None
    report.title, report.year = title, year
    report.agency_printed = agency or ""
    report.agency = names.full_name(agency) if agency else None
    report.published = _published(stream, lead)
    for key, pattern in _CONTACT.items():
        hit = pattern.search(lead)
        if hit:
            report.contact[key] = hit[1].strip("—-－ ")
    report.preamble = _preamble(stream, begin, title)


def _plausible(agency: str) -> bool:
    return 2 <= len(agency) <= 40


def _published(stream: Stream, lead: str) -> str | None:
    stated = stream.meta.get("published") or ""
    hit = _DATE.search(stated)
    if not hit:
        labelled = _PUBLISHED.search(lead)
        hit = _DATE.search(labelled[1]) if labelled else re.search(r"[（(](20\d\d)年(\d{1,2})月(\d{1,2})日[）)]", lead)
    if not hit:
        return None
    year, month, day = (int(g) for g in hit.groups())
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _preamble(stream: Stream, begin: int, title: str) -> tuple[Paragraph, ...]:
    """The text between title and first heading."""
    lines = stream.lines[max(0, begin - _LEAD_LINES) : begin]
    paragraphs = _paragraphs([line for line in lines if line.table is None], stream)
    key = title[-8:] if title else ""
    last_title = max((i for i, p in enumerate(paragraphs) if key and plain(p.text).endswith(key)), default=-1)
    return tuple(p for p in paragraphs[last_title + 1 :] if len(plain(p.text)) >= 15 and plain(p.text) not in title)


def read_sections(report: Report, stream: Stream, found: Outline, last: int) -> None:
    """The paragraphs of parts one, five and six. `last` is the last line that a table used."""
    lines, heads = stream.lines, found.headings
    first_table = min((s[0] for s in found.tables.values()), default=found.end)
    if "overview" in heads:
        stop = heads.get("disclosure", first_table)
        stop = stop if stop > heads["overview"] else first_table
        report.sections["overview"] = _section(stream, lines, heads["overview"] + 1, max(stop, heads["overview"] + 1))
    issues, other = heads.get("issues"), heads.get("other_matters")
    if issues is None and other is not None and 0 <= last < other:
        text = _section(stream, lines, last + 1, other)  # the heading of part five was lost
        if sum(len(p.text) for p in text) > 60:
            report.sections["issues"] = text
    elif issues is not None:
        end = other if other is not None and other > issues else found.end
        report.sections["issues"] = _section(stream, lines, issues + 1, end)
    if other is not None:
        end = issues if issues is not None and issues > other else found.end
        report.sections["other_matters"] = _trim_footer(_section(stream, lines, other + 1, end))
    elif issues is not None:
        report.sections["issues"] = _trim_footer(report.sections["issues"])


def _section(stream: Stream, lines: list[Line], start: int, end: int) -> tuple[Paragraph, ...]:
    return tuple(_paragraphs(lines[start:end], stream))


def _trim_footer(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Without the site's own footer that follows a report on its page."""
    for i, paragraph in enumerate(paragraphs):
        if _FOOTER.match(plain(paragraph.text)):
            return paragraphs[:i]
    return paragraphs


def _paragraphs(lines: list[Line], stream: Stream) -> list[Paragraph]:
    """Lines joined to paragraphs where the source breaks lines for typography only."""
    if stream.kind in ("pdf", "image"):
        ends = _ends_by_edge(lines, stream)
        if ends is not None:
            return _joined(lines, stream, ends, by_edge=True)
    usual = _usual_width(lines)
    joins = stream.kind in ("text", "markdown", "pdf", "image")

    def is_full(line: Line, text: str) -> bool:
        runs_on = text.endswith(_RUNS_ON) or _width(line) >= 0.8 * usual
        return joins and not text.endswith(_ENDS) and runs_on

    return _joined(lines, stream, is_full, by_edge=False)


def _joined(lines: list[Line], stream: Stream, is_full: Callable[[Line, str], bool], by_edge: bool) -> list[Paragraph]:
    """Paragraphs from lines; a full line goes on in the next unless that one begins a paragraph."""
    edges = _edges(stream.lines)
    paragraphs: list[list[str]] = []
    places: list[Place | None] = []
    full = False
    for line in lines:
        text = _clean(line, stream)
        if not text or is_page_number(text):
            continue
        begins = _indented(line, edges) or (not by_edge and _BREAK.match(text))
        if full and paragraphs and line.table is None and not begins:
            paragraphs[-1].append(text)
        else:
            paragraphs.append([text])
            places.append(line.pieces[0].place)
        full = line.table is None and is_full(line, text)
    return [Paragraph(_join(parts), place) for parts, place in zip(paragraphs, places, strict=True)]


def _ends_by_edge(lines: list[Line], stream: Stream) -> Callable[[Line, str], bool] | None:
    """Where first lines are indented, a line is full when it reaches the right edge, whatever it ends with."""
    edges = _edges(stream.lines)
    if not any(_indented(line, edges) for line in lines):
        return None
    right = max(
        (line.pieces[-1].right for line in stream.lines if line.table is None and len(line.text) > _STATED), default=0.0
    )

    def is_full(line: Line, text: str) -> bool:
        columns = sum(1 if ch < "\u2000" else 2 for ch in line.text)
        em = 2 * (line.pieces[-1].right - line.pieces[0].left) / max(columns, 1)
        return right - line.pieces[-1].right < 2.5 * em

    return is_full


def _edges(lines: list[Line]) -> dict[int, float]:
    """Where the text begins on each page: at the left edge of the whole text, since a page may hold first lines only."""
    placed = [
        line for line in lines
        if line.table is None and line.pieces and len(line.text) > _STATED and not is_page_number(line.text)
    ]  # fmt: skip
    left = min((line.pieces[0].left for line in placed), default=0.0)
    return {line.page: left for line in lines}


def _indented(line: Line, edges: dict[int, float]) -> bool:
    """Whether a printed line starts visibly to the right of the text's edge, as a first line does."""
    if line.table is not None or not line.pieces or line.pieces[0].right <= line.pieces[0].left:
        return False
    em = (line.pieces[0].right - line.pieces[0].left) / max(len(line.pieces[0].text), 1)
    return line.pieces[0].left - edges[line.page] > 1.4 * em


def _usual_width(lines: list[Line]) -> float:
    """How long a full line is in text that is broken for typography: the upper quartile of its lines."""
    widths = sorted(w for line in lines if line.table is None and (w := _width(line)) >= 8)
    return widths[len(widths) * 3 // 4] if widths else 0.0


def _width(line: Line) -> float:
    return float(len(plain(line.text)))


def _clean(line: Line, stream: Stream) -> str:
    """One line's text: single blanks, none between Chinese characters.

    Where blanks come from positions (PDF, scans), none beside a Chinese character either.
    """
    separator = "\t" if line.table is not None else " "
    text = separator.join(p.text for p in line.pieces if p.text.strip())
    return (_PLACED_GAP if stream.kind in ("pdf", "image") else _GAP).sub("", text.strip())


def _join(parts: list[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        text += (" " if text[-1:].isascii() and part[:1].isascii() and text[-1:].isalpha() else "") + part
    return text
