"""The fictional county's records in the database: written in bulk, each file of events as the review would have made it.

The log says what happened: the set-up made them. Their events tell the story of the county, by people who hold the posts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.doer import SYSTEM
from gongkai.agencies.models import Agency, Posting, Staff, today
from gongkai.agencies.posts import POSTS, PostKey
from gongkai.audit.actions import record as log
from gongkai.audit.models import Entry
from gongkai.demo.record import CHINA, DemoFile, DemoRecord
from gongkai.demo.records import moved_on, records
from gongkai.disclosure import clocks, review, shown
from gongkai.disclosure.catalogue import demo as catalogue_demo
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.filing import listed, steps_of
from gongkai.disclosure.models import Attachment, FileEvent, Link, Plan, Record, Serial, Version, digest_of
from gongkai.statute.calendar import default_calendar
from gongkai.statute.catalogue import index_number
from gongkai.statute.publication import TimeLimit, publish_by

VERB: Final = "records.demo"

_DESKS: Final[tuple[tuple[str, PostKey], ...]] = (
    ("author", "handler"), ("first", "reviewer"), ("second", "section_head"), ("secrecy", "secrecy"),
    ("legality", "section_head"), ("final", "leader"),
)  # fmt: skip
"""Who does what in an agency's files: six desks, six people."""

_GIVEN: Final = "青禾云溪安宁岚舟竹石川原明远知行若谷清和以宁子衿时雨星野望舒景行"
_FAMILY: Final = "林周方沈顾许罗白石田单狄江叶苏范梁杜贺邵"
_KINDS: Final = {"xlsx": "sheet", "docx": "word", "pdf": "pdf"}


def fill(scale: int = 1) -> int:
    """Make the records of each copy of the county that has none yet; how many were made."""
    done = set(Entry.objects.filter(verb=VERB).values_list("label", flat=True))
    made = sum(_county(copy) for copy in range(1, scale + 1) if _label(copy) not in done)
    if made:
        shown.bring_all()
    return made


def _label(copy: int) -> str:
    return "青禾县" if copy == 1 else f"青禾{copy}县"


@transaction.atomic
def _county(copy: int) -> int:
    known = {one.name: one for one in Agency.objects.filter(name__startswith=_label(copy))}
    planned = [one for one in records(today(), copy) if one.agency in known]
    if not planned:
        return 0
    people = _people({one.agency for one in planned}, known, min(one.formed_on for one in planned))
    numbers = _Numbers(known.values())
    under = catalogue_demo.fill(known, copy)
    made = [_Made(one, known[one.agency], numbers, under(one)) for one in planned]
    admin = _holder("admin", known.values())
    for one in made:
        one.attach()
        one.tell(people[one.agency.pk], admin)
    Record.objects.bulk_create([one.record for one in made], batch_size=200)
    Attachment.objects.bulk_create([file for one in made for file in one.attachments], batch_size=200)
    events = [event for one in made for event in one.events]
    FileEvent.objects.bulk_create(events, batch_size=500)
    Version.objects.bulk_create([version for one in made for version in one.publications()], batch_size=200)
    by_key = {one.plan.key: one.record for one in made}
    Link.objects.bulk_create(
        Link(source=one.record, target=by_key[target], kind=kind) for one in made for kind, target in one.plan.links
    )
    forms = {one.plan.links[0][1]: one.record.particulars["form"] for one in made if one.plan.kind == "interpretation"}
    Plan.objects.bulk_create(_plan(one, forms) for one in made if one.record.needs_interpretation)
    numbers.save()
    log(
        SYSTEM.actor(),
        VERB,
        label=_label(copy),
        details={"records": len(made), "events": len(events), "people": len(people.made)},
    )
    return len(made)


def _plan(made: _Made, forms: Mapping[str, str]) -> Plan:
    """The plan that the interpretation of a document followed."""
    return Plan(
        record=made.record, outline="一、为什么制定；二、主要内容；三、适用于谁；四、与以前有什么不同", forms=[forms.get(made.plan.key, "文字")],
        channels="县政府网站、政务新媒体", planned_on=made.plan.formed_on, responsible="政策法规科负责人", lead="主要负责人",
    )  # fmt: skip


# --------------------------------------------------------------------------------------------------------------- people


