"""What a machine sees before a person does: personal data, and expressions that are wrong or sensitive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gongkai.agencies.models import today
from gongkai.content import personal, slips
from gongkai.content.lexicon import Slip
from gongkai.content.personal import Finding
from gongkai.disclosure import clearances, columns
from gongkai.disclosure.clearances import Cleared
from gongkai.disclosure.models import Clearance, Record
from gongkai.disclosure.words import lexicon

_PLAIN = (
    "title", "abstract", "document_no", "issuing_body", "keywords", "source", "scope", "attribute_reason",
    "no_interpretation_reason",
)  # fmt: skip
"""The columns in free words, besides the body; all of them become public."""


@dataclass(frozen=True, slots=True)
class Help:
    """What was found: personal data and slips, each with the label of its column."""

    personal: tuple[tuple[str, Finding], ...]
    slips: tuple[tuple[str, Slip], ...]
    cleared: Cleared = frozenset()

    @property
    def slight(self) -> tuple[tuple[str, Finding], ...]:
        """What is only to be looked at; the rest is masked or cleared (`clearing.pieces`)."""
        return tuple((label, one) for label, one in self.personal if one.severity != "block")

    @property
    def sure(self) -> int:
        """How many findings one click masks."""
        return sum(_is_sure(one, self.cleared) and one.masked != one.text for _, one in self.personal)


def of(record: Record) -> Help:
    """Everything found in the columns in free words, the particulars and the body."""
    words = lexicon()
    wrong = [(label, slip) for label, text in _texts(record) for slip in slips.check(text, words)]
    wrong += [("正文", slip) for slip in slips.check_html(record.body, words)]
    return Help(tuple(_personal(record)), tuple(wrong), clearances.in_working_copy(record))


def graves(record: Record) -> list[tuple[str, Finding]]:
    """Personal data that is masked or cleared before anything is submitted, each with the label of its column."""
    return [(label, finding) for label, finding in _personal(record) if finding.severity == "block"]


def blocking(record: Record) -> list[Finding]:
    """Personal data with which nothing is submitted, and nothing of another site becomes public: what is not cleared."""
    found = [finding for _, finding in graves(record)]
    cleared = clearances.in_working_copy(record) if found else frozenset()
    return [finding for finding in found if not _is_cleared(finding, cleared)]


def in_vain(record: Record) -> list[Clearance]:
    """What is cleared though it stands nowhere any more, neither in the record nor in its files."""
    cleared = clearances.of(record)
    if not cleared:
        return []
    files = record.attachments.filter(is_removed=False).exclude(findings=[])
    standing = {(one.kind, one.text) for _, one in graves(record)}
    standing |= {(noted.get("kind", ""), file.found(noted)) for file in files for noted in file.leaks()}
    return [one for one in cleared if (one.kind, one.text) not in standing]


def _texts(record: Record) -> list[tuple[str, str]]:
    """(label, text) of what is plain text."""
    plain = [(str(record._meta.get_field(name).verbose_name), getattr(record, name)) for name in _PLAIN]
    free = columns.texts(record.column, record.particulars)
    return plain + [(columns.label(record.column, key), text) for key, text in free.items()]


def _personal(record: Record) -> list[tuple[str, Finding]]:
    found = [(label, one) for label, text in _texts(record) for one in personal.find(text, today=today())]
    contacts = columns.contacts(record.column, record.particulars)
    found += [(columns.label(record.column, key), one) for key, text in contacts.items() for one in _in_contact(text)]
    return found + [("正文", one) for one in personal.find_in_html(record.body, today=today())]


def _in_contact(text: str) -> list[Finding]:
    """A contact is there to be reached: only what may never stand anywhere is found in it."""
    return [one for one in personal.find(text, today=today()) if one.severity == "block" and not one.clearable]


def masked(record: Record, only: str = "") -> dict[str, Any]:
    """The columns that change when every finding is masked that is neither a mere hint nor cleared; or `only` this text,
    a hint or not, wherever it stands and is not cleared."""
    cleared = clearances.in_working_copy(record)

    def chosen(findings: Iterable[Finding]) -> list[Finding]:
        if only:
            return [one for one in findings if one.text == only and not _is_cleared(one, cleared)]
        return [one for one in findings if _is_sure(one, cleared)]

    def without(text: str) -> str:
        return personal.mask(text, chosen(personal.find(text, today=today())))

    new: dict[str, Any] = {name: without(getattr(record, name)) for name in _PLAIN}
    free = columns.texts(record.column, record.particulars)
    contacts = columns.contacts(record.column, record.particulars)
    new["particulars"] = (
        record.particulars
        | {key: without(text) for key, text in free.items()}
        | {key: personal.mask(text, chosen(_in_contact(text))) for key, text in contacts.items()}
    )
    new["body"] = personal.mask_html(record.body, chosen(personal.find_in_html(record.body, today=today())))
    return {name: text for name, text in new.items() if text != getattr(record, name)}


def _is_sure(finding: Finding, cleared: Cleared) -> bool:
    return finding.severity != "hint" and not _is_cleared(finding, cleared)


def _is_cleared(finding: Finding, cleared: Cleared) -> bool:
    """Whether it may stand here: the same number beside a child's name is masked all the same."""
    return finding.clearable and (finding.kind, finding.text) in cleared
