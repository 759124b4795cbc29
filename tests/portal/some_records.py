"""Records of the fictional county, as publication leaves them: versions, events, what is shown. Review is tested elsewhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.disclosure import indexing, shown
from gongkai.disclosure.catalogue.models import CatalogueRow
from gongkai.disclosure.models import Attachment, FileEvent, Link, Record, Version
from gongkai.portal.models import Section, Topic

_number = count(1)
NOON = datetime(2026, 3, 5, 12, 0, tzinfo=timezone.get_fixed_timezone(480))
BODY = (
    '<p class="align-center">各乡镇人民政府：</p><h3>一、标准</h3><p>每亩52000元，低保家庭另行补助。</p>'
    "<table><tbody><tr><th>区片</th><th>每亩</th></tr><tr><td>城关</td><td>52000元</td></tr></tbody></table>"
)


def a_record(agency: Agency, state: str = "published", at: datetime = NOON, **fields: Any) -> Record:
    """A record in a state, with its version where it was ever public."""
    number = next(_number)
    values = {
        "title": f"青禾县第{number}号文件", "document_no": f"青政发〔2026〕{number}号", "item": "A20_11", "genre": "通知",
        "theme": "国土资源、能源\\土地", "abstract": "公布本县区片综合地价。", "body": BODY, "attribute": "proactive",
        "formed_on": date(2026, 3, 2), "keywords": "征地,补偿", "issuing_body": agency.name,
    } | fields  # fmt: skip
    record = Record(agency=agency, **values)
    record.state, record.is_public = state, state == "published"
    if state in ("published", "withdrawn"):
        record.index_no, record.published_at = f"990121000/2026-{number:05}", at
    record.save()
    if state in ("published", "withdrawn"):
        a_version(record, at)
    if state == "withdrawn":
        FileEvent.objects.create(
            record=record, number=9, kind="withdrawn", who="某人", digest="0", note="数据有误，更正后重新公布"
        )
    bring(record)
    return record


def bring(record: Record) -> None:
    """As the verbs do it."""
    indexing.refresh(record)
    shown.bring(record)


def a_version(record: Record, at: datetime = NOON, erratum: str = "") -> Version:
    """The working copy as it is, published; files and all."""
    number = record.versions.count() + 1
    kept = record.attachments.filter(is_removed=False)
    files = [{"pk": a.pk, "name": a.name, "sha256": a.sha256, "size": a.size, "kind": a.kind} for a in kept]
    return Version.objects.create(
        record=record, number=number, at=at, content=record.content, files=files, erratum=erratum
    )


def a_file(record: Record, name: str = "标准.pdf", content: bytes = b"%PDF-1.7 standard", text: str = "") -> Attachment:
    """A file of a record, in the version that is public, too, if there is one."""
    import hashlib

    file = Attachment(
        record=record,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        kind="",
        text=text,
        read_at=timezone.now(),
    )
    if not default_storage.exists(file.path):
        default_storage.save(file.path, ContentFile(content))
    file.save()
    version = record.versions.first()
    if version:
        version.files.append({"pk": file.pk, "name": name, "sha256": file.sha256, "size": file.size, "kind": ""})
        version.save()
        bring(record)
    return file


def some_records(government: Agency) -> dict[str, Record]:
    """A few of every kind, by name."""
    finance = Agency.objects.get(name="青禾县财政局")
    made = {
        "standard": a_record(government, title="青禾县2026年征地补偿标准", column="land", field=12),
        "draft": a_record(government, "draft", title="青禾县未公开的草稿"),
        "withdrawn": a_record(government, "withdrawn", title="青禾县撤回的名单"),
        "repealed": a_record(
            finance, title="青禾县农业补贴管理办法", is_normative=True, item="A20_01", genre="办法", theme="财政、金融、审计\\财政",
            effective_on=date(2021, 1, 1), repealed_on=date(2026, 1, 1), formed_on=date(2020, 12, 1),
            at=NOON - timedelta(days=1900),
        ),
        "in_force": a_record(
            finance, title="青禾县农业补贴管理办法（修订）", is_normative=True, item="A20_01", genre="办法",
            theme="财政、金融、审计\\财政", effective_on=date(2026, 1, 1), at=NOON - timedelta(days=60),
        ),
        "amended": a_record(
            government, title="青禾县公共租赁住房管理办法", is_normative=True, item="A20_01", genre="办法",
            effective_on=date(2023, 1, 1), amended_on=date(2025, 5, 1), at=NOON - timedelta(days=1100),
        ),
        "reading": a_record(finance, title="《青禾县农业补贴管理办法（修订）》解读", genre="解读", column="interpretation",
                            document_no="", at=NOON - timedelta(days=59)),
    }  # fmt: skip
    made["meeting"] = a_record(
        government, title="县政府第1次常务会议", column="meetings", item="A20_15", document_no="",
        particulars={"kind": "政府常务会议", "held_on": "2026-03-01", "topics": "审议补贴办法", "decisions": "原则同意"},
    )  # fmt: skip
    row = CatalogueRow.objects.create(
        agency=government, field=12, number="1", level1="征地管理政策", level2="补偿标准", content="区片综合地价",
        basis="《中华人民共和国土地管理法》", limit="20个工作日", publisher=government.name, channels="■政府网站\n□两微一端",
        on_application=True, township=True,
    )  # fmt: skip
    Record.objects.filter(pk__in=[made[name].pk for name in ("standard", "draft", "withdrawn")]).update(
        catalogue_row=row
    )
    a_file(made["standard"], text="附表：区片划分")
    made["standard"].refresh_from_db()
    a_version(made["standard"], NOON + timedelta(days=3), "更正城关区片的每亩金额")
    bring(made["standard"])
    Link.objects.create(source=made["reading"], target=made["in_force"], kind="interprets")
    Link.objects.create(source=made["in_force"], target=made["repealed"], kind="repeals")
    Link.objects.create(source=made["standard"], target=made["draft"], kind="related")
    Link.objects.create(source=made["meeting"], target=made["in_force"], kind="consults")
    topic = Topic.objects.create(agency=government, slug="sample", title="农业补贴专题", is_shown=True)
    Section.objects.create(topic=topic, heading="办法", words="补贴")
    return made
