"""What an address may be asked with, as data; read strictly: a filter that is misspelt must not find everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gongkai.portal.api.problems import Problem


@dataclass(frozen=True, slots=True)
class Parameter:
    """One of an address: its JSON Schema says what it may be."""

    name: str
    description: str
    schema: Mapping[str, Any]
    example: str = ""
    required: bool = False

    def read(self, text: str) -> Any:
        """The value; ValueError, with a sentence, where it is none."""
        if "enum" in self.schema:
            if text not in self.schema["enum"]:
                raise ValueError(f"只能是 {'、'.join(self.schema['enum'])}")
            return text
        return _READERS[self.schema.get("format") or self.schema["type"]](text, self.schema)


def read(parameters: Sequence[Parameter], asked: Mapping[str, str]) -> dict[str, Any]:
    """The values that were given. Problem 400 names every one that cannot be read."""
    known = {parameter.name: parameter for parameter in parameters}
    values, errors = {}, []
    for name, text in asked.items():
        if name not in known:
            errors.append({"name": name[:40], "detail": "没有这个参数"})
        elif text.strip():
            try:
                values[name] = known[name].read(text.strip())
            except ValueError as error:
                errors.append({"name": name, "detail": str(error)})
    errors += [
        {"name": one.name, "detail": "必须给出"}
        for one in parameters
        if one.required and not asked.get(one.name, "").strip()
    ]
    if "since" in values and "until" in values and values["since"] > values["until"]:
        errors.append({"name": "since", "detail": "晚于 until"})
    if errors:
        words = "；".join(f"{error['name']}：{error['detail']}" for error in errors)
        raise Problem(400, f"{words}。可用的参数见接口说明。", errors=errors)
    return values


def _integer(text: str, schema: Mapping[str, Any]) -> int:
    low, high = schema.get("minimum", 0), schema.get("maximum", 2**31 - 1)
    if not (text.isascii() and text.isdecimal() and len(text) < 11 and low <= int(text) <= high):
        raise ValueError(f"应为 {low} 至 {high} 的整数")
    return int(text)


def _date(text: str, schema: Mapping[str, Any]) -> date:
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError("应为日期，如 2026-01-31")


def _boolean(text: str, schema: Mapping[str, Any]) -> bool:
    if text not in ("true", "false"):
        raise ValueError("应为 true 或 false")
    return text == "true"


def _string(text: str, schema: Mapping[str, Any]) -> str:
    if len(text) > schema["maxLength"] or "\0" in text:
        raise ValueError(f"最多 {schema['maxLength']} 个字")
    return text


_READERS: Final[Mapping[str, Callable[[str, Mapping[str, Any]], Any]]] = {
    "integer": _integer, "date": _date, "boolean": _boolean, "string": _string
}  # fmt: skip
