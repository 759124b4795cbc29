"""When nothing is found: the question without its rarest word, parts of a long word, titles that are alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from gongkai.search import terms
from gongkai.search.backends import Backend
from gongkai.search.folding import SEPARATOR
from gongkai.search.found import Suggestion
from gongkai.search.models import Item
from gongkai.search.wanted import Tier, Wanted

_MOST: Final = 5
_TRIED: Final = 12
_EACH: Final = 20
_POINTS: Final = 15
"""So many lengths of a part are tried at once."""


def instead(index: Backend, wanted: Wanted) -> tuple[Suggestion, ...]:
    """Other questions; each finds something for this audience with these filters."""
    if not wanted.words:
        return ()
    made = _without_a_word(index, wanted) if len(wanted.words) > 1 else _parts(index, wanted)
    made += [title for title in _near_titles(index, wanted) if title not in made]
    return tuple(made[:_MOST])


def _finding(index: Backend, wanted: Wanted, questions: list[tuple[str, ...]]) -> list[bool]:
    """Which of these words find something."""
    asked = [(replace(wanted, words=words, whole=""), Tier.ALL) for words in questions]
    return [bool(found) for found in index.several(asked, 1)]


def _without_a_word(index: Backend, wanted: Wanted) -> list[Suggestion]:
    """Leave out one word at a time, the longest (rarest) first; else the words that are found alone."""
    words = wanted.words
    rests: list[tuple[str, ...]] = [
        tuple(word for word in words if word != out) for out in sorted(words, key=len, reverse=True)
    ]
    alone: list[tuple[str, ...]] = [(word,) for word in words]
    for questions in (rests, alone):
        finding = _finding(index, wanted, questions)
        made = [Suggestion(" ".join(one)) for one, found in zip(questions, finding, strict=True) if found]
        if made:
            return made[:3]
    return []


def _parts(index: Backend, wanted: Wanted) -> list[Suggestion]:
    """The longest beginning and the longest end of the word that are found; a longer part is never found oftener."""
    word = wanted.words[0]
    cuts = (lambda size: word[:size].strip(SEPARATOR), lambda size: word[-size:].strip(SEPARATOR))
    lengths = [(1, len(word)) for _ in cuts]  # a part of the first length may be found, one of the second is not
    while tried := [
        (side, size)
        for side, (low, high) in enumerate(lengths)
        for size in sorted({low + (high - low) * n // (_POINTS + 1) for n in range(1, _POINTS + 1)} - {low})
    ]:
        finding = _finding(index, wanted, [(cuts[side](size),) for side, size in tried])
        for (side, size), found in zip(tried, finding, strict=True):
            low, high = lengths[side]
            lengths[side] = (max(low, size), high) if found else (low, min(high, size))
    made = [cuts[side](low) for side, (low, _) in enumerate(lengths) if low > 1]
    return [Suggestion(part) for part in made]


def _near_titles(index: Backend, wanted: Wanted) -> list[Suggestion]:
    """Titles that share the most pairs of characters with the question."""
    pairs = list(dict.fromkeys(pair for word in wanted.words for pair in terms.run(word) if len(pair) > 1))[:_TRIED]
    alone = [(replace(wanted, words=(pair,), whole=""), Tier.HEADING) for pair in pairs]
    shared = Counter(key for found in index.several(alone, _EACH) for _, key in found) if alone else Counter()
    enough = max(2, len(pairs) // 3)
    best = [key for key, count in shared.most_common(_MOST) if count >= enough]
    titles = dict(Item.objects.filter(pk__in=best).values_list("pk", "title"))
    return [Suggestion(title, near=True) for title in dict.fromkeys(titles[key] for key in best if key in titles)]
