"""Interpretation of documents: the plan, the gate before the final review, the material, the period, the rates.

政策文件不解读不运转、解读材料不达标不运转: what a plan and material must say is data of `statute.interpretation`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.agencies.doer import Doer, insist, unsaved
from gongkai.agencies.models import Agency
from gongkai.audit.actions import record as log
from gongkai.content.markup import plain
from gongkai.content.unseen import tidy
from gongkai.disclosure import days, notes
from gongkai.disclosure.models import Link, Plan, Record
from gongkai.statute import interpretation as rules
from gongkai.statute.calendar import default_calendar
from gongkai.statute.publication import interpret_by

COLUMN = "interpretation"
_READY = ("in_review", "approved", "published")


# ------------------------------------------------------------------------------------------------------------------ plan


def plan_of(record: Record) -> Plan:
    """The plan of a document; an empty one where there is none yet."""
    return Plan.objects.filter(record=record).first() or Plan(record=record)


@transaction.atomic
def plan(by: Doer, record: Record, **fields: Any) -> Plan:
    """Write the plan of a document that is interpreted."""
    unknown = set(fields) - set(rules.plan_fields())
    assert not unknown, unknown
    written = plan_of(Record.objects.select_for_update().select_related("agency").get(pk=record.pk))
    for name, value in fields.items():
        setattr(written, name, tidy(value))
    known = {one.label for one in rules.forms()}
    wrong = [f"没有“{form}”这种解读形式。" for form in written.forms if form not in known]
    labels = rules.plan_fields()
    for name, value in fields.items():
        wrong += notes.why_not_keep(labels[name], value) if isinstance(value, str) else []
    wrong += days.why_not("解读时间", written.planned_on)
    if not any(getattr(written, name) for name in rules.plan_fields()):
        wrong.append("解读方案还是空的，请至少填写一项。")
    insist(by.why_not("records.draft", record.agency), unsaved(written), wrong)
    written.save()
    log(by.actor(), "records.plan", record)
    return written


def lacking_in_plan(record: Record) -> list[str]:
    """The labels of what the plan does not say."""
    written = plan_of(record)
    return [label for name, label in rules.plan_fields().items() if not getattr(written, name)]


# ------------------------------------------------------------------------------------------------------------------ gate


def materials(record: Record) -> QuerySet[Record]:
    """The records that interpret a document."""
    ties = Link.objects.filter(target=record, kind=Link.Kind.INTERPRETS)
    return (
        Record.objects.filter(pk__in=ties.values("source"))
        .exclude(state="discarded")
        .select_related("agency")
        .order_by("pk")
    )


def lacking_in(material: Record) -> list[str]:
    """The labels of the required elements that material does not speak of. Of what is no text, its maker says so."""
    declared = material.particulars.get("elements", [])
    is_told_otherwise = not rules.is_text(material.particulars.get("form", ""))
    text = "\n".join((material.title, material.abstract, plain(material.body)))
    return rules.lacking(text, declared if is_told_otherwise else ())


def undecided(record: Record) -> list[str]:
    """A document of a kind that is interpreted says that it will be, or why not."""
    if record.needs_interpretation or record.no_interpretation_reason:
        return []
    if rules.is_interpretable(record.genre, is_normative=record.is_normative):
        return ["这类政策文件应当解读：请选“需要解读”，或者写明不解读的理由。"]
    return []


def not_ready(record: Record) -> list[str]:
    """Why a document that is interpreted does not pass the final review yet (三同步)."""
    if not record.needs_interpretation or record.no_interpretation_reason:
        return []
    reasons = []
    lacking = lacking_in_plan(record)
    if lacking:
        reasons.append(f"解读方案没有写明：{'、'.join(lacking)}。")
    found = list(materials(record))
    if not found:
        reasons.append("需要解读的文件还没有解读材料：解读与文件同步组织、同步审签、同步部署（国办发〔2016〕80号）。")
    failing = [_why_not_material(one) for one in found]
    return reasons + ([] if any(not why for why in failing) else [why for whys in failing for why in whys])


def _why_not_material(material: Record) -> list[str]:
    name = f"解读材料“{material.title}”"
    reasons = []
    lacking = lacking_in(material)
    if lacking:
        reasons.append(f"{name}没有讲到：{'、'.join(lacking)}。")
    if material.state not in _READY:
        reasons.append(f"{name}还没有送审，应与文件同步审签。")
    return reasons


# ----------------------------------------------------------------------------------------------------------------- period


def due_on(record: Record) -> date | None:
    """The last day to publish the interpretation of a published document; None where it needs none."""
    if not record.needs_interpretation or record.no_interpretation_reason or record.published_at is None:
        return None
    return interpret_by(timezone.localtime(record.published_at).date(), default_calendar()).date


def uninterpreted(agencies: QuerySet[Agency]) -> QuerySet[Record]:
    """Public documents of agencies that need an interpretation and have none that is public."""
    interpreted = Link.objects.filter(kind=Link.Kind.INTERPRETS, source__is_public=True).values("target")
    return (
        Record.objects.filter(
            agency__in=agencies, is_public=True, needs_interpretation=True, no_interpretation_reason=""
        )
        .exclude(pk__in=interpreted)
        .select_related("agency")
    )


# ------------------------------------------------------------------------------------------------------------------ rates


@dataclass(slots=True)
class Rate:
    """Of an agency's documents of a year: how many are interpreted, in time, not at all with a reason; by which forms."""

    agency: Agency | None = None
    documents: int = 0
    exempt: int = 0
    interpreted: int = 0
    in_time: int = 0
    materials: int = 0
    not_text: int = 0

    @property
    def interpretable(self) -> int:
        """How many should be."""
        return self.documents - self.exempt

    @property
    def percent(self) -> float | None:
        """解读率 in percent; None where nothing is to be interpreted."""
        return round(100 * self.interpreted / self.interpretable, 1) if self.interpretable else None

    @property
    def percent_not_text(self) -> float | None:
        """非文字形式 of all material, in percent; None where there is none."""
        return round(100 * self.not_text / self.materials, 1) if self.materials else None


