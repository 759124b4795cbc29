"""What happens to a report's text on its way to a reader: characters lost, labels torn off, pages and cuts."""

from __future__ import annotations

import random
import re

from gongkai.annual_report.editions import EDITIONS, TABLE_KEYS, table

LABELS = sorted(
    {r.label for e in EDITIONS for k in TABLE_KEYS for b in table(k, e).blocks for r in b.rows}
    | {c.label for e in EDITIONS for k in TABLE_KEYS for b in table(k, e).blocks for c in b.columns},
    key=lambda label: (-len(label), label),
)


def lose_characters(text: str, rng: random.Random) -> str:
    """Half of the longer labels lose one character, everywhere alike."""
    for label in LABELS:
        if len(label) >= 4 and rng.random() < 0.5:
            at = rng.randrange(len(label))
            text = text.replace(label, label[:at] + label[at + 1 :])
    return text


def insert_page_numbers(text: str, rng: random.Random) -> str:
    """Page numbers on lines of their own, anywhere."""
    lines = text.split("\n")
    for mark in ("- 3 -", "—4—", "第 5 页 共 9 页"):
        lines.insert(rng.randrange(len(lines)), mark)
    return "\n".join(lines)


def tear_labels_off(text: str, rng: random.Random) -> str:
    """Three kinds of row lose their label altogether."""
    for label in rng.sample([label for label in LABELS if label[0] in "12345678"], 3):
        text = text.replace(label, "")
    return text


def break_labels(text: str, rng: random.Random) -> str:
    """A blank after every sixth character of a long label, as narrow columns set them."""
    return re.sub(r"([\u4e00-\u9fff]{6})(?=[\u4e00-\u9fff]{3})", r"\1 ", text)


def half_width(text: str, rng: random.Random) -> str:
    """Brackets, colons and digits in the other width."""
    return text.translate(str.maketrans("（）：0123456789", "():０１２３４５６７８９"))


PERTURBATIONS = (lose_characters, insert_page_numbers, tear_labels_off, break_labels, half_width)