class _People(dict[int, dict[str, Staff]]):
    """Who sits at which desk, by agency; `made` are those who had to be made."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[Staff] = []


def _people(names: Iterable[str], known: Mapping[str, Agency], since: date) -> _People:
    """Six people for each agency: those who hold the posts, and invented ones who cannot sign in for the rest."""
    found = _People()
    postings: list[Posting] = []
    held: dict[int, list[Posting]] = {}
    for posting in Posting.objects.filter(until=None, agency__in=known.values()).select_related("staff"):
        held.setdefault(posting.agency_id, []).append(posting)
    for name in sorted(names):
        agency = known[name]
        desks: dict[str, Staff] = {}
        for desk, post in _DESKS:
            free = [p.staff for p in held.get(agency.pk, []) if p.post == post and p.staff not in desks.values()]
            if not free:
                number = len(found.made)
                invented = Staff(
                    username=f"demo.{agency.pk}.{desk}", full_name=_name(agency.pk * len(_DESKS) + len(desks)),
                    must_change_password=False, is_part_time=number % 2 == 0,
                )  # fmt: skip
                invented.first_name = invented.full_name
                invented.set_unusable_password()
                found.made.append(invented)
                postings.append(Posting(staff=invented, agency=agency, post=post, since=since))
                free = [invented]
            desks[desk] = free[0]
        found[agency.pk] = desks
    Staff.objects.bulk_create(found.made)
    for posting in postings:
        posting.staff_id = posting.staff.pk
    Posting.objects.bulk_create(postings)
    return found


def _name(number: int) -> str:
    return _FAMILY[number % len(_FAMILY)] + _GIVEN[2 * (number % (len(_GIVEN) // 2)) :][:2]


def _holder(post: PostKey, agencies: Iterable[Agency]) -> tuple[Staff | None, str]:
    posting = (
        Posting.objects.filter(post=post, agency__in=agencies, until=None).select_related("staff", "agency").first()
    )
    if posting is None:
        return None, "系统"
    return posting.staff, f"{posting.agency.name}{POSTS[post].label} {posting.staff}"


# -------------------------------------------------------------------------------------------------------------- records


class _Numbers:
    """Index numbers that continue each agency's series."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._serials = {(s.agency_id, s.year): s for s in Serial.objects.filter(agency__in=agencies)}

    def next(self, agency: Agency, year: int) -> str:
        serial = self._serials.setdefault((agency.pk, year), Serial(agency=agency, year=year))
        serial.last += 1
        return index_number(agency.credit_code or f"{agency.pk:09d}", year, serial.last)

    def save(self) -> None:
        Serial.objects.bulk_create([s for s in self._serials.values() if s.pk is None])
        Serial.objects.bulk_update([s for s in self._serials.values() if s.pk], ["last"])


@cache
def _due(formed: date, changed: date | None, limit: TimeLimit | None) -> date:
    return publish_by(formed, default_calendar(), changed, limit).date


_NEVER_SENT: Final = frozenset({"draft", "discarded"})
_PUBLIC: Final = frozenset({"published", "imported", "forced", "ratified", "withdrawn"})


