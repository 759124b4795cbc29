"""What the rules look at besides the cells: the prose, cut and counted once for all rules."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual_report.checks.finding import Span
from gongkai.annual_report.narrative.mentions import Counted, Mention, count, mentions
from gongkai.annual_report.narrative.scope import Body, body_of
from gongkai.annual_report.narrative.text import Passage, Sentence, passages, sentences
from gongkai.annual_report.narrative.years import Stale, stale_years
from gongkai.annual_report.report import Report
from gongkai.statute.reporting import Level


@dataclass(frozen=True, slots=True)
class Prose:
    """A report's prose: passages, sentences, the numbers in them and what they speak of."""

    body: Body
    passages: list[Passage]
    sentences: list[Sentence]
    counted: list[Counted]
    mentions: list[Mention]
    stale: list[Stale]


def read_prose(report: Report, level: Level | None = None) -> Prose:
    """Cut and count the prose of a report."""
    body = body_of(report, level)
    cut = passages(report)
    listed = sentences(cut)
    counted = count(listed)
    return Prose(body, cut, listed, counted, mentions(counted, body, report.year), stale_years(listed, report.year))


def span(sentence: Sentence, start: int = 0, end: int | None = None) -> Span:
    """The place of part of a sentence in the report's own paragraph."""
    stop = len(sentence.text) if end is None else end
    return span_of(sentence.passage, sentence.start + start, sentence.start + stop)


def span_of(passage: Passage, start: int, end: int) -> Span:
    """The place of part of a passage in the report's own paragraph."""
    first = passage.original(start)
    last = passage.original(end - 1) + 1 if end > start else first
    return Span(passage.section, passage.index, first, last, passage.source[first:last], passage.place)
