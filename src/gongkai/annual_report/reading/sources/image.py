"""Pictures and scans: ruled cells are recognised one by one, everything else line by line (RapidOCR, offline).

Digits decide, so each cell that may hold a number is read twice, at two sizes; where the readings differ the
cell is marked as doubtful. Whether a cell is blank is told by its ink, not by what was recognised.
"""

from __future__ import annotations

import io
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageSequence, UnidentifiedImageError

from gongkai.annual_report.reading.limits import MAX_PAGES, MAX_PIXELS
from gongkai.annual_report.reading.sources.placed import Mark, Sheet, printed_lines
from gongkai.annual_report.reading.sources.rulings import GridBox, Lattice
from gongkai.annual_report.reading.sources.scan import Array, CleanPage, clean
from gongkai.annual_report.reading.stream import Line, NotReadable, Piece, Stream

_DIGITS = re.compile(r"[\d.,+\-]+")
# What a recogniser takes single digits for.
_LOOKALIKE = str.maketrans("OoQDlI|!iSZB〇○口", "00001111152800" + "0")
_TALL = 48  # pixels that the recogniser scales a line to
_BATCH = 16
_DOUBTFUL = 0.6
_CERTAIN = 0.95
_WIDEST = 3000  # pixels of the longer side; more adds time, not information


def stream(data: bytes, name: str = "") -> Stream:
    """The lines of a picture (every page of a multi-page TIFF)."""
    found = Stream(kind="image", geometric=True, name=name)
    for number, picture in enumerate(_pictures(data), 1):
        first = max((line.table or 0 for line in found.lines), default=0) + 1
        found.lines += lines_of_picture(picture, number, first)
    if not found.lines:
        raise NotReadable("图片里没有识别出文字。")
    return found


