"""The level of an agency, guessed from its name alone.

A guess is for warnings and defaults: whether 海城市 is a city or a county-level city no name tells.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from gongkai.statute.reporting import GOVERNMENT_LEVELS, Level

_MUNICIPALITIES: Final = ("北京市", "上海市", "天津市", "重庆市")
_GLOSS = re.compile(r"[（(][^）)]*[）)]")
_GOVERNMENT = re.compile(r"(?:人民政府|政府|行政公署|行署)$")
# The end of a name decides: an office of a government is a department, whatever government it serves.
_TOWNSHIP = re.compile(r"(?:街道办事处|街道办|街道|[镇乡]|民族乡|苏木|镇人民政府|乡人民政府|苏木人民政府|乡镇|镇街)$")
_DEPARTMENT = re.compile(
    r"(?:办公室|办公厅|府办|局|厅|委员会|委|[省市县区州]委办|中心|分局|支队|大队|总队|联合会|档案馆|研究室|信访办|法制办|工作部门|部门|站|所|院|社|公司|学校|银行|会)$"
)
_ZONE = re.compile(
    r"(?:开发区|高新区|示范区|保税区|产业园区|工业园区|园区|度假区|试验区|景区|新区|新城|管理区|合作区|功能区|农场|林场)"
    r"(?:管理委员会|管委会)?$|(?:管理委员会|管委会)$"
)
_COUNTY = re.compile(r"(?:[县区旗]|自治县|特区|林区)$")
_CITY = re.compile(r"(?:市|自治州|州|盟|地区)$")
_PROVINCE = re.compile(r"(?:省|自治区|新疆生产建设兵团)$")


@lru_cache(maxsize=4096)
def guess_level(agency: str | None) -> Level | None:
    """The level a name shows, or None: 金乡县人民政府 county, 金乡县人民政府办公室 department, 金屯镇 township.

    None also for development zones, which are filed now as governments, now as departments.
    """
    name = _GLOSS.sub("", agency or "").strip().removesuffix("本级")
    if not name:
        return None
    if _TOWNSHIP.search(name):
        return "township"
    government = bool(_GOVERNMENT.search(name))
    place = _GOVERNMENT.sub("", name).removesuffix("人民")
    if _TOWNSHIP.search(place):
        return "township"
    if not government:
        if _ZONE.search(name):
            return None
        if _DEPARTMENT.search(name):
            return "department"
    if place in _MUNICIPALITIES or _PROVINCE.search(place):
        return "province"
    if _CITY.search(place):
        above = re.search(r"[^省区](?:市|州|盟|地区)(?=.)", place)  # 鞍山市海城市: the second one is of county level
        return "county" if above and place.endswith("市") else "city"
    if _COUNTY.search(place):
        return "county"
    return None


def is_government(agency: str | None, level: Level | None = None) -> bool:
    """Whether the report is that of a government of county level or above, which art. 50(4) binds to say more."""
    return (level or guess_level(agency)) in GOVERNMENT_LEVELS


def cannot_make_rules(agency: str | None) -> bool:
    """Whether a name shows an organ that has no power to make 规章 (立法法): county, township, or their departments.

    Departments of a city's or a province's government have none either; but their reports are known to count
    the government's rules that they drafted, so only names that show a county or township are certain.
    """
    level = guess_level(agency)
    if level in ("county", "township"):
        return True
    return level == "department" and bool(re.search(r"[县旗]|街道|市[^市]{1,6}区", agency or ""))
