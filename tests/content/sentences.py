"""The corpus of sentences with personal data marked, and the measure of what is found in them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.content.personal import find
from gongkai.statute.identifiers import credit_code_check_digit, id_card_check_digit

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 21)
_MADE = re.compile(r"<(ID|SPLIT|DASH|CARD|SPACED|CREDIT) ([0-9A-Z ]+)>")
_MARK = re.compile(r"\[\[(\w+):(.*?)\]\]")
SAME = {"minor": "name"}


@dataclass(frozen=True)
class Sentence:
    """A text, and (kind, start, end) of what is personal in it."""

    text: str
    marks: tuple[tuple[str, int, int], ...]


def _made(match: re.Match[str]) -> str:
    kind, digits = match[1], match[2].replace(" ", "")
    if kind in ("ID", "SPLIT", "DASH"):
        full = digits + str(id_card_check_digit(digits))
        mark = {"ID": "", "SPLIT": " ", "DASH": "-"}[kind]
        return mark.join((full[:6], full[6:14], full[14:]))
    if kind == "CREDIT":
        return digits + str(credit_code_check_digit(digits))
    total = sum(d if n % 2 else d * 2 - 9 * (d > 4) for n, d in enumerate(map(int, reversed(digits))))
    full = digits + str(-total % 10)
    return full if kind == "CARD" else " ".join(full[i : i + 4] for i in range(0, len(full), 4))


def sentences(name: str) -> list[Sentence]:
    """The sentences of one file."""
    found = []
    for line in (DATA / name).read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        line = _MADE.sub(_made, line).replace("⏎", "\n")
        text, marks, done = "", [], 0
        for match in _MARK.finditer(line):
            text += line[done : match.start()]
            marks.append((match[1], len(text), len(text) + len(match[2])))
            text += match[2]
            done = match.end()
        found.append(Sentence(text + line[done:], tuple(marks)))
    return found


@dataclass(frozen=True)
class Measure:
    """Counts over a corpus. `sure` leaves out what was found as unsure."""

    marked: int
    found: int
    right: int
    sure_found: int
    sure_right: int
    exact: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    by_kind: dict[str, tuple[int, int]]

    def ratios(self) -> dict[str, float]:
        """Recall and precision."""
        return {
            "recall": self.right / self.marked,
            "precision": self.right / self.found,
            "sure_recall": self.sure_right / self.marked,
            "sure_precision": self.sure_right / self.sure_found,
        }


def measure(*names: str) -> Measure:
    """What `find` finds in the files, against the marks: the same kind, overlapping."""
    count: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    kinds_right: Counter[str] = Counter()
    missed, wrong = [], []
    for sentence in [s for name in names for s in sentences(name)]:
        findings = find(sentence.text, today=TODAY)
        left = list(sentence.marks)
        for finding in findings:
            kind = SAME.get(finding.kind, finding.kind)
            hit = next(
                (m for m in left if SAME.get(m[0], m[0]) == kind and m[1] < finding.end and finding.start < m[2]), None
            )
            sure = finding.certainty != "unsure"
            count["found"] += 1
            count["sure_found"] += sure
            if hit is None:
                wrong.append(f"{finding.kind} {finding.certainty} {finding.text} | {sentence.text}")
                continue
            left.remove(hit)
            count["right"] += 1
            count["sure_right"] += sure
            count["exact"] += hit[1:] == (finding.start, finding.end)
            kinds_right[hit[0]] += 1
        kinds.update(m[0] for m in sentence.marks)
        missed += [f"{kind} {sentence.text[a:b]} | {sentence.text}" for kind, a, b in left]
    return Measure(
        sum(kinds.values()), count["found"], count["right"], count["sure_found"], count["sure_right"], count["exact"],
        tuple(missed), tuple(wrong), {kind: (kinds_right[kind], n) for kind, n in sorted(kinds.items())},
    )  # fmt: skip


if __name__ == "__main__":
    import sys

    found = measure(*sys.argv[1:])
    for line in (*("缺 " + m for m in found.missed), *("误 " + w for w in found.wrong)):
        print(repr(line))
    print({k: round(v, 3) for k, v in found.ratios().items()}, found.exact, found.right, found.marked, found.by_kind)
