"""Who reports, for which year: from the title, or from what the report says about itself."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources

_HAN = r"[\u3400-\u9fff·（）()]"
_KIND = r"(?:政府|政务)?信息(?:与政务)?公开|政务公开"
_REPORT = rf"(?:年度)?(?:的)?(?:[\u3400-\u9fff]{{2,6}}暨)?(?:{_KIND})(?:.{{0,9}}?)(?:报告|年报|年度报(?!告))"
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
_HAN_DIGITS = dict(zip("〇○零0Oo一二三四五六七八九", "000000123456789", strict=True))
_HAN_YEAR = re.compile(r"(二[〇○零0Oo][一二三四五六七八九〇○零0Oo]{2})(?=年)")
_PERIOD = re.compile(r"(?:自|从|为|是|限|期)?(20\d\d)年1月1日.{0,3}?(?:至|到|—|-|－)?.{0,2}?(?:\1|同)?年?.{0,2}12月31")
_ANNOUNCED = re.compile(
    rf"(?:现将|现公布|公布|编制了?|形成了?)《?(?P<agency>{_HAN}{{2,30}}?)(?:关于)?20\d\d年(?:度|的)?(?:{_KIND})"
)
# How a report names its author before part one, the surest way first.
_SELF = (
    re.compile(
        rf"(?:本(?:年度)?报告|本年报)(?:是|系)?由(?P<agency>{_HAN}{{2,30}}?)(?:按照|根据|依据|编制|负责|政务公开|信息公开)"
    ),
    _ANNOUNCED,
    re.compile(rf"[，,]由(?P<agency>{_HAN}{{2,40}}?)(?:负责)?(?:编制|编写|结合)"),
    re.compile(rf"请(?:与|联系|致电|径向|向)(?P<agency>{_HAN}{{2,30}}?)(?:联系|（|\(|政务公开|咨询|反映)"),
    re.compile(
        rf"(?:发布机构|发布单位|信息来源|来源|公开主体|发文机关|编制单位)[:：](?P<agency>{_HAN}{{2,30}}?)(?:发布|浏览|时间|日期|$)"
    ),
    re.compile(
        rf"[，。]?(?P<agency>{_HAN}{{0,20}}(?:人民政府|街道办事处|委员会|局|厅|办公室|镇|乡))(?:认真|严格|坚持|高度|深入|全面|紧紧)"
    ),
)
# How part one begins: “2024年，青禾县司法局认真……”.
_OPENING = re.compile(
    r"(?:^|20\d\d年(?:度|以来|来|度以来)?[，,、]|[。：]|情况)(?P<agency>[\u3400-\u9fff]{2,25}?"
    r"(?:人民政府|[县区市镇乡]政府(?!信息)|街道办事处|街道|镇|乡|局|委员会|管委会|委|厅|办公室|中心))"
    r"(?=在|以(?!来)|认真|坚持|严格|深入|始终|全面|按照|根据|依据|高度|紧紧|紧密|扎实|积极|切实|围绕|政府信息公开|政务公开|信息公开|特编制|共)",
    re.MULTILINE,
)
_OPENING_LENGTH = 2000
# A desk inside an agency, named as whom to ask or who wrote it: the agency is meant.
_DESK = re.compile(
    r"^(?P<owner>.+?(?:街道办事处|街道|镇人民政府|乡人民政府|镇|乡|局|委员会|管委会|厅|中心))"
    r"(?:党政|综合|政务|政府信息|信息公开|行政|办公|机关|党委|党工委|秘书).*$"
)
_OF_COUNTY = re.compile(r"(?<=[县区市])人民政府(?=[\u3400-\u9fff]{2,6}(?:街道|镇|乡))")
_NO_PLACE = re.compile(r"^(?:省|市|州|县|区|旗|镇|乡|街道|局)")
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
_SENTENCE = re.compile(r"编制|根据|按照|现将|要求|工作部署|认真|关于|报告|信息公开|^年")
# What a page prints behind a title, in the same line.
_BEHIND = re.compile(r"(?:信息来源|来源|发布时间|发布日期|发文日期|日期|时间|浏览次数|浏览量|字号|字体|作者)[:：].*$")
_WHOLE_NAME = re.compile(
    r"[（(]?(?P<agency>[\u3400-\u9fff]{2,26}(?:人民政府|人民政府办公室|街道办事处|局|委员会|管委会|厅|中心|镇|乡))[）)]?"
)
_NOTICE = re.compile(r"^.{0,16}通知")
_NO_ORGAN = re.compile(r"分管|副局|同志|小组|转发|(?:全|我|本|各|该)(?:局|厅|镇|乡|街道|委员会)$")
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
        text = _BEHIND.sub("", text)
        for pattern in _TITLES:
            found = pattern.search(text)
            if not found or len(found[0]) < _SHARE_OF_LINE * len(text):
                continue  # a sentence that mentions the report is not its title
            if _NOTICE.match(text[found.end() :]):
                continue  # nor is the notice that asks for it
            agency = clean(found.groupdict().get("agency") or "") or None
            if agency in _NO_NAMES or (agency and (_NOT_AN_AGENCY.match(agency) or _SENTENCE.search(agency))):
                agency = None
            year = int(found["year"])
            if agency:
                return found[0], agency, year
            if best[2] is None:
                best = (found[0], None, year)
    return best


def find_signature(texts: Iterable[str]) -> str | None:
    """An agency's name on a line of its own, as under a title that does not name it."""
    for text in texts:
        found = _WHOLE_NAME.fullmatch(text)
        if found and _is_name(found["agency"]) and not _NO_PLACE.match(found["agency"]):
            return found["agency"]
    return None


def find_period(text: str) -> int | None:
    """The year of the stated statistics period, 自2024年1月1日起至2024年12月31日止."""
    found = _PERIOD.search(text)
    return int(found[1]) if found else None


def find_self(text: str, body: str, opening: str = "") -> str | None:
    """The agency a report names as its author, or the one its text names most; None where it names none.

    `text` is what stands before part one, `opening` the lines of part one, `body` everything.
    A name with its place (青禾县司法局) is worth more than one without (县司法局), wherever either stands.
    """
    named = [
        agency
        for source, patterns in ((text, _SELF), (opening[:_OPENING_LENGTH], (_ANNOUNCED, _OPENING)))
        for pattern in patterns
        for found in pattern.finditer(source)
        if (agency := _owner(clean(found["agency"]))) and _is_name(agency)
    ]
    if named:
        return next((name for name in named if not _NO_PLACE.match(name)), named[0])
    names = Counter(
        name
        for found in _ORGAN.finditer(body)
        if (name := clean(_after_joint(found[0]))) and not _NOT_AN_AGENCY.match(name) and not _NO_ORGAN.search(name)
    )
    # A name that says which place it belongs to is worth more than a frequent one that does not.
    return max(names, key=lambda n: (bool(_PLACE.match(n)), names[n])) if names else None


def _owner(name: str) -> str:
    """The agency a desk belongs to: 青禾县司法局办公室 -> 青禾县司法局. A government's office is an agency itself."""
    found = _DESK.match(name)
    return _OF_COUNTY.sub("", found["owner"] if found else name)


def _is_name(name: str) -> bool:
    return (
        len(name) >= 3
        and not _NOT_AN_AGENCY.match(name)
        and not _NO_ORGAN.search(name)
        and not _SENTENCE.search(name)
        and name not in _NO_NAMES
    )


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
