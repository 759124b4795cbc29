"""Names, minors, dates of birth and home addresses: known by the words and columns around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from gongkai.content.personal import heads
from gongkai.content.personal.names import is_weak, may_be_name
from gongkai.content.personal.page import Draft, Page
from gongkai.content.personal.practice import Certainty

_HAN: Final = r"[\u4e00-\u9fff]"
_GAP: Final = r"[为是: ]{0,3}"
_MINOR_WORDS: Final = (
    r"(?:小学生|中学生|学生|儿童|幼儿|孤儿|婴儿|未成年人|女童|男童|少年|[一二三]孩|婴幼儿|新生儿)(?:姓 *名)?"
)
_PERSON_WORDS: Final = (
    r"(?:姓 *名|户主|(?:被)?申请人(?:姓名)?|被征收人|当事人|监护人|受助人|救助对象|低保对象|保障对象|特困人员|受益人|收件人|投诉人|举报人|借款人|患者|受害人"
    r"|死者|伤者|村民|农户|开户名|户名|权利人|共有人|[甲乙丙]方|报名者|考生|紧急联系人|退役军人|亲属|被处罚人|违法行为人|驾驶人|车主|租户|承租人"
    r"|家长|嫌疑人|老人|贫困户|脱贫户|监测对象|信访人|被继承人|继承人|失主|业主|补贴对象|补助对象|发放对象|录用人员|拟录用人员|拟聘人员|妻子|丈夫|儿子|(?<!妇)女儿|父亲|母亲|配偶|长子|次子|本人|亡夫|亡妻)"
)
_LABELLED: Final = re.compile(rf"({_PERSON_WORDS}|{_MINOR_WORDS})({_GAP})({_HAN}{{2,6}})")
_SEX: Final = re.compile(rf"({_HAN}{{2,8}})[,( ]{{1,2}}(?:性别: ?)?[男女](?!{_HAN})")
_BORN: Final = re.compile(rf"(?<!{_HAN})({_HAN}{{2,4}})[,(] ?(?=(?:19|20)\d\d ?[年./-])")
_CLASS: Final = re.compile(rf"({_HAN}{{2,4}}) ?\([^()\n]{{0,12}}(?:年级|[\d一二三四五六]班)[^()\n]{{0,6}}\)")
_BEFORE_ID: Final = re.compile(
    rf"({_HAN}{{2,8}}?)[,( :]{{0,3}}(?:[男女][, ]{{0,2}})?(?:(?:居民|公民)?(?:身份证|身份|证件)(?:号码|号)?)?[为是: ]{{0,3}}$"
)
_CUES: Final = (
    (("同志:", "先生:", "女士:"), re.compile(rf"(?:^|\n|、|。)({_HAN}{{2,4}})(?:同志|先生|女士):")),
    (("关于",), re.compile(rf"关于(?:同意|给予|批准)?({_HAN}{{2,4}}?)(?:等 ?\d+ ?[户人名]|同志)")),
    (
        ("(身", "(公", "(性", "(曾", "(男", "(女", "(已"),
        re.compile(rf"({_HAN}{{2,4}})\((?:身份证|公民身份|性别|曾用名|男|女|已故)"),
    ),
    (("申请公开", "要求公开", "系"), re.compile(rf"(?:申请公开|要求公开|系)({_HAN}{{2,4}}?)(?:与|和|的|及)")),
    (
        ("申请公开", "要求公开"),
        re.compile(rf"(?:申请公开|要求公开)(?:{_HAN}{{2,4}}?)(?:与|和|及)({_HAN}{{2,4}}?)的"),
    ),
)
_LIST: Final = re.compile(r"名单(?:如下|公示)?:\s*([^。;\n]{2,2000})")
_LIST_PART: Final = re.compile(rf"(?:^|[、, ])({_HAN}{{2,4}})(?=$|[、, (])")
_FOLLOWS: Final = re.compile(
    r"$|[^\u4e00-\u9fff]|的|因|经|于|住|系|在|与|和|同|通过|逾期|确诊|宅基地|签字|申请|所有|每月|就|患|溺水|接种|持|参加|提出|驾驶|反映|要求|家庭|身份|等"
)
_HEAD_MINOR: Final = re.compile(r"学生|儿童|幼儿")
_CELL_NAME: Final = re.compile(rf"{_HAN}{{2,4}}|{_HAN}{{1,10}}·{_HAN}{{1,10}}")
_DATE: Final = r"(?:19|20)\d\d ?[年./-] ?\d{1,2} ?(?:[月./-] ?\d{1,2} ?日?|月)"
_MONTH: Final = rf"(?:{_DATE}|(?:19|20)\d\d[./-]\d{{1,2}}(?!\d))"
_BORN_BEFORE: Final = re.compile(rf"(?:出生(?:年月日|日期|年月|时间)?|生于|生日)[为是于: ]{{0,3}}({_MONTH})")
_BORN_AFTER: Final = re.compile(rf"({_DATE})出?生(?![效成产活态育源物动命])")
_NUMERAL: Final = r"[0-9A-Za-z一二三四五六七八九十百]{1,5}"
_MARK: Final = rf"(?:{_NUMERAL}(?:号(?:院|楼|门)?|栋|幢|座|单元|楼|层|室|户|房|门|弄|组|社|队)|\d{{1,4}}(?:-\d{{1,4}}){{1,3}}|(?:村民)?小组)"
_PLACE: Final = r"[\u4e00-\u9fff0-9A-Za-z#\-· ]"
_HOME: Final = re.compile(
    rf"(?:家庭住址|家庭地址|户籍地址|户籍所在地|现住地址|现住址|现住|现居住于|居住地址|居住在|居住于|居住地|家住|住址|住所地?|邮寄地址|送达地址|通讯地址|联系地址|收件地址"
    rf"|坐落于|坐落|(?<![居住衣食入暂留租])住在|(?<![\u4e00-\u9fff])住)[为是在: ]{{0,3}}({_PLACE}{{2,45}}?{_MARK}(?:{_PLACE}{{0,10}}?{_MARK})*)"
)
_JUST_ADDRESS: Final = re.compile(
    rf"(?<![\u4e00-\u9fff])地址[为: ]{{1,3}}({_PLACE}{{2,45}}?{_MARK}(?:{_PLACE}{{0,10}}?{_MARK})*)"
)
_FLAT: Final = re.compile(
    rf"[\u4e00-\u9fff]{{2,16}}(?:小区|花园|家园|苑|公寓|新村|路|街|巷|里|弄)(?:{_NUMERAL}号)?{_NUMERAL}(?:栋|幢|号楼|座)(?:{_NUMERAL}单元)?{_NUMERAL}(?:室|户|号)"
)
_CELL_ADDRESS: Final = re.compile(rf"{_PLACE}*?{_MARK}(?:{_PLACE}{{0,10}}?{_MARK})*")
_OFFICE_PLACE: Final = re.compile(
    r"办公|受理|报名地|建设地|项目地|单位|采购|窗口|公司|企业|厂|合作社|中心|局|法定代表人|政府|学校|医院|机构|大厅|驻地|征收范围|会议|评标|开标|摇号|场所|场地|中学|小学|操场"
)


def _where(text: str, needles: Collection[str], pattern: re.Pattern[str]) -> Iterable[re.Match[str]]:
    """What a pattern matches. Without one of the needles it matches nothing, and to look for them is far quicker."""
    return pattern.finditer(text) if any(needle in text for needle in needles) else ()


def names(page: Page, with_id: list[int]) -> Iterator[Draft]:
    """Names after the words for a person, before a sex, beside the ID numbers that begin at `with_id`, in columns."""
    text = page.text
    for match in _LABELLED.finditer(text):
        if match[1] == "幼儿" and match[3].startswith("园"):
            continue
        if found := _name_in(match[3], text[match.end(3) : match.end(3) + 4], ":" in match[2] or "  " in match[2]):
            minor = bool(re.fullmatch(_MINOR_WORDS, match[1]))
            length, certainty = found
            yield Draft("minor" if minor else "name", match.start(3), match.start(3) + length, certainty, minor)
    for match in _where(text, ("男", "女"), _SEX):
        if size := _last_name_in(match[1]):
            yield Draft("name", match.end(1) - size, match.end(1), "likely")
    for needles, pattern in _CUES:
        for match in _where(text, needles, pattern):
            if size := _last_name_in(match[1]):
                yield Draft("name", match.end(1) - size, match.end(1), "likely")
    for match in _BORN.finditer(text):
        if may_be_name(match[1]) and not is_weak(match[1]) and _BORN_AFTER.match(text, match.end()):
            yield Draft("name", *match.span(1), "likely")
    for match in _where(text, ("年级", "班"), _CLASS):
        if may_be_name(match[1]):
            yield Draft("minor", *match.span(1), "likely", True)
    for match in _LIST.finditer(text):
        minor = "学生" in page.before(match.start()) or "儿童" in page.before(match.start())
        for part in _LIST_PART.finditer(match[1]):
            if may_be_name(part[1]):
                at = match.start(1) + part.start(1)
                yield Draft("minor" if minor else "name", at, at + len(part[1]), "unsure", minor)
    for start in with_id:
        before = _BEFORE_ID.search(text, max(0, start - 24), start)
        if before and (size := _last_name_in(before[1])):
            yield Draft("name", before.end(1) - size, before.end(1), "likely")
    for start in {page.line_at(start).start: start for start in sorted(with_id)}.values():  # of a row its last number
        line = page.line_at(start)
        for left, right, _ in line.cells:
            if right < start and may_be_name(text[left:right].strip()):
                yield Draft("name", left, right, "likely")
    yield from _in_columns(page)


def _in_columns(page: Page) -> Iterator[Draft]:
    for line in page.lines:
        in_school = any("年级" in head or "班级" in head for *_, head in line.cells)
        for start, end, head in line.cells:
            cell = page.text[start:end].strip()
            if not cell or not head:
                continue
            start += page.text[start:end].index(cell)
            if heads.NAMES.fullmatch(heads.lowest(head)) and _CELL_NAME.fullmatch(cell):
                minor = in_school or bool(_HEAD_MINOR.search(head))
                if may_be_name(cell) or ("姓名" in head.replace(" ", "") and len(cell) <= 3):
                    yield Draft("minor" if minor else "name", start, start + len(cell), "likely", minor)
            elif re.search(r"住址|家庭地址|户籍地", head) and (match := _CELL_ADDRESS.match(cell)):
                yield Draft("address", start, start + match.end(), "likely")


def _name_in(text: str, following: str, after_colon: bool) -> tuple[int, Certainty] | None:
    """The length of the name that `text` begins with, and how sure that is."""
    lengths = [n for n in (3, 2, 4) if len(text) >= n and may_be_name(text[:n])]
    if not lengths or (is_weak(text) and not after_colon):
        return None
    for length in lengths:
        rest = text[length:] + following
        if not rest or not re.match(_HAN, rest):
            return length, "likely"
    if is_weak(text):
        return None
    for length in lengths:
        if _FOLLOWS.match(text[length:] + following):
            return length, "likely"
    return (lengths[0], "unsure")


def _last_name_in(text: str) -> int:
    """The length of the name that `text` ends with; 0 where it ends with none."""
    return next((n for n in (4, 3, 2) if len(text) >= n and may_be_name(text[-n:]) and not is_weak(text[-n:])), 0)


def again(page: Page, drafts: list[Draft]) -> Iterator[Draft]:
    """The other places of names that were found for sure once: the whole text speaks of the same person."""
    known = {page.text[d.start : d.end]: d for d in drafts if d.kind in ("name", "minor") and d.certainty != "unsure"}
    for name, draft in known.items():
        if 3 <= len(name) <= 4:
            for match in re.finditer(re.escape(name), page.text):
                yield Draft(draft.kind, *match.span(), "likely", draft.minor)


def births(page: Page) -> Iterator[Draft]:
    """Dates of birth: after 出生, before 生, in a column of that name."""
    for pattern in (_BORN_BEFORE, _BORN_AFTER):
        for match in pattern.finditer(page.text):
            yield _birth(page, *match.span(1))
    for line in page.lines:
        for start, end, head in line.cells:
            if "出生" in head and (born := re.search(_MONTH, page.text[start:end])):
                yield _birth(page, start + born.start(), start + born.end())


def _birth(page: Page, start: int, end: int) -> Draft:
    year = int(page.text[start : start + 4])
    return Draft("birth_date", start, end, "likely", page.today.year - year < 18)


def addresses(page: Page) -> Iterator[Draft]:
    """Home addresses with a door, flat or village group; addresses of bodies, sites and meetings are public."""
    for match in _HOME.finditer(page.text):
        address = match[1].rstrip()
        if not _OFFICE_PLACE.search(page.before(match.start(), 20) + match[0]) and not (
            "住所" in match[0] and _OFFICE_PLACE.search(page.sentence(match.start()))
        ):
            yield Draft("address", match.start(1), match.start(1) + len(address), "likely")
    for match in _JUST_ADDRESS.finditer(page.text):
        if not _OFFICE_PLACE.search(page.sentence(match.start())) and not page.before(match.start()).endswith("网"):
            yield Draft("address", *match.span(1), "unsure")
    for match in _where(page.text, ("栋", "幢", "号楼", "座"), _FLAT):
        if not _OFFICE_PLACE.search(page.sentence(match.start())):
            yield Draft("address", *match.span(), "unsure")
