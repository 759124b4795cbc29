"""The identity of the fictional county's site, and its topics."""

from __future__ import annotations

from typing import Any, Final

from gongkai.agencies.models import Agency
from gongkai.portal.models import Identity, Section, Topic

_TOPICS: Final[tuple[tuple[str, str, str, tuple[dict[str, Any], ...]], ...]] = (
    ("land-compensation", "征地和补偿", "征收土地的公告、补偿安置方案、补偿标准和款项分配，按村公布。", (
        {"heading": "公告和方案", "column": "land"},
        {"heading": "房屋征收", "column": "house-expropriation"},
        {"heading": "乡镇公示", "words": "征地 宅基地 征收", "column": "township"},
    )),
    ("employment", "就业和社会保险", "就业政策、招聘考试、补贴申领和社会保险办理。", (
        {"heading": "就业服务", "column": "employment"},
        {"heading": "招考", "column": "recruitment", "most": 4},
        {"heading": "社会保险", "column": "social-insurance", "most": 4},
    )),
    ("policies", "政策和解读", "现行有效的规范性文件，以及怎样理解、怎样办理。", (
        {"heading": "规范性文件", "is_normative": True},
        {"heading": "政策解读", "column": "interpretation"},
        {"heading": "征求意见", "column": "consultation", "most": 4},
    )),
)  # fmt: skip


def collect() -> None:
    """The topics of the fictional county, where there is none: shown, as if someone else had looked at them."""
    office = Agency.objects.filter(name="青禾县人民政府办公室").first()
    if office is None or Topic.objects.exists():
        return
    for order, (slug, title, summary, sections) in enumerate(_TOPICS):
        topic = Topic.objects.create(
            agency=office, slug=slug, title=title, summary=summary, order=order, is_shown=True
        )  # fmt: skip
        for place, section in enumerate(sections):
            Section.objects.create(topic=topic, order=place, **section)


def identify() -> None:
    """Name the site after the fictional county, where nobody has named it. Numbers are visibly invented."""
    if Identity.objects.exists():
        return
    Identity(
        government="青禾县人民政府",
        domain="www.qinghe.example",
        site_code="9901210001",
        icp="示例ICP备00000000号",
        police="示例公网安备00000000000000号",
        sponsor="青禾县人民政府办公室",
        phone="0990-5550101",
        email="xxgk@qinghe.example",
        address="青禾县禾穗路1号",
        description="青禾县是虚构的，本站是演示。",
        keywords="青禾县,政府信息公开",
    ).save()
