"""发文字号: the form that GB/T 9704-2012 gives it, 代字〔年份〕序号, and the forms in which people type it."""

from __future__ import annotations

import re
from typing import Final

_FORM: Final = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,20}〔(19|20)\d{2}〕第?\d{1,5}号|第\d{1,5}号|[\u4e00-\u9fff]{1,12}令第\d{1,5}号"
)
_YEAR: Final = re.compile(r"[\[［〔【(（〈<﹝]\s*((?:19|20)\d{2})\s*年?[\]］〕】)）〉>﹞]")
_WIDE: Final = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


def normal(text: str) -> str:
    """As the standard writes it: 青政办发[2026] 12号 is 青政办发〔2026〕12号. What is no such number stays as it is."""
    plain = _YEAR.sub(r"〔\1〕", text.translate(_WIDE))
    plain = re.sub(r"\s+", "", plain)
    return plain if is_document_number(plain) else text.strip()


def is_document_number(text: str) -> bool:
    """Whether it has the form of a number: with a year in 六角括号, 第12号, or an order (令)."""
    return bool(_FORM.fullmatch(text))
