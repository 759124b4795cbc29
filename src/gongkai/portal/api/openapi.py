"""The OpenAPI 3.1 document, made from the table of routes and the schemas."""

from __future__ import annotations

from typing import Any, Final

from gongkai.portal.api.limits import A_MINUTE
from gongkai.portal.api.problems import TITLES
from gongkai.portal.api.routes import ROUTES, Route
from gongkai.portal.api.schemas import SCHEMAS, to

VERSION: Final = "1.0"
_MEDIA: Final = "application/json"
_PROBLEM: Final = {"application/problem+json": {"schema": to("Problem")}}


def document(site: str, base: str) -> dict[str, Any]:
    """The document. `base` is the address of the API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site} 政府信息公开接口",
            "version": VERSION,
            "description": f"只读，不需要注册；只有已经主动公开的信息。每个地址每分钟最多 {A_MINUTE} 次。",
        },
        "servers": [{"url": base}],
        "paths": {route.template: {"get": _operation(route)} for route in ROUTES},
        "components": {"schemas": SCHEMAS},
    }


def _operation(route: Route) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"name": one.name, "in": "query", "description": one.description, "schema": dict(one.schema)}
        | ({"required": True} if one.required else {})
        for one in route.parameters
    ]
    if route.has_id:
        parameters.insert(0, {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}})
    conditional = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}, "description": "上次的 ETag"}
    statuses = [400, 429, *([404] if route.has_id else []), *([410] if route.gone else [])]
    return {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": [*parameters, conditional],
        "responses": {
            "200": {
                "description": "成功",
                "headers": {"ETag": {"schema": {"type": "string"}}, "Link": {"schema": {"type": "string"}}},
                "content": {_MEDIA: {"schema": to(route.schema)}},
            },
            "304": {"description": "与 If-None-Match 所说的相同"},
            **{str(status): {"description": TITLES[status], "content": _PROBLEM} for status in sorted(statuses)},
        },
    }
