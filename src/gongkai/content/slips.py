"""Slips that no word list can hold: impossible dates, wrong weekdays, repeated words, brackets and turned-round years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from gongkai.content.lexicon import Lexicon, Slip, starter_lexicon
from gongkai.content.markup import text_map

_DATE: Final = re.compile(
    r"(?:(?<!\d)(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?日(?:\s?[（(]?\s?(星期|周|礼拜)([一二三四五六日天]))?"
)
_WEEKDAYS: Final = "一二三四五六日"
_LONGEST_MONTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMERAL_YEAR: Final = re.compile(r"[一二三四五六七八九][〇零○０0OoОＯ一二三四五六七八九]{3}(?=年)")
_RIGHT_NUMERAL_YEAR: Final = re.compile(r"[一二三四五六七八九][〇一二三四五六七八九]{3}")
_ZERO: Final = str.maketrans(dict.fromkeys("零○０0OoОＯ", "〇"))
_TWO_DIGIT_YEAR: Final = re.compile(r"(?<![\d.])(?:0\d|1\d|2\d)年(?=度|工作|全年|[1-9]\d?月)")
_UNTIL: Final = re.compile(r"截止(?=(?:\d{4}年|\d{1,2}月|目前|今|去年|本[月年]))")
_RANGE: Final = re.compile(
    r"(?<!\d)(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?(?:起)?(?:至|到|—|－|-|~|～)(?:(\d{4})年)(?:(\d{1,2})月)?(?:(\d{1,2})日)?"
)
_DOCUMENT_NUMBER: Final = re.compile(r"([\[［【(（〔])((?:19|20)\d\d)([\]］】)）〕])(第)?(0*)(\d{1,5})号")
_REPEATED: Final = re.compile(r"(的|了|和|与|及|是|在|对|为|将|把|由|从|向|并|但|而|或|也|都|等|于|以)\1(?!\1)")
_REPEATED_RIGHT: Final = re.compile(r"等等|的的确确|为为数|在在|是是非非|和和气气|以以")
_DOUBLED: Final = re.compile(r"([\u4e00-\u9fff]{2,8})\1")
_DOUBLED_RIGHT: Final = re.compile(
    r"^[一每很非哈嗡多少大小点]|^(?:研究|讨论|考虑|学习|商量|了解|休息|锻炼|交流|宣传|调研|打听|比较|许多|好多|方方|规定)$"
)
_STOPS: Final = re.compile(r"[，、；：][，、；：。]|。[，。、；：]|[！？][，。]")
_PAIRS: Final = {"《": "》", "“": "”", "（": "）", "〔": "〕", "【": "】", "「": "」", "‘": "’"}
_LESS_TIMES: Final = re.compile(r"(?:下降|降低|减少|缩小|缩短)了?\s?\d+(?:\.\d+)?\s?倍")
_ABOUT: Final = re.compile(r"(?:大约|约|近|将近)\s?\d[\d.,]*\s?[\u4e00-\u9fff%]{0,4}?(?:左右|上下)")
_OVER: Final = re.compile(r"(?:超过|高于|不少于|不低于|至少)\s?\d[\d.,]*\s?[\u4e00-\u9fff%]{0,4}?以上")
_SIGNED: Final = re.compile(r"^\s*(\d{4})年\d{1,2}月\d{1,2}日\s*$", re.M)
_TITLE_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


def check(text: str, lexicon: Lexicon | None = None) -> tuple[Slip, ...]:
    """Everything that the lexicon and the rules find in a text, in its order; a rule yields to the lexicon."""
    words = (lexicon if lexicon is not None else starter_lexicon()).find(text)
    taken = {place for slip in words for place in range(slip.start, slip.end)}
    ruled = [slip for slip in slips(text) if taken.isdisjoint(range(slip.start, slip.end))]
    return tuple(sorted([*words, *ruled], key=lambda slip: (slip.start, slip.end)))


def check_html(html: str, lexicon: Lexicon | None = None) -> tuple[Slip, ...]:
    """As `check`, in cleaned HTML; places are those of ``text_map(html).text``, for `marked`."""
    return check(text_map(html).text, lexicon)


def slips(text: str) -> Iterator[Slip]:
    """What the rules find."""
    yield from _dates(text)
    yield from _years(text)
    yield from _document_numbers(text)
    yield from _repeated(text)
    yield from _punctuation(text)
    for match in _LESS_TIMES.finditer(text):
        yield Slip(*match.span(), match[0], "number", "warn", "", "减少不用倍数，用百分数或者分数。")
    for pattern in (_ABOUT, _OVER):
        for match in pattern.finditer(text):
            yield Slip(*match.span(), match[0], "number", "hint", "", "前后两个词重复表示约数或界限，保留一个。")


def _dates(text: str) -> Iterator[Slip]:
    for match in _DATE.finditer(text):
        year, month, day = int(match[1] or 0), int(match[2]), int(match[3])
        whole = match.start(), match.end(3) + 1
        try:
            that = date(year or 2000, month, day)  # 2000 has a 29 February
        except ValueError:
            yield Slip(*whole, text[slice(*whole)], "date", "block", "", "没有这一天，请核对日期。")
            continue
        if year and match[5] and _WEEKDAYS.find(match[5].replace("天", "日")) != that.weekday():
            right = match[4] + _WEEKDAYS[that.weekday()]
            yield Slip(
                match.start(4),
                match.end(5),
                match[4] + match[5],
                "date",
                "block",
                right,
                f"{year}年{month}月{day}日是{right}。",
            )


def _years(text: str) -> Iterator[Slip]:
    for match in _NUMERAL_YEAR.finditer(text):
        if not _RIGHT_NUMERAL_YEAR.fullmatch(match[0]):
            yield Slip(*match.span(), match[0], "date", "warn", match[0].translate(_ZERO), "汉字年份中的零写作“〇”。")
    for match in _TWO_DIGIT_YEAR.finditer(text):
        yield Slip(*match.span(), match[0], "date", "warn", f"20{match[0]}", "年份写四位。")
    for match in _UNTIL.finditer(text):
        yield Slip(*match.span(), match[0], "typo", "warn", "截至", "“截止”后面不接时间；到某时为止用“截至”。")
    for match in _RANGE.finditer(text):
        first, last = [tuple(int(n or 0) for n in match.groups()[i : i + 3]) for i in (0, 3)]
        size = min(3 if 0 not in first else first.index(0), 3 if 0 not in last else last.index(0))
        if first[:size] > last[:size]:
            yield Slip(*match.span(), match[0], "date", "warn", "", "起止时间颠倒，请核对。")
    yield from _title_against_date(text)


def _title_against_date(text: str) -> Iterator[Slip]:
    """Unsure: the year of the title is far from the year of the date below the text."""
    title = _TITLE_YEAR.search(text.partition("\n")[0])
    dates = _SIGNED.findall(text)
    if title and dates and not int(title[1]) - 1 <= int(dates[-1]) <= int(title[1]) + 1:
        note = f"标题中的年份与成文日期（{dates[-1]}年）相差一年以上，请核对。"
        yield Slip(*title.span(), title[0], "date", "hint", "", note)


def _document_numbers(text: str) -> Iterator[Slip]:
    for match in _DOCUMENT_NUMBER.finditer(text):
        left, year, right, ordinal, zeros, number = match.groups()
        if (left, right, ordinal, zeros) != ("〔", "〕", None, ""):
            notes = ["年份用六角括号“〔〕”"] * ((left, right) != ("〔", "〕"))
            notes += ["不写“第”"] * bool(ordinal) + ["序号不编虚位"] * bool(zeros)
            yield Slip(
                *match.span(), match[0], "number", "warn", f"〔{year}〕{number}号", f"发文字号{'，'.join(notes)}。"
            )


def _repeated(text: str) -> Iterator[Slip]:
    for match in _REPEATED.finditer(text):
        around = text[max(0, match.start() - 2) : match.end() + 2]
        if not _REPEATED_RIGHT.search(around):
            yield Slip(*match.span(), match[0], "repeated", "warn", match[1])
    for match in _DOUBLED.finditer(text):
        if not _DOUBLED_RIGHT.search(match[1]) and len(set(match[1])) > 1:
            yield Slip(*match.span(), match[0], "repeated", "hint", match[1])


def _punctuation(text: str) -> Iterator[Slip]:
    for match in _STOPS.finditer(text):
        yield Slip(*match.span(), match[0], "punctuation", "warn", "", "标点连用。")
    start = 0
    for line in text.split("\n"):
        yield from _unpaired(line, start)
        start += len(line) + 1


def _unpaired(line: str, start: int) -> Iterator[Slip]:
    """Brackets and quotation marks of a paragraph without their other half."""
    is_open: list[tuple[str, int]] = []
    closing = {right: left for left, right in _PAIRS.items()}
    for at, character in enumerate(line, start):
        if character in _PAIRS:
            is_open.append((character, at))
        elif character in closing:
            if is_open and is_open[-1][0] == closing[character]:
                is_open.pop()
            elif not (
                character == "）"
                and re.search(r"(?:^|[^\u4e00-\u9fff])[\d一二三四五六七八九十a-zA-Z]{1,3}$", line[: at - start])
            ):
                yield Slip(at, at + 1, character, "punctuation", "hint", "", "没有配对的前半个括号或引号。")
    for character, at in is_open:
        yield Slip(at, at + 1, character, "punctuation", "hint", "", "没有配对的后半个括号或引号。")
