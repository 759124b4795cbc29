"""Who reports, for which year: from the title, or from what the report says about itself."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources

_HAN = r"[\u3400-\u9fff·（）()]"
_KIND = r"(?:政府)?信息(?:与政务)?公开|政务公开"
_REPORT = rf"(?:年度)?(?:的)?(?:{_KIND})(?:.{{0,9}}?)(?:报告|年报)"
# “XX县人民政府2024年政府信息公开工作年度报告”, “2024年XX县…”, “XX县关于2024年…”
_TITLES = (
    re.compile(rf"(?P<agency>{_HAN}{{2,40}}?)(?:关于)?[（(]?(?P<year>20\d\d)[）)]?(?:年度|年)?{_REPORT}"),
    re.compile(rf"(?P<year>20\d\d)(?:年度|年)?(?P<agency>{_HAN}{{2,40}}?){_REPORT}"),
    re.compile(
        rf"(?P<agency>{_HAN}{{2,40}}?)(?:政府信息公开|信息公开)(?:工作)?(?:年度报告|年报)[（(](?P<year>20\d\d)年?度?[）)]"
    ),
    re.compile(
        rf"(?P<agency>{_HAN}{{2,40}}?)(?:政府信息公开|信息公开)(?:工作)?(?P<year>20\d\d)年?(?:年度)?(?:工作)?(?:报告|年报)"
    ),
    re.compile(rf"(?P<year>20\d\d)(?:年度|年){_REPORT}"),
)
_HAN_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_HAN_YEAR = re.compile(r"([二][〇○零][一二三四五六七八九〇○零]{2})(?=年)")
_PERIOD = re.compile(r"(?:自|从|为|是|限|期)?(20\d\d)年1月1日.{0,3}?(?:至|到|—|-|－)?.{0,2}?(?:\1|同)?年?.{0,2}12月31")
_SELF = (
    re.compile(
        rf"(?:本(?:年度)?报告|本年报)(?:是|系)?由(?P<agency>{_HAN}{{2,30}}?)(?:按照|根据|依据|编制|负责|政务公开|信息公开)"
    ),
    re.compile(rf"请(?:与|联系|致电|径向|向)(?P<agency>{_HAN}{{2,30}}?)(?:联系|（|\(|政务公开|咨询|反映)"),
    re.compile(
        rf"(?:发布机构|发布单位|信息来源|来源|公开主体|发文机关|编制单位)[:：](?P<agency>{_HAN}{{2,30}}?)(?:发布|浏览|时间|日期|$)"
    ),
    re.compile(
        rf"[，。]?(?P<agency>{_HAN}{{0,20}}(?:人民政府|街道办事处|委员会|局|厅|办公室|镇|乡))(?:认真|严格|坚持|高度|深入|全面|紧紧)"
    ),
)
_ORGAN = re.compile(
    r"[\u3400-\u9fff]{2,14}?(?:人民政府办公室|人民政府|街道办事处|管理委员会|管委会|委员会|管理局|[\u3400-\u9fff]局|厅)"
)
_FALSE_START = re.compile(
    r"^(?:正文|当前位置|您的位置|首页|关于|索引号|名称|标题|主题|现将|以下(?:为|是)|根据|按照|依据|附件\d*|图解|一图读懂|公布|发布|印发)+"
)
_TAIL = re.compile(r"(?:关于|的|年度|发布|公布|公开|印发|本单位|本级)+$")
_NOT_AN_AGENCY = re.compile(
    r"^(?:我|本|各|全|其|该|上级|有关|相关|政府信息|信息|年度|工作|省委|市委|区委|县委|国务院|党委|党中央)"
)
_SENTENCE = re.compile(r"编制|根据|按照|现将|要求|工作部署|认真")
_SHARE_OF_LINE = 0.6
_NO_NAMES = frozenset(("政府", "工作", "本机关", "本单位", "单位", "部门", "本局", "行政机关", "人民政府"))
_PLACE = re.compile(r"^[\u3400-\u9fff]{1,8}?(?:省|市|州|盟|县|区|旗)")
_TOWNSHIP = re.compile(
    r"^(?P<city>[\u3400-\u9fff]{2,8}?(?:市|州|盟|地区))(?P<county>[\u3400-\u9fff]{1,9}?(?:县|区|旗|市))(?P<town>[\u3400-\u9fff]{1,9}(?:镇|乡|街道).*)$"
)


def western_years(text: str) -> str:
    """二〇二三年 written as 2023年, so that a title's year is found however it is set."""
    return _HAN_YEAR.sub(lambda m: "".join(_HAN_DIGITS[c] for c in m[1]), text)


def find_title(texts: Iterable[str]) -> tuple[str, str | None, int | None]:
    """(title, agency, year) from texts without white space, the likeliest source first; ('', None, None)."""
    best: tuple[str, str | None, int | None] = ("", None, None)
    for text in texts:
        for pattern in _TITLES:
            found = pattern.search(text)
            if not found or len(found[0]) < _SHARE_OF_LINE * len(text):
                continue  # a sentence that mentions the report is not its title
            agency = clean(found.groupdict().get("agency") or "") or None
            if agency in _NO_NAMES or (agency and (_NOT_AN_AGENCY.match(agency) or _SENTENCE.search(agency))):
                agency = None
            year = int(found["year"])
            if agency:
                return found[0], agency, year
            if best[2] is None:
                best = (found[0], None, year)
    return best


def find_period(text: str) -> int | None:
    """The year of the stated statistics period, 自2024年1月1日起至2024年12月31日止."""
    found = _PERIOD.search(text)
    return int(found[1]) if found else None


def find_self(text: str, body: str) -> str | None:
    """The agency a report names as its author, or the one its text names most; None where it names none."""
    for pattern in _SELF:
        for found in pattern.finditer(text):
            agency = clean(found["agency"])
            if agency and not _NOT_AN_AGENCY.match(agency) and len(agency) >= 3:
                return agency
    names = Counter(
        name
        for found in _ORGAN.finditer(body)
        if (name := clean(_after_joint(found[0]))) and not _NOT_AN_AGENCY.match(name)
    )
    # A name that says which place it belongs to is worth more than a frequent one that does not.
    return max(names, key=lambda n: (bool(_PLACE.match(n)), names[n])) if names else None


def _after_joint(name: str) -> str:
    """A name without the words before it that the pattern swept in: 在区政府网站、武汉市… -> 武汉市…"""
    return re.split(r"[在由与和向对从经及、为]|通过|网站|联合|开设|栏目|根据|按照", name)[-1]


def clean(name: str) -> str:
    """A name without what stands around it in a title; brackets full-width, as names are printed."""
    name = name.replace("(", "（").replace(")", "）")
    if name.count("（") != name.count("）"):
        name = re.sub(r"（[^）]*$|^[^（]*）", "", name)
    name = _FALSE_START.sub("", name.strip("·"))
    return _TAIL.sub("", name)


def full_name(name: str) -> str:
    """The official form of a printed name: well-known short forms written out, and no prefecture before a
    township's county (衡阳市衡东县杨林镇 -> 衡东县杨林镇), because township organs are named county first.
    """
    for short, full in _short_names().items():
        if name.endswith(short) and not name.endswith(full):
            name = name[: -len(short)] + full
            break
    found = _TOWNSHIP.match(name)
    return found["county"] + found["town"] if found else name


@cache
def _short_names() -> dict[str, str]:
    data = resources.files("gongkai.annual_report").joinpath("data/short_names.toml").read_text("utf-8")
    suffixes: dict[str, str] = tomllib.loads(data)["suffix"]
    return dict(sorted(suffixes.items(), key=lambda item: -len(item[0])))
