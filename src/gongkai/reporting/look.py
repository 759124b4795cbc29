"""Look into an uploaded file for the page: its lines or its number of pages, and one page as a picture.

What strangers upload is never opened in the web server: each look is a process of its own, bounded in time and
memory, and its result is kept beside the upload. (pdfium is not made for threads either.)
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.annual_report.reading import apart
from gongkai.annual_report.reading.apart import Busy
from gongkai.annual_report.reading.stream import NotReadable

__all__ = ["Busy", "Outline", "SourceLine", "outline", "page"]

_SECONDS = 40.0
_MOST_LINES = 5000
_MOST_TEXT = 2000  # characters of one piece


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One printed line or table row; each piece is (offset, text)."""

    number: int
    is_row: bool
    pieces: tuple[tuple[int | None, str], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file is made of: pages (PDF, scans) or lines."""

    pages: int
    lines: tuple[SourceLine, ...] = ()


def outline(path: Path, kept: Path) -> Outline:
    """The outline of a file. NotReadable, with one sentence; Busy."""
    data = json.loads(_kept(kept / "outline.json", path, "outline"))
    lines = tuple(SourceLine(n, row, tuple((at, text) for at, text in pieces)) for n, row, pieces in data["lines"])
    return Outline(data["pages"], lines)


def page(path: Path, kept: Path, number: int) -> bytes:
    """A page (from 1) as PNG. NotReadable where there is no such page; Busy."""
    return _kept(kept / f"page-{number}.png", path, "page", str(number))


def _kept(result: Path, path: Path, *question: str) -> bytes:
    with contextlib.suppress(FileNotFoundError):
        return result.read_bytes()
    if not path.exists():
        raise NotReadable("原件已经删除。")
    answer = _ask(path, *question)
    # No parents: a batch that was deleted meanwhile does not come back.
    with contextlib.suppress(OSError):
        result.parent.mkdir(mode=0o700, exist_ok=True)
        draft = result.with_name(f"{result.name}.{os.getpid()}.{threading.get_ident()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(answer)
        draft.replace(result)
    return answer


def _ask(path: Path, *question: str) -> bytes:
    """The answer of a process of its own."""
    return apart.ask(
        "gongkai.reporting.look", str(path), *question, seconds=_SECONDS,
        late="打开原件用时过长，已停止；可以下载原件查看。", failed="原件在这里打不开；可以下载原件查看。",
    )  # fmt: skip


# ------------------------------------------------------------------ inside the process


def main(path: str, question: str, number: str = "1") -> int:
    """Answer one question on standard output."""

    def work() -> bytes:
        data = Path(path).read_bytes()
        return _outline(data, Path(path).name) if question == "outline" else _page(data, int(number))

    return apart.answer(work)


def _outline(data: bytes, name: str) -> bytes:
    from gongkai.annual_report.reading.sources import detect, load

    found: dict[str, Any] = {"pages": 0, "lines": []}
    if data.lstrip()[:1] == b"{":  # a report as JSON: its text is all there is to see
        rows = data.decode("utf-8", "replace").splitlines()[:_MOST_LINES]
        found["lines"] = [[n, False, [[0, row[:_MOST_TEXT]]]] for n, row in enumerate(rows, 1)]
        return json.dumps(found).encode()
    kind = detect(data)
    if kind == "pdf":
        from gongkai.annual_report.reading.sources import pdf

        found["pages"] = pdf.page_count(data)
    elif kind == "image":
        found["pages"] = 1
    else:
        for line in load(data, name).lines[:_MOST_LINES]:
            number = line.pieces[0].place.line if line.pieces and line.pieces[0].place else None
            if number is not None and line.text.strip():
                pieces = [[p.place.offset if p.place else None, p.text[:_MOST_TEXT]] for p in line.pieces]
                found["lines"].append([number, line.table is not None, pieces])
    return json.dumps(found).encode()


def _page(data: bytes, number: int) -> bytes:
    from gongkai.annual_report.reading.sources import detect, image, pdf

    return pdf.page_image(data, number) if detect(data) == "pdf" else image.page_image(data, number)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
