"""The heads of a table of text: its first row, and what further head rows say below it.

A row is looked at in two ways. A row below the first that has a word which is only ever a head refines the heads above
it; and every row but the first is judged under the heads above it, so that taking a row of data for heads hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gongkai.content.personal.names import may_be_name

JOIN: Final = "/"
MOST_ROWS: Final = 5
"""So many rows of a table may be titles and heads."""
NAMES: Final = re.compile(
    r"(?:学生|户主|申请人|儿童|幼儿|患者|考生|人员|户主及成员|被征收人|受助人|车主|户主)?姓 *名|户主|车主|申请人|被征收人|学生|农户|权利人|低保对象|救助对象"
)
"""The heads of columns of names."""
_HEADS: Final = re.compile(
    rf"(?:{NAMES.pattern}"
    r"|.{0,8}(?:身份证|证件)(?:号码?)?|.{0,6}(?:电话|手机)(?:号码?)?|联系方式|.{0,6}(?:卡号|[账帐]号)"
    r"|.{0,4}(?:住址|地址|户籍地|户籍所在地)|.{0,4}邮箱|出生(?:年月日?|日期))(?:[(（].{0,10}[)）])?"
)
"""What stands in a table as a head, and hardly ever as a datum."""
_DATA: Final = re.compile(r"\d{6}")


def heads_above(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """For each of the first rows the heads that stand above it, by column; the last are those of all rows that follow.

    Heads over one another are joined from the uppermost down. A table that begins with numbers has none.
    """
    table = [[cell.strip() for cell in row] for row in rows[:MOST_ROWS]]
    if any(map(_DATA.search, table[0])):
        return [[], [""]]
    above, heads = [[], table[0]], table[0]
    for row in table[1:]:
        if any(map(_DATA.search, row)):
            break
        if any(map(_HEADS.fullmatch, row)):
            heads = _under(heads, row)
        above.append(heads)
    return above


def _under(heads: Sequence[str], row: Sequence[str]) -> list[str]:
    """The heads with a further row of them. A head reaches over the blanks beside it, where something stands below."""
    made, upper = [], ""
    for column in range(max(len(heads), len(row))):
        own = heads[column] if column < len(heads) else ""
        word = row[column] if column < len(row) else ""
        upper = own or upper
        is_head = bool(_HEADS.fullmatch(word)) or (bool(word) and not may_be_name(word))
        made.append(JOIN.join(filter(None, (upper, word))) if is_head else own)
    return made


def lowest(head: str) -> str:
    """The head next to the data."""
    return head.rpartition(JOIN)[2]
