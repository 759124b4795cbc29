"""Numbers that belong to persons: ID, telephone, bank card, passport and other papers, plates; and e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongkai.content.personal.page import Draft, Page
from gongkai.statute.identifiers import birth_date, is_id_card

_PROVINCES: Final = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_SEP: Final = r"[ \-–—\u200b]?"
_ID_18: Final = re.compile(
    rf"(?<![0-9A-Za-z])(?:[GLJ]|(?i:id|idcard|card|no|sfz|sfzh)[.:]?)?([1-8](?:{_SEP}\d){{16}}{_SEP}[\dXx])(?![A-Za-z])(?!\d(?!\d(?!\d)))(?!\d{{3}})"
)
_ID_15: Final = re.compile(r"(?<![0-9A-Za-z.,/-])[1-8]\d{14}(?![0-9A-Za-z.,/-])")
_ID_WORDS: Final = re.compile(r"身份|证件号|公民|旧号|老号|[^书可]证号?(?:码)?[:为是 ]*$|^证号")
_MOBILE: Final = re.compile(
    r"(?<![0-9A-Za-z.])(?<!\d[-/,])(?:(?i:tel|phone|mobile|mob|cell|wx|vx|wechat|weixin|qq|m|t)[.:]?)?(?:\(?\+?86\)?[ -]?)?"
    r"(1[3-9]\d{9}|1[3-9]\d[ -]\d{4}[ -]\d{4}|1[3-9]\d[ -]\d{3}[ -]\d{5}|1[3-9]\d{2}[ -]\d{3}[ -]\d{4}|1[3-9]\d{5}[ -]\d{4})"
    r"(?![0-9A-Za-z])(?![.,-]\d)"
)
_PHONE_WORDS: Final = re.compile(r"电话|手机|联系|微信|[Tt][Ee][Ll]|拨打|号码:?$")
_LANDLINE: Final = re.compile(
    r"(?<![0-9A-Za-z.])(?<!\d[-/])(?:\(?0(?:10|2\d|[3-9]\d{2})\)?[ \-–—]{0,2}[2-9]\d{2,3} ?\d{4})(?![0-9A-Za-z])(?![-.]\d)"
)
_LOCAL: Final = re.compile(r"(?<![0-9A-Za-z.\-–—/])[2-9]\d{6,7}(?![0-9A-Za-z])(?![-.]\d)")
_HOME_PHONE: Final = re.compile(
    r"家庭电话|家庭座机|家中电话|家里|住宅|宅电|家电:|家长|户主电话|本人座机|家庭.{0,4}电话"
)
_OFFICE: Final = re.compile(
    r"办公|值班|值守|监督|举报(?!人)|投诉(?!人)|咨询|热线|传真|中心|[^居]委|局|办公室|服务|公开|邮编|邮政编码|信访|接待|政府|应急|单位|窗口|公司|学校|医院|大厅|科室?:|股:"
)
_CARD: Final = re.compile(r"(?<![0-9A-Za-z.,/-])\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9A-Za-z])(?![.,-]\d)")
_CARD_WORDS: Final = re.compile(r"银行|卡号|一卡通|惠农卡|社保卡|[账帐][号户]|打卡|开户")
_BODY: Final = re.compile(
    r"局|公司|中心|[^居]委员会|财政|政府|单位|对公|基本户|慈善会|协会|学校|合作社|管理处|指挥部|公共账户"
)
_PASSPORT: Final = re.compile(r"(?<![0-9A-Za-z])[EGDSPKM][A-Z]?\d{7,8}(?![0-9A-Za-z])")
_PERMIT: Final = re.compile(r"(?<![0-9A-Za-z])(?:[CWHM][A-Z]?)?\d{7,10}(?![0-9A-Za-z])")
_PAPER: Final = re.compile(
    r"(?:户口[簿本册]|户口|户号|低保证|五保证|特困证|社保卡|社会保障卡|医保卡|残疾证|学籍|军官证|士兵证|退役军人证|优待证|准考证|驾驶证)"
    r"(?:编号|号码|证号|号)?[为是: ]{0,3}((?:[\u4e00-\u9fff]|[A-Z])?\d{6,14})(?![0-9A-Za-z])"
)
_EMAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-]{1,64})@((?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,10})(?![A-Za-z0-9])"
)
_OFFICE_MAIL: Final = re.compile(
    r"xxgk|zwgk|zgk|bgs|office|gov|zfb|(?:^|[_.-])[a-z]{1,4}(?:j|ju|b|w|zx)$|service|info|admin|web", re.I
)
_OFFICE_MAIL_WORDS: Final = re.compile(
    r"投稿|公开[^申]|意见|反馈|征集|征求|咨询|单位|局|办公室|公司|投诉邮|举报邮|中心|政府|传真|邮编"
)
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• .-]?"
    r"(?:[A-HJ-NP-Z0-9]{4}[0-9A-HJ-NP-Z挂学警港澳]\d?)(?![0-9A-Za-z-])"
)
_OFFICIAL_CAR: Final = re.compile(r"公务用车|公车|执法车|执勤|消防车|救护车|拍卖|处置车辆|报废")


def id_cards(page: Page) -> Iterator[Draft]:
    """Citizen ID numbers: sure by their check digit; with a wrong one, by the words before."""
    for match in _ID_18.finditer(page.text):
        start, end = match.span(1)
        digits = re.sub(r"[^0-9Xx]", "", match[1])
        born = birth_date(digits)
        if digits[:2] not in _PROVINCES or born is None or not 1900 <= born.year <= page.today.year:
            continue
        minor = (page.today.year - born.year) - ((page.today.month, page.today.day) < (born.month, born.day)) < 18
        named = bool(_ID_WORDS.search(page.before(start)))
        if is_id_card(digits):
            if not page.is_opaque(start, end):
                yield Draft("id_card", start, end, "certain", minor)
        elif named:
            yield Draft("id_card", start, end, "likely", minor)
        elif len(match[1]) == 18 and not page.is_of_a_thing(start) and not page.is_opaque(start, end):
            yield Draft("id_card", start, end, "unsure", minor)
    for match in _ID_15.finditer(page.text):
        digits = match[0]
        if (
            digits[:2] not in _PROVINCES
            or birth_date(digits[:6] + "19" + digits[6:]) is None
            or page.is_opaque(*match.span())
        ):
            continue
        around = page.before(match.start()) + page.after(match.end(), 8)
        if _ID_WORDS.search(page.before(match.start())) or "身份证" in around:
            yield Draft("id_card", *match.span(), "likely")
        elif not page.is_of_a_thing(match.start()):
            yield Draft("id_card", *match.span(), "unsure")


def phones(page: Page) -> Iterator[Draft]:
    """Mobile numbers; landlines only where they seem to be somebody's home: office telephones are public."""
    for match in _MOBILE.finditer(page.text):
        if page.is_opaque(*match.span(1)):
            continue
        before = page.before(match.start())
        if page.is_of_a_thing(match.start()) and not _PHONE_WORDS.search(before):
            continue
        plain = len(match[1]) == 11
        bare = (
            not _PHONE_WORDS.search(before) and "\t" in page.sentence(match.start()) and not page.heading(match.start())
        )
        yield Draft(
            "mobile",
            *match.span(1),
            "unsure" if bare else "certain" if plain or _PHONE_WORDS.search(before) else "likely",
        )
    for match in _LANDLINE.finditer(page.text):
        if page.is_opaque(*match.span()) or page.is_of_a_thing(match.start()):
            continue
        if _HOME_PHONE.search(page.before(match.start(), 24)):
            yield Draft("landline", *match.span(), "likely")
        elif not _OFFICE.search(page.sentence(match.start()) + page.around(*match.span())):
            yield Draft("landline", *match.span(), "unsure")
    for match in _LOCAL.finditer(page.text):
        if _HOME_PHONE.search(page.before(match.start())) and not page.is_opaque(*match.span()):
            yield Draft("landline", *match.span(), "likely")


