"""Files into text, a module a format: what annual reports are read with, and what those do not need. Run apart."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from gongkai.annual_report.reading.sources import detect
from gongkai.annual_report.reading.sources.archive import open_archive, part
from gongkai.annual_report.reading.sources.xml import parse
from gongkai.annual_report.reading.stream import Line, NotReadable

_MAX_PAGES: Final = 3_000
_OCR_SHARE: Final = 0.75  # of the time, for recognising pages without text
_OCR_DPI: Final = 200
_DAMAGED: Final = "文件已损坏或不完整，无法打开；请重新导出后再试。"
_WORDLESS: Final = "文件里没有文字。"
_ENDS: Final = "。；：！？…”）.;:!?"
_DRAWING_TEXT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SPREAD: Final = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Found:
    """The text of a file."""

    text: str
    pages: int = 0
    notes: tuple[str, ...] = ()


def read(data: bytes, kind: str, seconds: float) -> Found:
    """The text of a file of a kind (filekinds). NotReadable, with one sentence, where there is none."""
    try:
        found = _read(data, kind, time.monotonic() + seconds * _OCR_SHARE)
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # a defect of a reader, or of a library below it, met in a damaged file
        raise NotReadable(_DAMAGED) from error
    if not found.text.strip():
        raise NotReadable(_WORDLESS)
    return found


def _read(data: bytes, kind: str, until: float) -> Found:
    if kind == "pdf":
        return _pdf(data, until)
    if kind == "ofd":
        return _ofd(data)
    if kind == "slides":
        return _slides(data)
    if kind == "text":
        from gongkai.annual_report.reading.sources.text import decode_bytes

        return Found(decode_bytes(data))
    reader = detect(data)
    if kind == "sheet" and reader == "office":
        raise NotReadable("不能读取 .ods 表格，请另存为 .xlsx 再上传。")
    stream = import_module(f"gongkai.annual_report.reading.sources.{reader}").stream(data)
    pages = max((line.page for line in stream.lines), default=0) if kind == "image" else 0
    return Found(_text(stream.lines, joined=stream.geometric), pages, tuple(stream.warnings))


def _text(lines: list[Line], joined: bool) -> str:
    """Lines as text, table cells by tabs; printed lines of one paragraph joined, so that words at line ends are found."""
    parts: list[str] = []
    widest = max((line.pieces[-1].right for line in lines if line.table is None and line.pieces), default=0.0)
    runs_on = False
    for line in lines:
        if line.table is not None:
            parts.append("\n" + "\t".join(piece.text for piece in line.pieces))
            runs_on = False
            continue
        text = line.text
        parts.append(text if runs_on else "\n" + text)
        full = bool(line.pieces) and line.pieces[-1].right >= 0.85 * widest
        runs_on = joined and full and not text.rstrip().endswith(tuple(_ENDS))
    return "".join(parts).strip()


# ------------------------------------------------------------------ PDF


def _pdf(data: bytes, until: float) -> Found:
    """The text layer, page by page; pages without one are recognised while there is time."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "assword" in str(error)
        raise NotReadable("PDF 已加密，请先取消打开密码再上传。" if locked else _DAMAGED) from error
    texts: list[str] = []
    unread = 0
    count = len(document)
    for number in range(min(count, _MAX_PAGES)):
        try:
            page = document[number]
            layer = page.get_textpage()
        except pdfium.PdfiumError:
            unread += 1
            continue
        text = layer.get_text_range()
        if len(text.strip()) < 8 or _is_garbled(text):
            if time.monotonic() < until:
                text = _recognised(page)
            else:
                unread, text = unread + 1, ""
        texts.append(_unwrapped(text))
        layer.close()
        page.close()
    notes = [f"有 {unread} 页是图片或者已损坏，没有识别，搜索不到其中的文字。"] if unread else []
    if count > _MAX_PAGES:
        notes.append(f"PDF 有 {count} 页，只提取了前 {_MAX_PAGES} 页的文字。")
    document.close()
    return Found("\n".join(texts), count, tuple(notes))


def _is_garbled(text: str) -> bool:
    """Whether a text layer says nothing: characters without a meaning in any script."""
    strange = sum(
        "\ue000" <= c <= "\uf8ff" or c in "\ufffd\ufffe\uffff" or (c < " " and c not in "\r\n\t") for c in text
    )
    return strange > 0.3 * len(text)


def _recognised(page: Any) -> str:
    from gongkai.annual_report.reading.limits import MAX_PIXELS
    from gongkai.annual_report.reading.sources.image import lines_of_picture

    scale = min(_OCR_DPI / 72, (MAX_PIXELS / max(page.get_width() * page.get_height(), 1)) ** 0.5)
    return _text(lines_of_picture(page.render(scale=scale).to_pil(), 1, 1), joined=True)


def _unwrapped(text: str) -> str:
    """Printed lines into paragraphs: a line that is nearly as long as the longest runs on into the next."""
    lines = [
        _SPREAD.sub("", line.replace("\ufffe", ""))
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    longest = max(map(len, lines), default=0)
    parts: list[str] = []
    for line in lines:
        parts.append(line)
        stripped = line.rstrip()
        if not (longest > 12 and len(stripped) >= 0.8 * longest and not stripped.endswith(tuple(_ENDS))):
            parts.append("\n")
    return "".join(parts).strip()


# ------------------------------------------------------------------ OFD, slides


def _ofd(data: bytes) -> Found:
    """The text objects of each page of an OFD file (GB/T 33190), top to bottom, left to right."""
    archive = open_archive(data)
    pages = sorted(
        (n for n in archive.namelist() if re.search(r"/Pages?/.*Content\.xml$|/Page_\d+/Content\.xml$", n)),
        key=_numbers,
    )
    texts = []
    for name in pages[:_MAX_PAGES]:
        xml = part(archive, name)
        if xml is None:
            continue
        lines: dict[int, list[tuple[float, str]]] = {}
        for element in parse(xml).iter("{*}TextObject"):
            box = [float(n) for n in (element.get("Boundary") or "0 0 0 0").split()[:2]]
            for code in element.iter("{*}TextCode"):
                x, y = (_float(code.get(axis)) for axis in ("X", "Y"))
                lines.setdefault(round((box[1] + y) / 2), []).append((box[0] + x, (code.text or "").strip("\n")))
        printed = ["".join(text for _, text in sorted(pieces)) for _, pieces in sorted(lines.items())]
        texts.append(_unwrapped("\n".join(printed)))
    return Found("\n".join(texts), len(pages))


def _slides(data: bytes) -> Found:
    """The paragraphs of each slide and its notes."""
    if not data.startswith(b"PK"):
        raise NotReadable("不能读取旧版 .ppt 演示文稿，请另存为 .pptx 或 PDF 再上传。")
    archive = open_archive(data)
    slides = sorted((n for n in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)), key=_numbers)
    texts = []
    for name in slides:
        xml = part(archive, name)
        for paragraph in parse(xml).iter(f"{_DRAWING_TEXT}p") if xml else ():
            texts.append("".join(run.text or "" for run in paragraph.iter(f"{_DRAWING_TEXT}t")))
    return Found("\n".join(filter(None, texts)), len(slides))


def _numbers(name: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", name)]


def _float(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
