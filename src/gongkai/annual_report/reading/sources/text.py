"""Plain text and Markdown: tabs and pipes make table rows, anything else printed lines."""

from __future__ import annotations

import re

from gongkai.annual_report.reading.stream import Line, NotReadable, Piece, Stream
from gongkai.annual_report.report import Place

_GAP = re.compile(r"[ \u3000\xa0]{2,}")
_RULE = re.compile(r"[\s|:+=\-—]*")
_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_FRAMES = str.maketrans("│┃║｜", "||||")
_BOX_RULE = re.compile(r"[\s|─━═┄┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╞╡╪┏┓┗┛┣┫┳┻╋+]+")
# A converter of web pages that leaves empty cells out and makes up for them with bare pipes: “行政许可 | 0 | ||”.
_PADS = re.compile(r"(?<=\|) \|+$")
_PACKED = re.compile(r"(?:\| |^)\|{2,}[ \t]*$", re.M)
_EVEN = 0.8  # of a table's rows, this share have the same number of fields where fields are columns


def decode_bytes(data: bytes) -> str:
    """Text from bytes in UTF-8, UTF-16 or GB18030 (which covers GBK and GB2312).

    NotReadable where the bytes are no text at all.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    # A few broken bytes must not lose a whole report; mostly broken bytes are no text.
    text = min((data.decode(e, errors="replace") for e in ("utf-8", "gb18030")), key=lambda t: t.count("\ufffd"))
    if "\0" in text or text.count("\ufffd") > len(text) // 20:
        raise NotReadable("文件内容不是文字，无法当作文本读取。")
    return text


def stream(data: bytes, name: str = "") -> Stream:
    """The lines of a text file. A blank cell (a line with only a tab, an empty field) is an empty piece."""
    return stream_text(decode_bytes(data), name)


def stream_text(text: str, name: str = "") -> Stream:
    """As `stream`, from text already decoded."""
    lines: list[Line] = []
    table, open_table, gaps, framed = 0, False, 0, (True, True)
    boxed = "│" in text or "┃" in text or "║" in text or text.count("｜") > 20
    if boxed:
        text = text.translate(_FRAMES)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    packed = "||" in text and _PACKED.search(text) is not None
    for number, raw in enumerate(text.split("\n"), 1):
        line = _QUOTE.sub("", raw) if raw.lstrip().startswith(">") else raw
        stripped = line.strip()
        if stripped == "|" or (boxed and stripped and _BOX_RULE.fullmatch(stripped)):
            continue  # the end of a cell that stands on a line of its own; the frame of a drawn table
        if packed and stripped.endswith("|"):
            line = stripped = _PADS.sub("", stripped)
        if not stripped:
            if "\t" in line:
                lines.append(Line([Piece("", place=Place(line=number, offset=0))], top=number, bottom=number + 1))
            else:
                open_table = False
            continue
        is_pipe = line.count("|") >= 2 or (stripped.endswith("|") and stripped != "|")
        if is_pipe and _RULE.fullmatch(line):
            continue
        if is_pipe or "\t" in line.strip("\n").lstrip("\t") or line.startswith("\t\t"):
            if not open_table:
                table, open_table = table + 1, True
                framed = stripped.startswith("|"), stripped.endswith("|")
            pieces = _fields(line, "|" if is_pipe else "\t", number, framed)
            if len(pieces) == 1:
                lines.append(Line(pieces, top=number, bottom=number + 1))
            else:
                lines.append(Line(pieces, table, top=number, bottom=number + 1))
            continue
        open_table = False
        pieces = _runs(line, number)
        gaps += len(pieces) > 2
        lines.append(Line(pieces, top=number, bottom=number + 1))
    _forget_places(lines)
    return Stream(lines, "markdown" if "|--" in text or "| --" in text else "text", geometric=gaps >= 5, name=name)


def _forget_places(lines: list[Line]) -> None:
    """Fields are columns only where nearly all rows of a table have as many: else merged or empty cells are left out."""
    lengths: dict[int, list[int]] = {}
    for line in lines:
        if line.table is not None:
            lengths.setdefault(line.table, []).append(len(line.pieces))
    uneven = {t for t, counts in lengths.items() if counts.count(max(counts)) < _EVEN * len(counts)}
    for line in lines:
        if line.table in uneven:
            for piece in line.pieces:
                piece.left = piece.right = 0.0


def _fields(line: str, mark: str, number: int, framed: tuple[bool, bool]) -> list[Piece]:
    """The fields of a pipe or tab row, empty ones included; the frame's own pipes (left, right) are no fields."""
    fields, at = [], 0
    for field in line.split(mark):
        lead = len(field) - len(field.lstrip())
        fields.append((at + lead, field.strip()))
        at += len(field) + 1
    if mark == "|":
        bare = line.strip()
        if framed[0] and bare.startswith("|"):
            fields.pop(0)
        if framed[1] and bare.endswith("|") and fields:
            fields.pop()
    return [Piece(text, i, i + 1, Place(line=number, offset=offset)) for i, (offset, text) in enumerate(fields)]


def _runs(line: str, number: int) -> list[Piece]:
    """A line cut at its gaps (two blanks or more), placed by display column."""
    pieces, at = [], 0
    for gap in [*_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        text = line[at:end].strip()
        if text:
            offset = at + len(line[at:end]) - len(line[at:end].lstrip())
            left = _columns(line[:offset])
            pieces.append(Piece(text, left, left + _columns(text), Place(line=number, offset=offset)))
        at = gap.end() if gap else end
    return pieces


def _columns(text: str) -> int:
    """Display columns of monospaced text: GB18030 takes two bytes for what takes two columns."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))
