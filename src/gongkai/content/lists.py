"""Word's list paragraphs into real lists, where a list can show the same numbers; elsewhere the number stays text."""

from __future__ import annotations

import re
from typing import Final

from gongkai.content.blocks import Block, Item, ListBlock, Paragraph, Run, Table

_DECIMAL: Final = re.compile(r"(\d{1,4})[.．]?")
_BULLET: Final = re.compile(r"[•·●○■□◆◇★☆▪▫►▶➢➤✓✔√–—\-*§Øüvnlquo\uf000-\uf0ff¨]")
_CLOSED: Final = re.compile(r"[\u2e80-\u9fff、，。：；）】〕》\uff00-\uff60]$")


def gathered(blocks: list[Block]) -> list[Block]:
    """The blocks with runs of list paragraphs made into lists, within cells and items too."""
    found: list[Block] = []
    path: list[tuple[int, ListBlock]] = []  # the lists that are open, each with its level
    for block in blocks:
        for inner in _inside(block):
            inner[:] = gathered(inner)
        if not isinstance(block, Paragraph) or not block.marker:
            path.clear()
            found.append(block)
            continue
        number = _decimal(block.marker)
        if number is None and not _BULLET.fullmatch(block.marker):
            path.clear()
            gap = "" if _CLOSED.search(block.marker) else " "
            block.runs.insert(0, Run(block.marker + gap, block.runs[0].format._replace(href="", script="", u=False)))
            found.append(_ordinary(block))
            continue
        while path and path[-1][0] > block.level:
            path.pop()
        if path and path[-1][0] == block.level and not _continues(path[-1][1], number):
            path.pop()
        if not path or path[-1][0] < block.level:
            made = ListBlock(number is not None, number if number is not None else 1)
            (path[-1][1].items[-1].blocks if path else found).append(made)
            path.append((block.level, made))
        path[-1][1].items.append(Item([_ordinary(block)]))
    return found


def _inside(block: Block) -> list[list[Block]]:
    if isinstance(block, ListBlock):
        return [item.blocks for item in block.items]
    if isinstance(block, Table):
        return [cell.blocks for row in block.rows for cell in row.cells]
    return []


def _ordinary(block: Paragraph) -> Paragraph:
    block.level, block.marker = 0, ""
    return block


def _decimal(marker: str) -> int | None:
    match = _DECIMAL.fullmatch(marker)
    return int(match[1]) if match else None


def _continues(made: ListBlock, number: int | None) -> bool:
    return number is None if not made.ordered else number == made.start + len(made.items)
