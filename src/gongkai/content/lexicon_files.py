"""Lexicons as files: CSV as spreadsheets save it, and TOML. What is refused is said row by row."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gongkai.content.lexicon import KIND_LABELS, KINDS, SEVERITIES, SEVERITY_LABELS, Kind, Severity, Term

_COLUMNS: Final = {
    "词语": "text", "错词": "text", "term": "text", "类别": "kind", "kind": "kind", "建议": "suggestion",
    "建议用语": "suggestion", "suggestion": "suggestion", "程度": "severity", "severity": "severity",
    "例外": "exceptions", "exceptions": "exceptions", "说明": "note", "note": "note",
}  # fmt: skip
_LONGEST: Final = 100
_SEPARATORS: Final = str.maketrans("；;，", "|||")


@dataclass(frozen=True, slots=True)
class Imported:
    """The terms of a file, and one Chinese sentence for each row that was refused or changed."""

    terms: tuple[Term, ...]
    problems: tuple[str, ...] = ()


def read_csv(data: bytes) -> Imported:
    """Terms from CSV in UTF-8 or GB18030. A bad row is refused and named; ValueError where no row can be read."""
    text = _decoded(data)
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        head = [_COLUMNS.get(name.strip().lower(), "") for name in next(rows, [])]
        if "text" not in head:
            raise ValueError("词库文件的第一行应当是表头，至少有“词语”一列。")
        return _imported((n, dict(zip(head, row, strict=False))) for n, row in enumerate(rows, 2) if any(row))
    except csv.Error as error:
        raise ValueError(f"词库文件的格式有误：{error}") from error


def read_toml(data: bytes) -> Imported:
    """Terms from TOML: ``[[term]]`` tables with the English names. ValueError where it is no such file."""
    try:
        rows = tomllib.loads(_decoded(data))["term"]
        fields = [{key: "|".join(v) if isinstance(v, list) else str(v) for key, v in row.items()} for row in rows]
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"词库文件不是完整的 TOML{_place(error)}，请核对引号、括号和等号。") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("词库文件里没有词语：TOML 的每个词语写成一段 [[term]]，至少有 term 一项。") from error
    return _imported((n, {_COLUMNS.get(k, ""): v for k, v in row.items()}) for n, row in enumerate(fields, 1))


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where the parser stopped, in our words: its own are English."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f"（第 {found[1]} 行第 {found[2]} 个字符处有误）" if found else ""


def write_csv(terms: tuple[Term, ...]) -> bytes:
    """The terms as CSV that spreadsheets open (UTF-8 with its mark)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["词语", "类别", "建议", "程度", "例外", "说明"])
    for term in terms:
        writer.writerow(
            [term.text, KIND_LABELS[term.kind], term.suggestion, SEVERITY_LABELS[term.severity],
             "|".join(term.exceptions), term.note]
        )  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def _imported(rows: Iterable[tuple[int, dict[str, str]]]) -> Imported:
    terms: dict[str, Term] = {}
    problems: list[str] = []
    for number, row in rows:
        text = row.get("text", "").strip()
        if not text or len(text) > _LONGEST:
            problems.append(
                f"第 {number} 行：词语是空的，没有导入。"
                if not text
                else f"第 {number} 行：词语超过 {_LONGEST} 字，没有导入。"
            )
            continue
        kind, severity = row.get("kind", "").strip() or "错别字", row.get("severity", "").strip() or "请核对"
        known_kind: Kind | None = KINDS.get(kind) or (kind if kind in KIND_LABELS else None)
        known: Severity | None = SEVERITIES.get(severity) or (severity if severity in SEVERITY_LABELS else None)
        if known_kind is None or known is None:
            what = f"类别“{kind}”" if known_kind is None else f"程度“{severity}”"
            allowed = "、".join(KINDS if known_kind is None else SEVERITIES)
            problems.append(f"第 {number} 行：不认识{what}（可以填：{allowed}），没有导入“{text}”。")
            continue
        words = [w.strip() for w in row.get("exceptions", "").translate(_SEPARATORS).split("|") if w.strip()]
        wrong = [word for word in words if text not in word or len(word) <= len(text)]
        if wrong:
            problems.append(f"第 {number} 行：例外“{'、'.join(wrong)}”不包含“{text}”，没有采用这些例外。")
        if text in terms:
            problems.append(f"第 {number} 行：“{text}”重复，以这一行为准。")
        terms[text] = Term(
            text, known_kind, row.get("suggestion", "").strip(), known,
            tuple(w for w in words if w not in wrong), row.get("note", "").strip(),
        )  # fmt: skip
    return Imported(tuple(terms.values()), tuple(problems))


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("词库文件不是 UTF-8 或者 GBK 编码的文字。")
