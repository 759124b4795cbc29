"""What a correction changes: of each field what it said and says now, of the text its paragraphs, of the files which.

Python's own difflib finds it. Where two texts have little in common they stand one after the other: a comparison letter by
letter of different sentences helps nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final, Literal, NamedTuple

from gongkai.agencies.doer import Refused
from gongkai.content.markup import plain
from gongkai.disclosure import body, columns
from gongkai.disclosure.description import Content, described
from gongkai.disclosure.models import Record, Version

Mark = Literal["", "ins", "del"]

_LIKE: Final = 0.6
_LONGEST: Final = 3000
_MOST_COMPARED: Final = 200
_NEAR: Final = 6
"""How long a text may be, and how many paragraphs there may be, to be compared letter by letter; how far a paragraph may have
moved. Beyond, texts stand as a whole."""


class Piece(NamedTuple):
    """Some characters, and whether they are new, gone or kept."""

    mark: Mark
    text: str


class Change(NamedTuple):
    """A field that differs, with what is gone marked before and what is new marked after."""

    label: str
    before: list[Piece]
    after: list[Piece]


class Paragraph(NamedTuple):
    """A paragraph of the text with what is gone and new in it; `skipped` counts unchanged ones in its place."""

    pieces: list[Piece]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs. `is_layout`: the text's words are the same, how they are set is not."""

    changes: list[Change]
    paragraphs: list[Paragraph]
    is_layout: bool = False

    def __bool__(self) -> bool:
        return bool(self.changes or self.paragraphs or self.is_layout)


Files = Iterable[tuple[str, str]]
"""(name, SHA-256) of attachments."""


def between(before: Content, after: Content, files_before: Files = (), files_after: Files = ()) -> Differences:
    """What differs between two states of a record."""
    old_body, new_body = before.get("body") or "", after.get("body") or ""
    old, new = plain(old_body).splitlines(), plain(new_body).splitlines()
    changes = [*_fields(before, after), *_files(set(files_before), set(files_after))]
    paragraphs = list(_paragraphs(old, new)) if old != new else []
    return Differences(changes, paragraphs, is_layout=old == new and old_body != new_body)


def _fields(before: Content, after: Content) -> Iterator[Change]:
    old = {field.key: field for field in described(before)}
    new = {field.key: field for field in described(after)}
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = (side[key].text if key in side else "" for side in (old, new))
        if was != now:
            yield _change((new.get(key) or old[key]).label, was, now)


def _change(label: str, was: str, now: str) -> Change:
    pieces = _compared(was, now)
    return Change(label, [p for p in pieces if p.mark != "ins"], [p for p in pieces if p.mark != "del"])


def _files(before: Set[tuple[str, str]], after: Set[tuple[str, str]]) -> Iterator[Change]:
    """Files that are gone or new; of one name and another content, both in one line."""
    gone, new = before - after, after - before
    for name in sorted({name for name, _ in gone | new}):
        was = [Piece("del", name) for one, _ in gone if one == name]
        now = [Piece("ins", f"{name}（内容换了）" if was else name) for one, _ in new if one == name]
        yield Change("附件", was, now)


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """The text with its changes; of what is unchanged the paragraph before and after a change, and a count of the rest."""
    codes = SequenceMatcher(None, old, new).get_opcodes()
    for number, (kind, i, i_end, j, j_end) in enumerate(codes):
        if kind == "equal":
            yield from _kept(new[j:j_end], is_first=number == 0, is_last=number == len(codes) - 1)
        else:
            yield from _aligned(old[i:i_end], new[j:j_end])


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs in the place of others: each old one beside the next new one that is like it, where there is one near."""
    done = 0
    for number, was in enumerate(old):
        near = range(done, min(done + _NEAR, len(new))) if number < _MOST_COMPARED else range(0)
        like = next((place for place in near if _is_like(was, new[place])), None)
        if like is None:
            yield Paragraph([Piece("del", was)])
            continue
        yield from (Paragraph([Piece("ins", text)]) for text in new[done:like])
        yield Paragraph(_compared(was, new[like]))
        done = like + 1
    yield from (Paragraph([Piece("ins", text)]) for text in new[done:])


def _kept(texts: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Paragraph]:
    head, tail = (0 if is_first else 1), (0 if is_last else 1)
    skipped = len(texts) - head - tail
    if skipped < 2:  # a count in the place of one paragraph saves nothing
        yield from (Paragraph([Piece("", text)]) for text in texts)
        return
    yield from (Paragraph([Piece("", text)]) for text in texts[:head])
    yield Paragraph([], skipped)
    yield from (Paragraph([Piece("", text)]) for text in texts[len(texts) - tail :])


def _compared(was: str, now: str) -> list[Piece]:
    """Two texts as one: what is gone, what is new, what is kept."""
    if not _is_like(was, now):
        return [piece for piece in (Piece("del", was), Piece("ins", now)) if piece.text]
    pieces: list[Piece] = []
    for kind, i, i_end, j, j_end in SequenceMatcher(None, was, now).get_opcodes():
        marks: list[tuple[Mark, str]] = (
            [("", now[j:j_end])] if kind == "equal" else [("del", was[i:i_end]), ("ins", now[j:j_end])]
        )
        pieces += [Piece(mark, text) for mark, text in marks if text]
    return pieces


def _is_like(was: str, now: str) -> bool:
    """Whether the two have enough in common to be shown as one text with changes."""
    if not was or not now or max(len(was), len(now)) > _LONGEST:
        return False
    matcher = SequenceMatcher(None, was, now)
    return matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE


def of_versions(before: Version, after: Version) -> Differences:
    """What a version changed of the one before."""
    return between(before.content, after.content, _kept_files(before), _kept_files(after))


def of_working_copy(record: Record) -> Differences | None:
    """What the working copy would change of the newest version; None where nothing was ever published."""
    version = record.versions.first()
    if version is None:
        return None
    files = record.attachments.filter(is_removed=False).values_list("name", "sha256")
    return between(version.content, record.content, _kept_files(version), files)


def of_values(record: Record, values: Mapping[str, Any]) -> Differences:
    """What these values would change of the working copy; a text as it would be cleaned."""
    typed = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    if typed.get("body"):
        with suppress(Refused):  # what cannot be cleaned is not saved either; shown as it was typed
            typed["body"] = body.cleaned(typed["body"])
    column = typed.get("column", record.column)
    typed["particulars"] = columns.tidy(column, typed.get("particulars", record.particulars))
    return between(record.content, record.content | typed)


def _kept_files(version: Version) -> list[tuple[str, str]]:
    return [(file["name"], file["sha256"]) for file in version.files]