@dataclass
class _Made:
    """A record on its way into the database."""

    plan: DemoRecord
    agency: Agency
    numbers: _Numbers
    row: CatalogueRow | None
    record: Record = field(init=False)
    attachments: list[Attachment] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    events: list[FileEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        plan = self.plan
        self.published = plan.published if plan.state in _PUBLIC else None
        final = dict(plan.fields)
        for revision in plan.revisions:
            final |= revision.fields
        self.record = Record(agency=self.agency, catalogue_row=self.row, **final)
        if not self.record.is_not_disclosed:
            self.record.due_on = _due(plan.formed_on, self.record.changed_on, self.row.time_limit if self.row else None)
        self.record.reassess_on = clocks.reassess_on(self.record)
        self.record.published_at = self.published
        if plan.state not in _NEVER_SENT:
            self.record.index_no = self.numbers.next(self.agency, plan.formed_on.year)

    def attach(self) -> None:
        """Keep the files."""
        for file in self.plan.files:
            content = file.content()
            one = Attachment(
                record=self.record, name=file.name[-150:], sha256=hashlib.sha256(content).hexdigest(),
                size=len(content), kind=_KINDS[file.kind], text=_text(file), read_at=timezone.now(),
            )  # fmt: skip
            if not default_storage.exists(one.path):
                default_storage.save(one.path, ContentFile(content))
            self.attachments.append(one)

    def tell(self, desks: Mapping[str, Staff], admin: tuple[Staff | None, str]) -> None:
        """Write the file's events, and from them the record's standing."""
        self._file(desks, admin)
        standing = review.fold((event.plain() for event in self.events), self._steps)
        self.record.state, self.record.is_public = standing.state, standing.is_public
        self.record.turn = standing.turn

    def publications(self) -> list[Version]:
        """The public versions, with the files now that these have numbers."""
        for version in self.versions:
            version.files = listed(self.attachments)
        return self.versions

    @property
    def _steps(self) -> tuple[review.Step, ...]:
        return steps_of(self.record)

    # ----------------------------------------------------------------------------------------------------------- events

    def _file(self, desks: Mapping[str, Staff], admin: tuple[Staff | None, str]) -> None:
        """The events that brought the record where it is, and its public versions."""
        self._desks = desks
        plan, ends = self.plan, self.published or timezone.now()
        fields = dict(plan.fields)
        self._content = Record(agency=self.agency, **fields).content
        if plan.state == "imported":
            note = f"迁移自{plan.note}，原发布日期{ends.date()}"
            moved = datetime.combine(moved_on(today()), time(15), CHINA)
            self._append("imported", min(moved, timezone.now()), by=admin, note=note)
            self._publish(ends)
            return
        begun = min(datetime.combine(plan.formed_on, time(9, 10), CHINA), ends - timedelta(hours=1))
        self._append("drafted", begun)
        if plan.state == "discarded":
            self._append("discarded", begun + timedelta(hours=2), note=plan.note)
        if plan.state in _NEVER_SENT:
            return
        if plan.state in ("forced", "ratified"):
            self._append("forced", ends, desk="final", note=plan.note)
            self._publish(ends)
            if plan.state == "ratified":
                self._append("ratified", ends + timedelta(hours=20), desk="second")
            return
        self._reviewed(begun, ends)
        if plan.state in ("scheduled", "unscheduled"):
            self._wait(ends)
        if self.published is None:
            return
        self._append("published", ends)
        self._publish(ends)
        for revision in plan.revisions:
            fields |= revision.fields
            self._content = Record(agency=self.agency, **fields).content
            self._append("edited", revision.at - timedelta(minutes=90))
            self._reviewed(revision.at - timedelta(minutes=80), revision.at)
            self._append("published", revision.at, note=revision.erratum)
            self._publish(revision.at, revision.erratum)
        if plan.state == "withdrawn":
            self._append("withdrawn", min(ends + timedelta(days=2), timezone.now()), desk="second", note=plan.note)

    def _wait(self, chosen: datetime) -> None:
        """A time for the publication; the clock, or the one who changed his mind, comes later."""
        at = datetime.combine(timezone.localtime(chosen).date() + timedelta(days=1), time(9), CHINA)
        self._append("scheduled", chosen, note=f"定于{at:%Y-%m-%d %H:%M}发布")
        if self.plan.state == "unscheduled":
            self._append("unscheduled", chosen)
        else:
            self.record.publish_at = at

    def _reviewed(self, begun: datetime, ends: datetime) -> None:
        """Submit, and pass the steps up to where the plan ends; a record on a desk waits there."""
        steps = self._steps
        keys = [step.key for step in steps]
        left = (
            keys.index(self.plan.step) if self.plan.step in keys else 0 if self.plan.state == "returned" else len(keys)
        )
        pace = (ends - begun) / (len(keys) + 3)
        self._append("submitted", begun + pace, step=review.keys_of(steps))
        for number, step in enumerate(steps[:left]):
            note = review.opinion(step, "没有发现差错", "")
            self._append("passed", begun + pace * (number + 2), desk=step.key, step=step.key, note=note)
        if self.plan.state == "returned":
            self._append("returned", begun + pace * 2, desk=keys[0], step=keys[0], note=self.plan.note)

    def _append(
        self, kind: review.EventKind, at: datetime, *, desk: str = "author", step: str = "", note: str = "",
        by: tuple[Staff | None, str] | None = None,
    ) -> None:  # fmt: skip
        staff, who = by or (self._desks[desk], f"{self.agency.name}{_POST[desk]} {self._desks[desk]}")
        digest = digest_of(self._content, [(a.name, a.sha256) for a in self.attachments])
        self.events.append(
            FileEvent(
                record=self.record,
                number=len(self.events) + 1,
                kind=kind,
                step=step,
                staff=staff,
                who=who[:120],
                at=at,
                digest=digest,
                note=note,
            )
        )

    def _publish(self, at: datetime, erratum: str = "") -> None:
        number = len(self.versions) + 1
        self.versions.append(Version(record=self.record, number=number, at=at, content=self._content, erratum=erratum))


_POST: Final = {desk: POSTS[post].label for desk, post in _DESKS}


def _text(file: DemoFile) -> str:
    lines = (line.removeprefix("# ") for line in file.lines)
    return "\n".join((*lines, *(" ".join(row) for row in file.rows if file.look or not file.lines)))
