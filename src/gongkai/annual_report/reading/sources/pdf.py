"""PDF files: characters with their boxes, ruled tables as cells; pages without text are recognised."""

from __future__ import annotations

import ctypes
import io
import math
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from gongkai.annual_report.reading.limits import MAX_PAGES, MAX_PIXELS
from gongkai.annual_report.reading.sources.placed import Mark, Sheet, lines_of
from gongkai.annual_report.reading.sources.rulings import Segment, lattices
from gongkai.annual_report.reading.stream import NotReadable, Stream

_NEAR = 2.5  # points; lines this close are one
_THIN = 3.0  # points; a filled rectangle thinner than this is a line
_MOST_OBJECTS = 50_000
_MOST_NESTED = 3
_SCAN_DPI = 200
_SAMPLE = 20  # characters of a page that are asked how they stand


def stream(data: bytes, name: str = "") -> Stream:
    """The lines of a PDF. NotReadable where it is encrypted, broken, too long or empty."""
    document = _open(data)
    try:
        found = Stream(kind="pdf", geometric=True, name=name)
        found.title = _title(document)
        tables = 0
        for number in range(len(document)):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                found.warnings.append(f"PDF 的第 {number + 1} 页已损坏，没有读取。")
                continue
            text = page.get_textpage()
            _set_upright(page, text)
            sheet = Sheet(number + 1, page.get_width(), page.get_height())
            marks = _characters(page, text, sheet)
            picture = len(marks) < 8 or _garbled(marks) or _is_invisible(text)
            text.close()
            if picture:
                lines = _recognised(page, sheet, tables + 1)
            else:
                across, down = _rulings(page, sheet)
                lines = lines_of(marks, lattices(across, down, _NEAR), sheet, tables + 1)
            tables = max((line.table or 0 for line in lines), default=tables) or tables
            found.lines += lines
            page.close()
    finally:
        document.close()
    if not found.lines:
        raise NotReadable("PDF 里没有文字，也没有能识别的图像。")
    return found


def page_image(data: bytes, page: int, width: int = 1000) -> bytes:
    """Page `page` (from 1) as PNG, `width` pixels wide. NotReadable where there is no such page."""
    document = _open(data)
    try:
        if not 1 <= page <= len(document):
            raise NotReadable(f"PDF 里没有第 {page} 页。")
        sheet = document[page - 1]
        text = sheet.get_textpage()
        _set_upright(sheet, text)
        text.close()
        scale = min(width / sheet.get_width(), (MAX_PIXELS / (sheet.get_width() * sheet.get_height())) ** 0.5)
        image = sheet.render(scale=scale).to_pil()
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()
    finally:
        document.close()


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    document = _open(data)
    try:
        return len(document)
    finally:
        document.close()


