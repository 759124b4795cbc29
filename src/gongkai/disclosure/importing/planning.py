"""What each row will do, without doing it: new, unchanged, changed, or refused with every reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Final, Literal

from django.core.exceptions import ValidationError

from gongkai.agencies.doer import Doer, Refused
from gongkai.agencies.models import Agency, today
from gongkai.agencies.policy import policy_of
from gongkai.content.unseen import tidy
from gongkai.disclosure import body, clocks, completeness, days, files, help
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.importing import columns
from gongkai.disclosure.importing.models import Origin
from gongkai.disclosure.importing.reading import NotAList, Row, Rows
from gongkai.disclosure.models import Record
from gongkai.statute import document_numbers
from gongkai.statute.calendar import default_calendar
from gongkai.statute.catalogue import is_index_number
from gongkai.statute.publication import publish_by

What = Literal["new", "changed", "unchanged", "refused"]
WHATS: Final[dict[What, str]] = {"new": "新增", "changed": "修改", "unchanged": "不变", "refused": "不能导入"}
RIGHT: Final = "records.import"
_DERIVED: Final = {"agency", "state", "is_public", "turn", "index_no", "due_on"}


@dataclass(slots=True)
class File:
    """A file of a row, ready to be kept."""

    name: str
    content: bytes


@dataclass(slots=True)
class Step:
    """What a row will do. `published` is when it was public elsewhere; without it the row becomes a draft."""

    row: Row
    title: str
    agency: Agency
    key: str
    digest: str
    what: What = "new"
    record: Record | None = None
    published: datetime | None = None
    index_no: str = ""
    files: list[File] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """新增 and the others, as the preview shows it."""
        if self.what != "new":
            return WHATS[self.what]
        return "新增（已公开的历史信息）" if self.published else "新增（草稿）"


class Planner:
    """Plans rows of one source for one doer. Reads what is there once, so that a plan of thousands asks little."""

    def __init__(self, by: Doer, agency: Agency, site: str, rows: Rows) -> None:
        self.by, self.agency, self.site, self.rows = by, agency, site, rows
        policy = policy_of(by.staff) if by.staff else None
        reach = policy.agencies(RIGHT) if policy else Agency.objects.all()
        self._agencies: dict[str, Agency] = {}
        for one in reach:
            for name in filter(None, (one.name, one.short_name)):
                self._agencies.setdefault(name, one)
        concerned = {agency.pk} | {
            self._agencies[name].pk for row in rows.rows if (name := row.values.get("agency", "")) in self._agencies
        }
        self._origins = {
            (o.agency_id, o.key): o
            for o in Origin.objects.filter(agency__in=concerned, site=site).select_related("record")
        }
        there = Record.objects.filter(agency__in=concerned)
        self._titles = set(there.filter(origin=None).values_list("agency_id", "title", "formed_on"))
        self._numbers = set(there.exclude(index_no=None).values_list("index_no", flat=True))
        self._seen: dict[tuple[int, str], int] = {}
        self._rows: dict[int, list[CatalogueRow]] = {}
        for one in CatalogueRow.objects.filter(agency__in=concerned, retired_on=None):
            self._rows.setdefault(one.agency_id, []).append(one)

    def plan(self, some: Iterable[Row] | None = None) -> Iterator[Step]:
        """A step for each row, in order."""
        for row in self.rows.rows if some is None else some:
            step = self._step(row)
            if step.reasons:
                step.what = "refused"
            yield step

    def _step(self, row: Row) -> Step:
        values = row.values
        title = tidy(values.get("title", ""))
        named = values.get("agency", "")
        agency = self._agencies.get(named, self.agency) if named else self.agency
        formed, published = columns.day(values.get("formed_on", "")), columns.moment(values.get("published_on", ""))
        own = values.get("address") or values.get("key") or values.get("index_no")
        key = _hash(own or f"{values.get('document_no', '')}|{title}|{formed or published}")
        step = Step(row, title, agency, key, _hash(json.dumps([dict(values), row.files], sort_keys=True)))
        if named and named not in self._agencies:
            step.reasons.append(f"没有“{named}”这个机关，或者不在您负责的范围内。")
        elif not named and (why := self.by.why_not(RIGHT, agency)):
            step.reasons += why
        first = self._seen.setdefault((agency.pk, key), row.line)
        if first != row.line:
            step.reasons.append(f"与第{first}行重复。")
            return step
        known = self._origins.get((agency.pk, key))
        if known and known.row == step.digest:
            step.what = "unchanged"
            return step
        step.record = self._record(step, formed, published)
        if known:
            self._change(step, known)
        elif step.record and (agency.pk, title, step.record.formed_on) in self._titles:
            step.reasons.append("本机关已有标题和成文日期都相同的信息，请核对是否重复。")
        self._open_files(step)
        if step.record and not step.reasons and not step.record.body and not step.files:
            step.reasons.append("没有正文，也没有附件。")
        return step

    # -------------------------------------------------------------------------------------------------------- one record

    def _record(self, step: Step, formed: date | None, published: datetime | None) -> Record | None:
        values, wrong = step.row.values, step.reasons
        if "error" in values:
            wrong.append(values["error"])
        if not step.title:
            wrong.append("没有标题。")
        for name in ("formed_on", "published_on", "effective_on", "expires_on", "amended_on", "repealed_on"):
            given = values.get(name, "")
            read = columns.moment(given) if name == "published_on" else columns.day(given)
            if given and not read:
                wrong.append(f"{columns.LABELS[name][0]}“{given[:30]}”不是日期，应如 2026-03-05。")
        if published and published.date() > today():
            wrong.append(f"发布日期 {published.date()} 还没有到。")
        formed = formed or (published.date() if published else None)
        if formed is None:
            wrong.append("没有成文日期。")
        elif published and formed > published.date():
            wrong.append(f"成文日期 {formed} 晚于发布日期 {published.date()}。")
        step.published = published
        fields = self._fields(step)
        if wrong or formed is None:
            return None
        record = Record(agency=step.agency, formed_on=formed, **fields)
        record.due_on = clocks.due(record) if record.catalogue_row else _due(formed)
        try:
            record.body = body.cleaned(values.get("body", ""))
            step.notes += body.left_out(values.get("body", ""))
            record.clean_fields(exclude=_DERIVED)
        except Refused as refused:
            wrong += refused.reasons
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                label = Record._meta.get_field(name).verbose_name
                wrong += [f"{label}：{message}" for message in messages]
        number, record.document_no = document_numbers.normal(record.document_no), ""
        wrong += completeness.impossible(record)
        record.document_no = number
        if number and not document_numbers.is_document_number(number):
            odd = f"发文字号“{number[:40]}”不合格式，应如“青政办发〔2026〕12号”。"
            (step.notes if published else wrong).append(odd)  # history stays as it was printed
        if record.attribute in ("on_application", "withheld") and not record.attribute_reason:
            wrong.append("不主动公开的，须写明理由和依据。")
        if record.effective_on and record.expires_on and record.expires_on < record.effective_on:
            wrong.append("有效期不能早于实施日期。")
        if published and record.attribute != Record.Attribute.PROACTIVE:
            wrong.append("有发布日期的是已公开的信息，公开属性应为主动公开。")
        for name in ("item", "theme", "abstract"):
            if not getattr(record, name):
                step.notes.append(f"没有{columns.LABELS[name][0]}，导入以后请补上。")
        if step.published and not wrong and (found := help.blocking(record)):
            kinds = "、".join(dict.fromkeys(one.label for one in found))
            step.notes.append(f"有 {len(found)} 处个人信息（{kinds}），不直接公开，存为草稿，请遮盖后送审。")
            step.published = None
        self._index_no(step)
        return record

    def _fields(self, step: Step) -> dict[str, object]:
        values, wrong = step.row.values, step.reasons
        fields: dict[str, object] = {name: tidy(values.get(name, "")) for name in columns.TEXT}
        fields |= {name: columns.day(values[name]) for name in columns.DATES[1:] if name in values}
        fields["scope"] = fields["scope"] or "全社会"
        fields["source"] = str(fields["source"] or self.site)[:100]
        for name, read in (("item", columns.item_of), ("theme", columns.theme_of), ("field", columns.field_of),
                           ("attribute", columns.attribute_of)):  # fmt: skip
            if given := values.get(name, ""):
                fields[name] = read(given)
                if fields[name] is None:
                    wrong.append(f"没有“{given[:40]}”这个{columns.LABELS[name][0]}。")
                    fields[name] = None if name == "field" else ""
        if given := values.get("column", ""):
            fields["column"] = columns.column_of(given) or ""
            if not fields["column"]:  # another site's own: no reason to leave its records behind
                step.notes.append(f"本平台没有“{given[:40]}”这个栏目，导入以后请选择。")
        if given := values.get("row", ""):
            fields["catalogue_row"] = row = self._listed_under(step, given, fields.get("field"))
            fields["field"] = fields.get("field") or (row and row.field)
        if "attribute" not in values:
            fields["attribute"] = Record.Attribute.PROACTIVE if step.published else ""
        normative = columns.flag(values.get("is_normative", ""))
        if normative is None:
            wrong.append(f"行政规范性文件一栏应为是或否，现在是“{values['is_normative'][:20]}”。")
        fields["is_normative"] = bool(normative)
        return fields

    def _listed_under(self, step: Step, given: str, field_: object) -> CatalogueRow | None:
        """The row of the agency's standard catalogue with this matter, of the field where one is given."""
        rows = [row for row in self._rows.get(step.agency.pk, []) if field_ in (None, row.field)]
        wanted = columns.plain_matter(given)
        whole = [row for row in rows if columns.plain_matter(row.matter) == wanted]
        last = [row for row in rows if columns.plain_matter(row.level2 or row.level1) == wanted]
        for found in (whole, last):
            if len(found) == 1:
                return found[0]
            if found:
                step.reasons.append(
                    f"标准目录里有{len(found)}个“{given[:40]}”，请写明一级事项和二级事项，或者试点领域。"
                )
                return None
        step.reasons.append(f"本机关的标准目录里没有“{given[:40]}”这个事项。")
        return None

    def _index_no(self, step: Step) -> None:
        """The number it had goes on if it is one and nobody else has it; else it gets the next of ours."""
        given = step.row.values.get("index_no", "")
        if not given or not step.published:
            return
        if len(given) <= 40 and is_index_number(given) and given not in self._numbers:
            step.index_no = given
            self._numbers.add(given)
        else:
            step.notes.append(f"原索引号“{given[:40]}”不合格式或者已被使用，另编新号。")

    def _change(self, step: Step, known: Origin) -> None:
        step.what = "changed"
        if known.record.events.count() > 1:
            step.reasons.append("这条信息导入以后在本平台有过改动，不覆盖；请在工作台修改。")
        if step.record:
            new = [*step.record.content, "due_on", *(["catalogue_row"] if step.record.catalogue_row else [])]
            for name in new:
                setattr(known.record, name, getattr(step.record, name))
            step.record = known.record

    def _open_files(self, step: Step) -> None:
        if len(step.row.files) > files.MOST_FILES:
            step.reasons.append(f"一条信息最多 {files.MOST_FILES} 个附件。")
            return
        for name in step.row.files:
            try:
                content = self.rows.file(name)
            except NotAList as error:
                step.reasons.append(str(error))
                continue
            why = files.why_not_keep(name, content)
            if why:
                step.reasons += why
            else:
                step.files.append(File(files.safe_name(name), content))


@cache
def _due(formed: date) -> date | None:
    return publish_by(formed, default_calendar()).date if days.is_possible(formed) else None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
