"""Errors as RFC 9457 has them: application/problem+json, in words that say what is wrong and what to do."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpResponse

TITLES: Final = {
    400: "请求的参数不正确",
    403: "不能打开这个地址",
    404: "没有这个地址或者这条信息",
    405: "接口只供读取",
    410: "信息已撤回",
    429: "请求过于频繁",
    500: "网站出错了",
    503: "网站正在维护",
}
"""What each status means."""


class Problem(Exception):
    """Raised by a view; becomes the answer."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more


def answer(problem: Problem) -> HttpResponse:
    """The problem as a response."""
    body = {"type": "about:blank", "title": TITLES[problem.status], "status": problem.status, "detail": problem.detail}
    response = HttpResponse(
        json.dumps(body | problem.more, ensure_ascii=False), "application/problem+json", problem.status
    )
    response.headers["Cache-Control"] = "no-store"
    if "retry_after" in problem.more:
        response.headers["Retry-After"] = str(problem.more["retry_after"])
    return response
