"""`python -m tests.browser.fill_county`: the fictional county, its people and the marks of its site, in a database."""

from __future__ import annotations

import django

django.setup()

from gongkai.agencies.demo import fill
from gongkai.agencies.models import Agency, NameHeld, Succession
from tests.county import PASSWORD
from tests.portal.some_county import an_agency, an_identity

fill(PASSWORD)
an_identity()
one = Agency.objects.get(name="青禾县卫生健康局")
NameHeld.objects.create(agency=one, name="青禾县卫生和计划生育局", until="2026-02-10")
gone = an_agency("青禾县粮食局", one.parent, until="2025-03-05")
Succession.objects.create(predecessor=gone, successor=one, kind="merged", on="2025-03-05")