def bank_cards(page: Page) -> Iterator[Draft]:
    """Bank cards: Luhn, the length, 62 in front (UnionPay), and the words around. Accounts of bodies are public."""
    for match in _CARD.finditer(page.text):
        digits = re.sub(r"\D", "", match[0])
        if page.is_opaque(*match.span()) or (
            digits[0] not in "34569" and not _CARD_WORDS.search(page.before(match.start()))
        ):
            continue
        before = page.before(match.start(), 30)
        named = bool(_CARD_WORDS.search(before))
        body = bool(_BODY.search(page.sentence(match.start())))
        if not named and page.is_of_a_thing(match.start()):
            continue
        if _luhn(digits) and digits.startswith("62"):
            yield Draft("bank_card", *match.span(), "unsure" if body else "certain" if named else "likely")
        elif named and not body:
            yield Draft("bank_card", *match.span(), "likely" if _luhn(digits) or digits.startswith("62") else "unsure")


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def papers(page: Page) -> Iterator[Draft]:
    """Passports, permits, household registers and cards, where the paper is named beside the number."""
    for match in _PASSPORT.finditer(page.text):
        if "护照" in page.before(match.start()) or re.match(r"号?的?护照", page.after(match.end())):
            yield Draft("passport", *match.span(), "certain")
    for match in _PERMIT.finditer(page.text):
        if re.search(r"通行证|台胞证|回乡证|居住证", page.before(match.start(), 12)):
            yield Draft("passport", *match.span(), "certain")
    for match in _PAPER.finditer(page.text):
        yield Draft("household", *match.span(1), "likely")


def mails(page: Page) -> Iterator[Draft]:
    """E-mail of persons: not of a .gov.cn address, nor where a body's address is meant."""
    for match in _EMAIL.finditer(page.text):
        if re.search(r"(?:^|\.)gov\.cn$", match[2].lower()):
            continue
        around = page.around(*match.span())
        office = _OFFICE_MAIL_WORDS.search(around)
        if _OFFICE_MAIL.search(match[1]):
            if not office:
                yield Draft("email", *match.span(), "unsure")
        else:
            yield Draft("email", *match.span(), "unsure" if office else "likely")


def plates(page: Page) -> Iterator[Draft]:
    """Number plates of vehicles."""
    for match in _PLATE.finditer(page.text):
        if sum(c.isdigit() for c in match[0]) < 2 or page.is_opaque(*match.span()):
            continue
        official = _OFFICIAL_CAR.search(page.sentence(match.start()))
        yield Draft("plate", *match.span(), "unsure" if official else "likely")