def page_image(data: bytes, page: int, width: int = 1000) -> bytes:
    """Page `page` (from 1) of a picture as PNG, at most `width` pixels wide. NotReadable where there is none."""
    pictures = _pictures(data)
    if not 1 <= page <= len(pictures):
        raise NotReadable(f"图片里没有第 {page} 页。")
    picture = pictures[page - 1]
    picture.thumbnail((width, MAX_PIXELS // width))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _pictures(data: bytes) -> list[Image.Image]:
    try:
        with Image.open(io.BytesIO(data)) as file:
            if file.width * file.height > MAX_PIXELS:
                raise NotReadable("图片过大，没有读取；请缩小到 200 dpi 左右。")
            pages: list[Image.Image] = []
            for frame in ImageSequence.Iterator(file):
                if len(pages) >= MAX_PAGES:
                    raise NotReadable(f"图片超过 {MAX_PAGES} 页，没有读取。")
                pages.append(frame.convert("L"))
            return pages
    except NotReadable:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise NotReadable("图片已损坏或不完整，无法打开。") from error


def lines_of_picture(picture: Image.Image, page: int, first_table: int) -> list[Line]:
    """The lines of one page given as a picture; tables are numbered from `first_table`."""
    grey = np.asarray(picture.convert("L"))
    if max(grey.shape) > _WIDEST:
        scale = _WIDEST / max(grey.shape)
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if min(grey.shape) < 30:
        return []
    cleaned = clean(grey)
    sheet = Sheet(page, cleaned.width, cleaned.height)
    lines = [
        line
        for number, table in enumerate(cleaned.tables, first_table)
        for line in _rows(cleaned, table, sheet, number)
    ]
    lines += printed_lines(_words(cleaned), sheet)
    return sorted(lines, key=lambda line: line.top)


# ------------------------------------------------------------------- cells


def _rows(page: CleanPage, table: Lattice, sheet: Sheet, number: int) -> list[Line]:
    crops: list[Array] = []
    parts: list[list[int]] = []  # for each cell, its text lines' indexes among the crops
    for cell in table.cells:
        pieces = _text_lines(page, cell)
        parts.append(list(range(len(crops), len(crops) + len(pieces))))
        crops += pieces
    read = _recognise(crops)
    short = [i for i, (text, _) in enumerate(read) if len(text) <= 3 or _as_digits(text) is not None]
    again = dict(zip(short, _recognise([_enlarged(crops[i]) for i in short]), strict=True))
    rows: dict[int, list[Piece]] = {}
    for cell, indexes in zip(table.cells, parts, strict=True):
        texts = [_agreed(read[i], again.get(i)) for i in indexes]
        place = sheet.place(cell.left, cell.top, cell.right, cell.bottom)
        text, sure = "".join(t for t, _ in texts), min((s for _, s in texts), default=1.0)
        rows.setdefault(cell.row, []).append(
            Piece(text, cell.column, cell.column + cell.colspan, place, cell.rowspan, sure)
        )
    return [Line(pieces, number, sheet.page, table.ys[r], table.ys[r + 1]) for r, pieces in sorted(rows.items())]


def _text_lines(page: CleanPage, cell: GridBox) -> list[Array]:
    """Pictures of the printed lines inside a cell, top to bottom; none where the cell is blank."""
    top, bottom = int(cell.top) + 2, int(cell.bottom) - 1
    left, right = int(cell.left) + 2, int(cell.right) - 1
    if bottom - top < 8 or right - left < 5:
        return []
    ink = cv2.bitwise_and(page.ink[top:bottom, left:right], cv2.bitwise_not(page.rules[top:bottom, left:right]))
    ink = _without_specks(ink, page)
    grey = page.grey[top:bottom, left:right].copy()
    grey[page.rules[top:bottom, left:right] > 0] = 255
    return [_crop(grey, y0, y1, x0, x1) for y0, y1, x0, x1 in _line_boxes(ink, page, split=False)]


def _line_boxes(ink: Array, page: CleanPage, split: bool) -> list[tuple[int, int, int, int]]:
    """(top, bottom, left, right) of the printed lines in a piece of ink; cut at wide gaps if `split`."""
    found = []
    for first, last in _bands(ink.any(axis=1), gap=max(2, page.height // 900)):
        columns = ink[first:last].any(axis=0)
        gap = int(1.2 * (last - first)) if split else ink.shape[1]
        for left, right in _spans(columns, gap):
            found.append((first, last, left, right))
    return found


def _crop(grey: Array, y0: int, y1: int, x0: int, x1: int) -> Array:
    margin = max(3, (y1 - y0) // 5)
    part = grey[max(y0 - margin, 0) : y1 + margin, max(x0 - 2 * margin, 0) : x1 + 2 * margin]
    return cv2.copyMakeBorder(part, 4, 4, 8, 8, cv2.BORDER_CONSTANT, value=255)


def _spans(filled: Array, gap: int) -> list[tuple[int, int]]:
    """Runs of True, those closer than `gap` joined."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    joined: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if joined and start - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _without_specks(ink: Array, page: CleanPage) -> Array:
    """Ink without dust and without what a ruling line left behind at the edges."""
    least = max(4, (page.height // 500) ** 2)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = np.zeros_like(ink)
    height, width = ink.shape
    for i in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[i])
        edge = (h <= 3 and (y <= 2 or y + h >= height - 2)) or (w <= 3 and (x <= 2 or x + w >= width - 2))
        if area >= least and not edge:
            kept[labels == i] = 255
    return kept


def _bands(rows: Array, gap: int) -> list[tuple[int, int]]:
    """Runs of rows with ink; gaps up to `gap` rows, and slivers (the dot of a colon, 二), belong to the line."""
    bands = [list(span) for span in _spans(rows, 1)]
    merged: list[list[int]] = []
    tallest = max((b - a for a, b in bands), default=0)
    for band in bands:
        thin = band[1] - band[0] < 0.45 * tallest or (merged and merged[-1][1] - merged[-1][0] < 0.45 * tallest)
        near = merged and (band[0] - merged[-1][1] <= gap or (thin and band[1] - merged[-1][0] <= 1.25 * tallest))
        if near:
            merged[-1][1] = band[1]
        else:
            merged.append(band)
    return [(a, b) for a, b in merged]


def _enlarged(crop: Array) -> Array:
    """The same line at another size and sharpness: a second opinion."""
    crop = cv2.resize(crop, None, fx=1.6, fy=1.6, interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(crop, 6, 6, 18, 18, cv2.BORDER_CONSTANT, value=255)


def _agreed(first: tuple[str, float], second: tuple[str, float] | None) -> tuple[str, float]:
    """One text from two readings, and how sure it is."""
    text, score = first
    if second is None:
        return text, score
    one, two = _as_digits(text), _as_digits(second[0])
    if one is None and two is None:
        return (text, score) if score >= second[1] else second
    if one == two and one is not None:
        plain = one == text and one == second[0]
        return one, max(score, second[1], _CERTAIN) if plain and min(score, second[1]) > 0.5 else 0.85
    best = max(((one, score), (two, second[1])), key=lambda r: (r[0] is not None, r[1]))
    return best[0] or text, _DOUBTFUL


def _as_digits(text: str) -> str | None:
    """A reading as a number, look-alikes corrected; None where it is none."""
    bare = text.replace(" ", "").replace("，", ",").replace("．", ".").strip("'`·。")
    if len(bare) <= 3:
        bare = bare.translate(_LOOKALIKE)
    return bare if _DIGITS.fullmatch(bare) and any(ch.isdigit() for ch in bare) else None


# ----------------------------------------------------------- the rest of it


def _words(page: CleanPage) -> list[Mark]:
    """Recognised lines of text above, between and below the tables."""
    ink = cv2.bitwise_and(page.ink, cv2.bitwise_not(page.rules))
    for table in page.tables:
        ink[max(int(table.top) - 2, 0) : int(table.bottom) + 3, :] = 0
    ink = _without_specks(ink, page)
    boxes = [box for box in _line_boxes(ink, page, split=True) if _is_text(box, page)]
    read = _recognise([_crop(page.grey, *box) for box in boxes])
    certain = [score for _, score in read if score > 0]
    if boxes and not page.tables and sum(certain) < 0.6 * len(boxes):
        return _searched(page)  # no straight lines of print: a photograph
    return [
        Mark(text, left, top, right, bottom, score)
        for (top, bottom, left, right), (text, score) in zip(boxes, read, strict=True)
        if text
    ]


def _is_text(box: tuple[int, int, int, int], page: CleanPage) -> bool:
    top, bottom, left, right = box
    return page.height // 250 <= bottom - top <= page.height // 12 and right - left >= 2


def _searched(page: CleanPage) -> list[Mark]:
    """Text found by the detection model: slower, and content with curved or crooked lines."""
    result = _engine()(cv2.cvtColor(page.grey, cv2.COLOR_GRAY2BGR), use_cls=False)
    if result.boxes is None or result.txts is None:
        return []
    return [
        Mark(
            text, float(box[:, 0].min()), float(box[:, 1].min()), float(box[:, 0].max()), float(box[:, 1].max()), score
        )
        for box, text, score in zip(result.boxes, result.txts, map(float, result.scores), strict=True)
    ]


def _recognise(crops: list[Array]) -> list[tuple[str, float]]:
    """(text, score) of pictures of single lines."""
    # Lines of like width go together, because a batch is padded to its widest; batches share the cores.
    order = sorted(range(len(crops)), key=lambda i: crops[i].shape[1] / crops[i].shape[0])
    batches = [order[i : i + _BATCH] for i in range(0, len(order), _BATCH)]
    read: list[tuple[str, float]] = [("", 0.0)] * len(crops)
    engine = _engine()

    def recognise(batch: list[int]) -> None:
        result = engine.recognize_txt([cv2.cvtColor(crops[i], cv2.COLOR_GRAY2BGR) for i in batch])
        for i, text, score in zip(batch, result.txts, result.scores, strict=True):
            read[i] = (text.strip(), float(score))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(recognise, batches))
    return read


@cache
def _engine() -> Any:
    """The recogniser with the models that come with the package; loaded once, when first needed."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": _WIDEST,
            "Global.text_score": 0.3,
            "Rec.rec_img_shape": [3, _TALL, 64],
            "Rec.rec_batch_num": _BATCH,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        }
    )
