"""What a machine sees before a person does: personal data, and expressions that are wrong or sensitive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.agencies.models import today
from gongkai.content import personal, slips
from gongkai.content.lexicon import Slip
from gongkai.content.personal import Finding
from gongkai.disclosure import columns
from gongkai.disclosure.models import Record
from gongkai.disclosure.words import lexicon

_PLAIN = ("title", "abstract")


@dataclass(frozen=True, slots=True)
class Help:
    """What was found: personal data and slips, each with the label of its column."""

    personal: tuple[tuple[str, Finding], ...]
    slips: tuple[tuple[str, Slip], ...]

    @property
    def sure(self) -> int:
        """How many findings one click masks."""
        return sum(one.severity != "hint" and one.masked != one.text for _, one in self.personal)


def of(record: Record) -> Help:
    """Everything found in title, abstract, particulars and body."""
    words = lexicon()
    wrong = [(label, slip) for label, text in _texts(record) for slip in slips.check(text, words)]
    wrong += [("正文", slip) for slip in slips.check_html(record.body, words)]
    return Help(tuple(_personal(record)), tuple(wrong))


def blocking(record: Record) -> list[Finding]:
    """Personal data with which nothing is submitted, and nothing of another site becomes public."""
    return [finding for _, finding in _personal(record) if finding.severity == "block"]


def _texts(record: Record) -> list[tuple[str, str]]:
    """(label, text) of what is plain text."""
    plain = [(str(record._meta.get_field(name).verbose_name), getattr(record, name)) for name in _PLAIN]
    free = columns.texts(record.column, record.particulars)
    return plain + [(columns.label(record.column, key), text) for key, text in free.items()]


def _personal(record: Record) -> list[tuple[str, Finding]]:
    found = [(label, one) for label, text in _texts(record) for one in personal.find(text, today=today())]
    return found + [("正文", one) for one in personal.find_in_html(record.body, today=today())]


def masked(record: Record, only: str = "") -> dict[str, Any]:
    """The columns that change when every finding is masked that is not a mere hint; or `only` this text, wherever it stands,
    a hint or not."""
    values = {name: getattr(record, name) for name in _PLAIN}
    new: dict[str, Any] = {name: _masked(text, only) for name, text in values.items()}
    free = columns.texts(record.column, record.particulars)
    new["particulars"] = record.particulars | {key: _masked(text, only) for key, text in free.items()}
    new["body"] = personal.mask_html(record.body, _chosen(personal.find_in_html(record.body, today=today()), only))
    return {name: text for name, text in new.items() if text != getattr(record, name)}


def _masked(text: str, only: str) -> str:
    return personal.mask(text, _chosen(personal.find(text, today=today()), only))


def _chosen(findings: tuple[Finding, ...], only: str) -> list[Finding]:
    return [finding for finding in findings if (finding.text == only if only else finding.severity != "hint")]
