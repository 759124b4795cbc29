"""The text of an attachment, for search: every file apart, in a process of its own, within bounds."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from typing import Final

from gongkai.annual_report.reading import apart
from gongkai.annual_report.reading.apart import Busy
from gongkai.annual_report.reading.stream import NotReadable
from gongkai.content.filekinds import Refused, contradiction, kind_of

__all__ = ["Busy", "Extracted", "Refused", "extract", "kind_of"]

MAX_SIZE: Final = 100_000_000  # bytes of a file
MAX_TEXT: Final = 2_000_000  # characters that are kept
SECONDS: Final = 120.0
_LATE: Final = f"提取文字超过 {SECONDS:g} 秒，已停止；文件可以照常发布，但搜索不到其中的文字。"
_FAILED: Final = "提取文字时出错，文件可能已损坏；文件可以照常发布，但搜索不到其中的文字。"
_NO_TEXT: Final = {
    "archive": "压缩包里的文字不提取；请将其中的文件逐份上传。",
    "unknown": "认不出文件的格式，没有提取文字。",
}
_LONG: Final = "文件过长，没有提取文字。"


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file is and says. `reason` is one sentence where there is no text; `notes` are for its owner."""

    kind: str
    sha256: str
    size: int
    text: str = ""
    pages: int = 0
    reason: str = ""
    notes: tuple[str, ...] = ()


def extract(data: bytes, name: str = "", *, seconds: float = SECONDS) -> Extracted:
    """The kind, hash and text of a file. Never raises for what is in it, but Refused for what may not be taken.

    Programs, and documents with macros, are refused; what only cannot be read has its `reason`. Busy where too many
    files are read at once: try again.
    """
    sha256, size = hashlib.sha256(data).hexdigest(), len(data)
    if not data:
        raise Refused("文件是空的。")
    if size > MAX_SIZE:
        raise Refused(f"文件有 {size / 1e6:.1f} MB，超过 {MAX_SIZE / 1e6:g} MB 的上限。")
    try:
        kind = kind_of(data, name)
    except NotReadable as error:
        kind = "unknown"
        reason = str(error)
        return Extracted(kind, sha256, size, reason=_NO_TEXT["unknown"] if "年度报告" in reason else reason)
    notes = tuple(filter(None, [contradiction(kind, name)]))
    if kind in _NO_TEXT:
        return Extracted(kind, sha256, size, reason=_NO_TEXT[kind], notes=notes)
    try:
        said = json.loads(
            apart.ask(
                "gongkai.content.extraction", kind, str(seconds), data=data, seconds=seconds, late=_LATE, failed=_FAILED
            )
        )
    except NotReadable as error:
        reason = str(error)
        return Extracted(kind, sha256, size, reason=_LONG if "年度报告" in reason else reason, notes=notes)
    return Extracted(kind, sha256, size, said["text"], said["pages"], notes=(*notes, *said["notes"]))


# ------------------------------------------------------------------ inside the process


def main(kind: str, seconds: str) -> int:
    """Read the file on standard input; its text as JSON on standard output."""

    def work() -> bytes:
        from gongkai.content.reading import read

        found = read(sys.stdin.buffer.read(), kind, float(seconds))
        text, notes = found.text.replace("\0", ""), list(found.notes)
        if len(text) > MAX_TEXT:
            text = text[:MAX_TEXT]
            notes.append(f"文字超过 {MAX_TEXT // 10_000} 万字，只有前面的部分可以搜索到。")
        text = text.encode("utf-8", "replace").decode()
        return json.dumps({"text": text, "pages": found.pages, "notes": notes}).encode()

    return apart.answer(work)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
