"""The identity of the fictional county's site."""

from __future__ import annotations

from gongkai.portal.models import Identity


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
        address="青禾县禾穗路1号",
        description="青禾县是虚构的，本站是演示。",
        keywords="青禾县,政府信息公开",
    ).save()
