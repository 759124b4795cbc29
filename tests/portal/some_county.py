"""A small fictional county: agencies of every kind, one renamed, one merged, and the identity of its site."""

from __future__ import annotations

from datetime import date
from itertools import count

from gongkai.agencies.models import Agency, NameHeld, Succession
from gongkai.portal.models import Identity

DEPARTMENTS = "发展和改革局 教育局 公安局 民政局 司法局 财政局 人力资源和社会保障局 自然资源局 住房和城乡建设局 水利局 卫生健康局 市场监督管理局 行政审批服务局 交通运输局 审计局 统计局 应急管理局 文化和旅游局".split()
TOWNS = "白鹭镇 枫林镇 柳堤镇 石桥湾镇 双塔镇 清泉乡 云岭乡 芦花乡".split()
BODIES = "青禾县供水公司 青禾县公共交通公司 青禾县第一中学 青禾县人民医院".split()

_pk = count(1)


def an_agency(name: str, parent: Agency | None = None, **fields: object) -> Agency:
    """An agency in its place in the tree."""
    fields = {"kind": "department", "level": "county", "ogi_office": "办公室", **fields}
    agency = Agency(name=name, parent=parent, path=f"new-{next(_pk)}", **fields)
    agency.save()
    agency.path = f"{parent.path if parent else ''}{agency.pk}/"
    agency.save(update_fields=["path"])
    return agency


def a_county() -> Agency:
    """The whole county; the government is returned."""
    contact = {"address": "青禾县禾穗路1号", "phone": "0990-5550100", "office_hours": "工作日8:30至12:00，14:30至17:30"}
    government = an_agency(
        "青禾县人民政府", kind="government", order=1, division_code="990121", email="xxgk@qinghe.example", **contact
    )
    office = an_agency(
        "青禾县人民政府办公室", government, kind="office", order=2, is_competent=True, fax="0990-5550199", **contact
    )
    made = {}
    for number, name in enumerate(DEPARTMENTS):
        made[name] = an_agency(
            f"青禾县{name}", government, short_name=f"县{name}", order=10 + number, reports_to=office,
            address=f"青禾县青山路{number + 1}号", phone=f"0990-55502{number:02}",
        )  # fmt: skip
    for number, name in enumerate(TOWNS):
        an_agency(
            f"青禾县{name}人民政府", government, kind="township", level="township", order=50 + number,
            reports_to=office, phone=f"0990-55503{number:02}",
        )  # fmt: skip
    for number, name in enumerate(BODIES):
        an_agency(name, government, kind="public_body", order=80 + number)
    gone = an_agency("青禾县粮食局", government, order=40, until=date(2025, 3, 5))
    Succession.objects.create(
        predecessor=gone,
        successor=made["发展和改革局"],
        kind="merged",
        on=date(2025, 3, 5),
        document_no="青编〔2025〕3号",
    )
    NameHeld.objects.create(
        agency=made["卫生健康局"], name="青禾县卫生和计划生育局", until=date(2026, 2, 10), document_no="青编〔2026〕1号"
    )
    return government


def an_identity(**fields: str) -> Identity:
    """The identity of the county's site, with every mark."""
    identity = Identity(**{**IDENTITY, **fields})
    identity.save()
    return identity


IDENTITY = {
    "government": "青禾县人民政府",
    "domain": "www.qinghe.example",
    "site_code": "9901210001",
    "icp": "示例ICP备00000000号",
    "police": "示例公网安备00000000000000号",
    "mark": "https://mark.example/qinghe",
    "sponsor": "青禾县人民政府办公室",
    "operator": "青禾县政务服务中心",
    "phone": "0990-5550101",
    "email": "web@qinghe.example",
    "address": "青禾县禾穗路1号",
    "report_errors": "https://errors.example/?code=9901210001",
    "description": "青禾县是虚构的。",
    "keywords": "青禾县,政府信息公开",
}