def rates(agencies: QuerySet[Agency], year: int) -> list[Rate]:
    """The rates of the agencies that published such documents in a year, in their order. Two queries."""
    documents = list(
        Record.objects.filter(agency__in=agencies, is_public=True, published_at__year=year)
        .exclude(needs_interpretation=False, no_interpretation_reason="")
        .select_related("agency")
        .order_by("agency__path", "agency_id")
        .defer("body", "abstract")
    )
    by_document = _interpretations([one.pk for one in documents])
    found: dict[int, Rate] = {}
    for one in documents:
        _count(found.setdefault(one.agency_id, Rate(one.agency)), one, by_document.get(one.pk, []))
    return list(found.values())


def whole(rows: Iterable[Rate]) -> Rate:
    """The sum of rows."""
    total = Rate()
    for row in rows:
        for name in ("documents", "exempt", "interpreted", "in_time", "materials", "not_text"):
            setattr(total, name, getattr(total, name) + getattr(row, name))
    return total


def _interpretations(documents: list[int]) -> dict[int, list[Record]]:
    ties = Link.objects.filter(kind=Link.Kind.INTERPRETS, source__is_public=True).select_related("source")
    found: dict[int, list[Record]] = {}
    wanted = set(documents)
    for tie in ties.defer("source__body", "source__abstract"):
        if tie.target_id in wanted:
            found.setdefault(tie.target_id, []).append(tie.source)
    return found


def _count(row: Rate, document: Record, material: list[Record]) -> None:
    row.documents += 1
    if document.no_interpretation_reason:
        row.exempt += 1
        return
    row.materials += len(material)
    row.not_text += sum(not rules.is_text(one.particulars.get("form", "文字")) for one in material)
    if material:
        due = due_on(document)
        first = min(timezone.localtime(one.published_at).date() for one in material if one.published_at)
        row.interpreted += 1
        row.in_time += due is not None and first <= due
