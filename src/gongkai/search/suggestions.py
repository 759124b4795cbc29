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


def instead(index: Backend, wanted: Wanted) -> tuple[Suggestion, ...]:
    """Other questions; each finds something for this audience with these filters."""
    if not wanted.words:
        return ()
    made = _without_a_word(index, wanted) if len(wanted.words) > 1 else _parts(index, wanted)
    made += [title for title in _near_titles(index, wanted) if title not in made]
    return tuple(made[:_MOST])


def _finds(index: Backend, wanted: Wanted, *words: str) -> bool:
    return bool(index.newest(replace(wanted, words=words, whole=""), Tier.ALL, 1))


def _without_a_word(index: Backend, wanted: Wanted) -> list[Suggestion]:
    """Leave out one word at a time, the longest (rarest) first; else the words that are found alone."""
    words = wanted.words
    made = []
    for left_out in sorted(words, key=len, reverse=True):
        rest = tuple(word for word in words if word != left_out)
        if _finds(index, wanted, *rest):
            made.append(Suggestion(" ".join(rest)))
    if not made:
        made = [Suggestion(word) for word in words if _finds(index, wanted, word)]
    return made[:3]


def _parts(index: Backend, wanted: Wanted) -> list[Suggestion]:
    """The longest beginning and the longest end of the word that are found; a longer part is never found oftener."""
    word = wanted.words[0]
    made = []
    for parts in ([word[:n] for n in range(len(word))], [word[-n:] for n in range(len(word))]):
        low, high = 1, len(word)  # the part of length `low` may be found, that of `high` is not
        while high - low > 1:
            middle = (low + high) // 2
            if _finds(index, wanted, parts[middle].strip(SEPARATOR)):
                low = middle
            else:
                high = middle
        if low > 1:
            made.append(Suggestion(parts[low].strip(SEPARATOR)))
    return made


def _near_titles(index: Backend, wanted: Wanted) -> list[Suggestion]:
    """Titles that share the most pairs of characters with the question."""
    pairs = list(dict.fromkeys(pair for word in wanted.words for pair in terms.run(word) if len(pair) > 1))[:_TRIED]
    shared: Counter[int] = Counter()
    for pair in pairs:
        alone = replace(wanted, words=(pair,), whole="")
        shared.update(key for _, key in index.newest(alone, Tier.HEADING, _EACH))
    enough = max(2, len(pairs) // 3)
    best = [key for key, count in shared.most_common(_MOST) if count >= enough]
    titles = dict(Item.objects.filter(pk__in=best).values_list("pk", "title"))
    return [Suggestion(title, near=True) for title in dict.fromkeys(titles[key] for key in best if key in titles)]