def _open(data: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise NotReadable("PDF 已加密，请先取消打开密码再读取。") from error
        raise NotReadable("PDF 已损坏或不完整，无法打开。") from error
    if not 1 <= pages <= MAX_PAGES:
        document.close()
        raise NotReadable(f"PDF 有 {pages} 页，年度报告应在 1 至 {MAX_PAGES} 页之间。")
    return document


def _set_upright(page: Any, text: Any) -> None:
    """Turn a page so that most of its characters stand upright, whichever way it was put into the file."""
    angles = Counter(round(-math.degrees(c.FPDFText_GetCharAngle(text, i)) / 90) % 4 * 90 for i in _sample(text))
    if angles:
        page.set_rotation(angles.most_common(1)[0][0])


def _is_invisible(text: Any) -> bool:
    """Whether the text is a layer that a scanner put over its picture: then the ink itself must be read."""
    modes = {c.FPDFTextObj_GetTextRenderMode(c.FPDFText_GetTextObject(text, i)) for i in _sample(text)}
    return modes == {c.FPDF_TEXTRENDERMODE_INVISIBLE}


def _sample(text: Any) -> range:
    """Some characters from all over a page."""
    count = c.FPDFText_CountChars(text)
    return range(0, count, max(1, count // _SAMPLE))


def _title(document: Any) -> str:
    """The title in the file's own data; '' where there is none or it is damaged."""
    try:
        return document.get_metadata_dict().get("Title", "") or ""
    except (UnicodeDecodeError, pdfium.PdfiumError):
        return ""


def _characters(page: Any, textpage: Any, sheet: Sheet) -> list[Mark]:
    """Every printed character with its box, right and down from the upper left of the page as shown."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    refs = (ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top))
    turn = _turn(page, sheet)
    marks: list[Mark] = []
    box = c.FPDFText_GetCharBox
    for i, code in enumerate(_codes(textpage)):
        if code <= 32 or code == 0xA0 or code == 0x3000 or code > 0x10FFFF:
            continue
        if not box(textpage, i, *refs):
            continue
        x0, y0, x1, y1 = turn(left.value, top.value, right.value, bottom.value)
        if x0 + x1 > 0 and y0 + y1 > 0 and x0 + x1 < 2 * sheet.width and y0 + y1 < 2 * sheet.height:
            marks.append(Mark(chr(code), x0, y0, x1, y1))  # what lies beside the paper is not printed
    return _even_heights(marks)


def _codes(textpage: Any) -> Sequence[int]:
    """The character code of every character, from one call where each is one unit of UTF-16."""
    count = c.FPDFText_CountChars(textpage)
    units = (ctypes.c_ushort * (count + 1))()
    if c.FPDFText_GetText(textpage, 0, count, units) == count + 1:
        codes: list[int] = units[:count]
        if not any(0xD800 <= code < 0xE000 for code in codes):
            return codes
    return [c.FPDFText_GetUnicode(textpage, i) for i in range(count)]


def _even_heights(marks: list[Mark]) -> list[Mark]:
    """Ink boxes of dots and dashes are tiny; every character stands as tall as it is set, so give it its line's height."""
    if not marks:
        return marks
    heights = sorted(m.bottom - m.top for m in marks)
    usual = heights[len(heights) * 3 // 4]
    for mark in marks:
        missing = 0.8 * usual - (mark.bottom - mark.top)
        if missing > 0:
            if mark.text in "一—-–－~～":  # stands in the middle of its line
                mark.top -= missing / 2
                mark.bottom += missing / 2
            elif mark.text in "“”‘’\"'〝〞*`^°′″":  # hangs from the top
                mark.bottom += missing
            else:  # rests on the base line
                mark.top -= missing
    return marks


def _turn(page: Any, sheet: Sheet) -> Any:
    """From PDF space (right and up, unrotated) to the page as shown (right and down)."""
    origin_x, origin_y, far_x, far_y = page.get_mediabox() if not page.get_cropbox() else page.get_cropbox()
    width, height = far_x - origin_x, far_y - origin_y
    rotation = page.get_rotation()

    def turn(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        x0, x1, y0, y1 = left - origin_x, right - origin_x, bottom - origin_y, top - origin_y
        if rotation == 90:
            return y0, x0, y1, x1
        if rotation == 180:
            return width - x1, y0, width - x0, y1
        if rotation == 270:
            return height - y1, width - x1, height - y0, width - x0
        return x0, height - y1, x1, height - y0

    return turn


def _garbled(marks: list[Mark]) -> bool:
    """Whether the text has no usable mapping to characters: then its picture must be read."""
    strange = sum("\ue000" <= m.text <= "\uf8ff" or m.text == "\ufffd" for m in marks)
    return strange > 0.3 * len(marks)


def _recognised(page: Any, sheet: Sheet, first_table: int) -> list[Any]:
    """The lines of a page that is a picture."""
    scale = _SCAN_DPI / 72
    if sheet.width * sheet.height * scale * scale > MAX_PIXELS:
        raise NotReadable("PDF 的页面过大，没有读取。")
    if not any(True for _ in page.get_objects(max_depth=1)):
        return []
    from gongkai.annual_report.reading.sources.image import lines_of_picture

    return lines_of_picture(page.render(scale=scale).to_pil(), sheet.page, first_table)


# ----------------------------------------------------------------- rulings


def _rulings(page: Any, sheet: Sheet) -> tuple[list[Segment], list[Segment]]:
    """Horizontal and vertical lines drawn on the page, thin filled rectangles and cell borders included."""
    across: list[Segment] = []
    down: list[Segment] = []
    turn = _turn(page, sheet)

    def add(left: float, top: float, right: float, bottom: float) -> None:
        x0, y0, x1, y1 = turn(left, top, right, bottom)
        x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, sheet.width), min(y1, sheet.height)
        if y1 - y0 <= _THIN and x1 - x0 > _THIN:
            across.append(Segment((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _THIN and y1 - y0 > _THIN:
            down.append(Segment((x0 + x1) / 2, y0, y1))

    _paths(c.FPDFPage_CountObjects(page), lambda i: c.FPDFPage_GetObject(page, i), pdfium.PdfMatrix(), add, 0)
    return across, down


def _paths(count: int, get: Any, matrix: Any, add: Any, depth: int) -> None:
    """The lines of all path objects of a page or form, forms inside it included."""
    for i in range(min(count, _MOST_OBJECTS)):
        item = get(i)
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_PATH:
            _path(item, matrix, add)
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < _MOST_NESTED:
            inner = _matrix(item).multiply(matrix)
            _paths(c.FPDFFormObj_CountObjects(item), partial(c.FPDFFormObj_GetObject, item), inner, add, depth + 1)


def _matrix(item: Any) -> Any:
    raw = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(item, raw)
    return pdfium.PdfMatrix.from_raw(raw)


def _path(item: Any, outer: Any, add: Any) -> None:
    """The straight lines of one path object."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not c.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    x0, y0 = outer.on_point(left.value, bottom.value)
    x1, y1 = outer.on_point(right.value, top.value)
    if min(abs(x1 - x0), abs(y1 - y0)) <= _THIN:
        add(min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1))
        return
    fill, stroke = ctypes.c_int(), c.FPDF_BOOL()
    c.FPDFPath_GetDrawMode(item, fill, stroke)
    if not stroke.value:
        return  # a filled area is shading, its edges are no lines
    matrix = _matrix(item).multiply(outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for i in range(min(c.FPDFPath_CountSegments(item), _MOST_OBJECTS)):
        segment = c.FPDFPath_GetPathSegment(item, i)
        kind = c.FPDFPathSegment_GetType(segment)
        c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        if kind == c.FPDF_SEGMENT_MOVETO:
            points = [point]
            continue
        if kind == c.FPDF_SEGMENT_LINETO and points:
            _line(points[-1], point, add)
        points.append(point)
        if c.FPDFPathSegment_GetClose(segment) and points:
            _line(point, points[0], add)


def _line(a: tuple[float, float], b: tuple[float, float], add: Any) -> None:
    if abs(a[0] - b[0]) <= 1 or abs(a[1] - b[1]) <= 1:
        add(min(a[0], b[0]), max(a[1], b[1]), max(a[0], b[0]), min(a[1], b[1]))
