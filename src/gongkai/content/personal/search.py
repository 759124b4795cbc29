"""All detectors over one text; of findings that overlap, the surest and longest stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from gongkai.content.markup import text_map
from gongkai.content.personal import numbers, persons
from gongkai.content.personal.finding import Finding, masked
from gongkai.content.personal.page import Draft, Page
from gongkai.content.personal.practice import Practice, default_practice

_SURE: Final = {"certain": 0, "likely": 1, "unsure": 2}
_ORDER: Final = {"id_card": 0, "mobile": 1, "bank_card": 2, "passport": 3, "household": 3, "minor": 4, "name": 5}


def find(text: str, *, today: date, practice: Practice | None = None) -> tuple[Finding, ...]:
    """The personal data in a text, in the order in which it stands. `today` tells who is under 18.

    A text with tabs is read as a table, its first row as headings. Nothing is certain that only looks like a number
    of a person; what has another innocent meaning is left out or unsure.
    """
    rules = (practice or default_practice()).kinds
    page = Page(text, today)
    cards = list(numbers.id_cards(page))
    drafts = [
        *cards, *numbers.phones(page), *numbers.bank_cards(page), *numbers.papers(page), *numbers.mails(page),
        *numbers.plates(page), *persons.names(page, [card.start for card in cards]), *persons.births(page),
        *persons.addresses(page),
    ]  # fmt: skip
    drafts += persons.again(page, drafts)
    found = []
    chosen = _without_overlaps(draft for draft in drafts if draft.kind in rules)
    of_minors = page.near([draft.start for draft in chosen if draft.minor])
    for draft in chosen:
        kind, piece = rules[draft.kind], text[draft.start : draft.end]
        found.append(
            Finding(
                draft.kind, draft.start, draft.end, draft.certainty, piece, masked(piece, kind, draft.minor),
                "hint" if draft.certainty == "unsure" else kind.severity, kind.label, kind.advice, draft.minor,
                kind.clearable and page.line_at(draft.start).start not in of_minors,
            )
        )  # fmt: skip
    return tuple(found)


def find_in_html(html: str, *, today: date, practice: Practice | None = None) -> tuple[Finding, ...]:
    """As `find`, in cleaned HTML; places are those of ``text_map(html).text``, for `mask_html` and `marked`."""
    return find(text_map(html).text, today=today, practice=practice)


def _without_overlaps(drafts: Iterable[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    taken: set[int] = set()
    for draft in sorted(drafts, key=_rank):
        if taken.isdisjoint(range(draft.start, draft.end)):
            taken.update(range(draft.start, draft.end))
            kept.append(draft)
    return sorted(kept, key=lambda draft: draft.start)


def _rank(draft: Draft) -> tuple[int, int, int, int]:
    return _SURE[draft.certainty], _ORDER.get(draft.kind, 6), draft.start - draft.end, draft.start
