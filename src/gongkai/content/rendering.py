"""The model of paragraphs, lists and tables as HTML, always in the same spelling."""

from __future__ import annotations

from itertools import groupby

from gongkai.content.blocks import BREAK, Block, Cell, ListBlock, Paragraph, Rule, Run, Table
from gongkai.content.markup import escaped, escaped_value
from gongkai.content.styles import Setting

_TAGS = {"strong": "strong", "em": "em", "u": "u", "s": "s"}


def rendered(blocks: list[Block]) -> str:
    """HTML, a line a block."""
    return "\n".join(filter(None, map(_block, blocks)))


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        tag = block.setting.tag
        return f"<{tag}{_classes(block.setting)}>{_runs(block.runs)}</{tag}>"
    if isinstance(block, ListBlock):
        return _list(block)
    if isinstance(block, Table):
        return _table(block)
    assert isinstance(block, Rule)
    return "<hr>"


def _classes(setting: Setting) -> str:
    names = [f"align-{setting.align}"] if setting.align else []
    names += [name for name in ("indent", "inset") if getattr(setting, name)]
    return f' class="{" ".join(names)}"' if names else ""


def _runs(runs: list[Run], depth: int = 0) -> str:
    """Runs grouped by what they share, the link outermost."""
    if depth == 6:
        return "".join(_characters(run) for run in runs)
    parts = []
    for value, group in groupby(runs, key=lambda run: run.format[depth]):
        inner = _runs(list(group), depth + 1)
        if not value:
            parts.append(inner)
        elif depth == 0:
            parts.append(f'<a href="{escaped_value(str(value))}">{inner}</a>')
        else:
            tag = str(value) if depth == 5 else runs[0].format._fields[depth]
            parts.append(f"<{tag}>{inner}</{tag}>")
    return "".join(parts)


def _characters(run: Run) -> str:
    if run.image is not None:
        return f'<img src="attachment:{run.image.key}" alt="{escaped_value(run.image.alt)}">'
    return escaped(run.text).replace(BREAK, "<br>")


def _list(block: ListBlock) -> str:
    items = [text for item in block.items if (text := _loose(item.blocks))]
    if not items:
        return ""
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    return f"<{tag}{start}>" + "".join(f"<li>{text}</li>" for text in items) + f"</{tag}>"


def _loose(blocks: list[Block]) -> str:
    """What an item or cell holds; a single plain paragraph without its tags."""
    first = blocks[0] if blocks else None
    if (
        isinstance(first, Paragraph)
        and first.setting == Setting()
        and not any(isinstance(block, Paragraph) for block in blocks[1:])
    ):
        return _runs(first.runs) + "".join(map(_block, blocks[1:]))
    return "".join(map(_block, blocks))


def _table(table: Table) -> str:
    rows = [row for row in table.rows if row.cells]
    if not rows:
        return rendered(table.caption)
    head = next((n for n, row in enumerate(rows) if not row.in_head), len(rows))
    parts = ["<table>"]
    if table.caption:
        runs: list[Run] = []
        for number, block in enumerate(b for b in table.caption if isinstance(b, Paragraph)):
            runs += ([Run(BREAK)] if number else []) + block.runs
        parts.append(f"<caption>{_runs(runs)}</caption>")
    for tag, part in (("thead", rows[:head]), ("tbody", rows[head:])):
        if part:
            cells = ("".join(map(_cell, row.cells)) for row in part)
            parts.append(f"<{tag}>" + "".join(f"<tr>{row}</tr>" for row in cells) + f"</{tag}>")
    return "".join(parts) + "</table>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.is_head else "td"
    blocks, align = cell.blocks, cell.align
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and blocks[0].setting.tag == "p":
        align = blocks[0].setting.align or align
        blocks = [Paragraph(blocks[0].runs)]
    spans = [f'{name}="{n}"' for name in ("colspan", "rowspan") if (n := getattr(cell, name)) > 1]
    spans += [f'class="align-{align}"'] if align else []
    return f"<{' '.join([tag, *spans])}>{_loose(blocks)}</{tag}>"
