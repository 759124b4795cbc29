"""`python -m tests.browser.fill_county`: the fictional county, its people, its records and the marks of its site."""

from __future__ import annotations

import django

django.setup()

from gongkai.agencies.demo import fill
from gongkai.agencies.models import Agency, NameHeld, Succession
from gongkai.disclosure.catalogue.models import CatalogueRow
from tests.county import PASSWORD
from tests.portal.some_county import an_agency, an_identity
from tests.portal.some_records import a_file, some_records

fill(PASSWORD)
an_identity()
one = Agency.objects.get(name="青禾县卫生健康局")
NameHeld.objects.create(agency=one, name="青禾县卫生和计划生育局", until="2026-02-10")
for number, level2 in enumerate(("政策法规文件", "办事指南"), 1):
    CatalogueRow.objects.create(
        agency=one, field=5, number=str(number), level1="最低生活保障", level2=level2, content="保障标准、对象和程序",
        basis="《社会救助暂行办法》", limit="信息形成或者变更之日起20个工作日内", publisher=one.name, channels="■政府网站",
    )  # fmt: skip
gone = an_agency("青禾县粮食局", one.parent, until="2025-03-05")
Succession.objects.create(predecessor=gone, successor=one, kind="merged", on="2025-03-05")
made = some_records(Agency.objects.get(name="青禾县人民政府"))
a_file(made["withdrawn"], "名单.pdf", b"%PDF-1.7 withdrawn")
