"""Requests into answers: limits, parameters, ETag and 304, cross-origin reading, problems. And the page for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.agencies.doer import address_of
from gongkai.portal import addresses, columns, identity
from gongkai.portal.api import limits, openapi, parameters, problems
from gongkai.portal.api.problems import Problem
from gongkai.portal.api.routes import ROUTES, Route
from gongkai.portal.page import Page
from gongkai.portal.shell import show

_Data = Callable[[HttpRequest], dict[str, Any]]


def _serve(request: HttpRequest, data: _Data) -> HttpResponse:
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    else:
        try:
            response = _answered(request, data)
        except Problem as problem:
            response = problems.answer(problem)
            if problem.status == 405:
                response.headers["Allow"] = "GET, HEAD, OPTIONS"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    return response


def _answered(request: HttpRequest, data: _Data) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        raise Problem(405, "请用 GET 读取。")
    limits.insist(address_of(request))
    made = data(request)
    body = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, "application/json")
    etag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    if made.get("next"):
        response.headers["Link"] = f'<{made["next"]}>; rel="next"'
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=response))


def _view(route: Route) -> Callable[..., HttpResponse]:
    @wraps(route.view)
    def view(request: HttpRequest, **named: int) -> HttpResponse:
        def data(request: HttpRequest) -> dict[str, Any]:
            asked = parameters.read(route.parameters, request.GET.dict())
            if named.get("pk", 0) >= 2**63:
                raise Problem(404, "没有这个编号。")
            return route.view(asked, request.build_absolute_uri, **named)

        return _serve(request, data)

    return csrf_exempt(view)


@csrf_exempt
def document(request: HttpRequest) -> HttpResponse:
    """openapi.json."""

    def data(request: HttpRequest) -> dict[str, Any]:
        base = request.build_absolute_uri(addresses.to("api_root")).rstrip("/")
        return openapi.document(str(identity.current()), base)

    return _serve(request, data)


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address below."""

    def data(request: HttpRequest) -> dict[str, Any]:
        raise Problem(404, "接口里没有这个地址，请从接口目录 /api/v1/ 进入。")

    return _serve(request, data)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the API offers, for people."""
    return show(
        request,
        "api",
        Page("数据接口", columns.ABOUT, ((columns.ABOUT.name, columns.ABOUT.url),), description="供程序读取的公开信息"),
        routes=[route for route in ROUTES if route.name != "root"],
        base=request.build_absolute_uri(addresses.to("api_root")),
        most=limits.A_MINUTE,
    )


def urls() -> list[URLPattern]:
    """The addresses, from the table."""
    made = [path(f"api/v1/{route.path}", _view(route), name=f"api_{route.name}") for route in ROUTES]
    return [
        *made,
        path("api/v1/openapi.json", document, name="api_openapi"),
        path("api/docs/", page, name="api_page"),
        path("api/v1/<path:rest>", nothing, name="api_nothing"),
    ]
