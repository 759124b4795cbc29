"""What a record must say before it goes on: a list of sentences each, empty where nothing is missing."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.agencies.models import today
from gongkai.content.personal import Finding
from gongkai.disclosure import columns, days, file_texts, help, interpretation
from gongkai.disclosure.models import Record
from gongkai.statute.catalogue import disclosure_items, fields, themes
from gongkai.statute.document_numbers import is_document_number


def impossible(record: Record) -> list[str]:
    """Values that no record can have, drafts included."""
    reasons = _impossible_days(record)
    if record.item and record.item not in {item.code for item in disclosure_items()}:
        reasons.append("没有这个法定公开事项。")
    if record.field is not None and record.field not in {one.number for one in fields()}:
        reasons.append("没有这个试点领域。")
    if record.theme and not _is_theme(record.theme):
        reasons.append(f"没有“{record.theme}”这个主题分类。")
    if record.document_no and not is_document_number(record.document_no):
        reasons.append(f"发文字号“{record.document_no}”不合格式，应如“青政办发〔2026〕12号”，年份用六角括号。")
    if record.column and record.column not in columns.columns():
        reasons.append(f"没有“{record.column}”这个栏目。")
    row = record.catalogue_row
    if row and row.agency_id != record.agency_id:
        reasons.append(f"标准目录的“{row.matter}”是{row.agency.name}的事项。")
    if row and record.field not in (None, row.field):
        reasons.append(f"标准目录的“{row.matter}”属于{row.field_name}领域，与所选的试点领域不同。")
    return reasons + columns.impossible(record.column, record.particulars)


def _impossible_days(record: Record) -> list[str]:
    """The time to publish runs from the change: one that is yet to come would put it off for ever."""
    formed, changed = record.formed_on, record.changed_on
    names = ("formed_on", "changed_on", "effective_on", "expires_on", "amended_on", "repealed_on")
    reasons = [
        reason
        for name in names
        for reason in days.why_not(str(Record._meta.get_field(name).verbose_name), getattr(record, name))
    ]
    if reasons:
        return reasons
    if isinstance(formed, date) and formed > today() + timedelta(days=366):
        reasons.append(f"成文日期 {formed} 在一年以后，请核对。")
    if isinstance(changed, date) and changed > today():
        reasons.append(f"变更日期 {changed} 还没有到。")
    if isinstance(changed, date) and isinstance(formed, date) and changed < formed:
        reasons.append(f"变更日期 {changed} 早于成文日期 {formed}。")
    return reasons


def _is_theme(text: str) -> bool:
    name, _, child = text.partition("\\")
    return any(theme.name == name and (not child or child in theme.children) for theme in themes())


def missing(record: Record) -> list[str]:
    """What must be there before review. Without an attribute nothing is submitted (国办发〔2016〕80号)."""
    reasons = impossible(record)
    if not record.attribute:
        reasons.append("没有标明公开属性（主动公开、依申请公开、不予公开）。")
    if record.attribute in ("on_application", "withheld") and not record.attribute_reason:
        reasons.append("不主动公开的，须写明理由和依据。")
    if isinstance(record.formed_on, date) and record.formed_on > today():
        reasons.append(f"成文日期 {record.formed_on} 还没有到。")
    if not record.item:
        reasons.append("没有选择法定公开事项（条例第二十条、第二十一条）。")
    if not record.theme:
        reasons.append("没有选择主题分类。")
    if not record.abstract:
        reasons.append("没有填写内容概述（条例第十二条要求目录载明）。")
    reasons += columns.missing(record.column, record.particulars)
    reasons += interpretation.undecided(record)
    has_file = record.pk is not None and record.attachments.filter(is_removed=False).exists()
    if not record.body and not has_file:
        reasons.append("没有正文，也没有附件。")
    blocking = help.blocking(record)
    if blocking:
        kinds = "、".join(dict.fromkeys(finding.label for finding in blocking))
        reasons.append(f"有 {len(blocking)} 处个人信息（{kinds}），请遮盖后再送审{_or_cleared(blocking)}。")
    reasons += file_texts.leaking(record) if record.pk is not None else []
    reasons += [f"稿件里已经没有{one.label}{one.masked}，请先收回它的依法公开。" for one in help.in_vain(record)]
    if record.is_normative:
        reasons += [] if record.document_no else ["行政规范性文件须有发文字号。"]
        reasons += [] if record.effective_on else ["行政规范性文件须有实施日期。"]
    return reasons


def _or_cleared(blocking: list[Finding]) -> str:
    """The other way, where there is one."""
    return "，依法应当公开的逐一写明理由" if any(one.clearable for one in blocking) else ""


def not_proactive(record: Record) -> list[str]:
    """Only what is to be disclosed proactively becomes public."""
    if record.attribute == Record.Attribute.PROACTIVE:
        return []
    return [f"公开属性是“{record.get_attribute_display() or '未定'}”，不能发布。"]
