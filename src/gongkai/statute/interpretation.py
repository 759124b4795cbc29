"""Policy interpretation (政策解读): which documents need one, what its plan and its material say, in which forms.

国办发〔2016〕80号; proactive-disclosure.md §9. The period is `publication.interpret_by`.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Element:
    """Something that the material says. `words` are what a text that says it usually contains."""

    key: str
    label: str
    words: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """How it is told. Of a form that is no text a program cannot read what it says."""

    label: str
    is_text: bool = False


def is_interpretable(genre: str, *, is_normative: bool) -> bool:
    """Whether a document of this kind is interpreted unless there is a reason not to (谁起草、谁解读)."""
    return is_normative or genre in _data()["interpretable"]["genres"]


def reasons_not_to() -> tuple[str, ...]:
    """The usual reasons for no interpretation, to choose from."""
    return tuple(_data()["exempt"]["reasons"])


def plan_fields() -> dict[str, str]:
    """What a plan (解读方案) says: key and label, in order."""
    return {row["key"]: row["label"] for row in _data()["plan"]}


@cache
def elements() -> tuple[Element, ...]:
    """What material (解读材料) says, in order."""
    return tuple(Element(**{**row, "words": tuple(row["words"])}) for row in _data()["element"])


@cache
def forms() -> tuple[Form, ...]:
    """The forms of an interpretation."""
    return tuple(Form(**row) for row in _data()["form"])


def is_text(form: str) -> bool:
    """Whether a form is text: the share of others is counted (非文字形式 / 总数)."""
    return any(one.is_text for one in forms() if one.label == form)


def covered(text: str) -> frozenset[str]:
    """The labels of the elements that a text speaks of, by their usual words."""
    return frozenset(one.label for one in elements() if one.label in text or any(word in text for word in one.words))


def lacking(text: str, declared: Iterable[str] = ()) -> list[str]:
    """The labels of required elements that neither the text speaks of nor its maker has declared, in order."""
    there = covered(text) | set(declared)
    return [one.label for one in elements() if one.is_required and one.label not in there]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "data" / "interpretation.toml").read_text("utf-8"))
