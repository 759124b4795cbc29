"""Pages for what went wrong, in the look and the words of this site."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from gongkai.portal import display
from gongkai.portal.api import problems
from gongkai.portal.page import Page
from gongkai.portal.page_cache import pages
from gongkai.portal.templatetags.portal import day

API: Final = "/api/v1/"
"""Below it programs ask: they get the problem without a page around it."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 where what was typed is more than we take. The office keeps it in the browser (keep.js) until it is saved."""
    if isinstance(exception, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
        return _problem(
            request, 413, "内容太大，没有保存",
            f"填写的内容超过{most}MB，请返回上一页（刚才填写的一般可以恢复），把大表格作为附件上传后再保存。",
        )  # fmt: skip
    return _problem(request, 400, "请求不完整", "浏览器发来的内容无法处理。请回到首页，从栏目或搜索重新进入。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _problem(request, 403, "不能打开这个页面", "这个页面不对您开放。如果您是工作人员，请先登录。")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _problem(
        request, 404, "没有这个页面", "地址可能不完整，或者页面已经移动、过期。可以用上方的搜索查找，或者从栏目进入。"
    )


def gone(request: HttpRequest, at: datetime, reason: str) -> HttpResponse:
    """410: what was public and was taken back, with the day and the reason. Not kept: each has its own."""
    request.is_error = True
    message = f"这条信息曾经公开，已于{day(at)}撤回。理由：{reason}"
    context = {"page": Page("信息已撤回"), "message": message, "status": 410}
    response = HttpResponse(render_to_string("portal/problem.html", context, request), status=410)
    response.headers["Cache-Control"] = "no-store"
    return response


def held(request: HttpRequest, why: str) -> HttpResponse:
    """409: a file that is still being looked through."""
    return _later(request, 409, "附件暂不能下载", why)


def not_yet(request: HttpRequest, why: str) -> HttpResponse:
    """404: a file that has still to be made."""
    return _later(request, 404, "数据文件还没有生成", why)


def _later(request: HttpRequest, status: int, title: str, why: str) -> HttpResponse:
    """What may be there in a minute; so the page is not kept."""
    request.is_error = True
    context = {"page": Page(title), "message": why, "status": status}
    headers = {"Cache-Control": "no-store", "Retry-After": "120"}
    return HttpResponse(render_to_string("portal/problem.html", context, request), status=status, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where the database does not answer."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _problem(request, 500, "网站出错了", "这不是您的错，我们已经记录。请稍后再试；如果一再出现，请告诉我们。")


def unavailable(request: HttpRequest) -> HttpResponse:
    """503."""
    response = _problem(request, 503, "网站正在维护", "暂时不能提供服务，您没有做错什么。请几分钟后再打开。")
    response.headers["Retry-After"] = "120"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old or comes from elsewhere."""
    return _problem(
        request, 403, "页面已过期", "请返回上一页，刷新后再提交一次。若浏览器禁用了 Cookie，请先为本站启用。", "form"
    )


def _problem(request: HttpRequest, status: int, title: str, message: str, slug: str = "") -> HttpResponse:
    """The page of a problem. It names no address of the request, so that one serves for all and is kept."""
    request.is_error = True
    if request.path.startswith(API):
        return problems.answer(problems.Problem(status, message))
    key = f"portal.problem.{status}.{slug}.{display.of(request).key}"
    body = pages.get(key) if settings.PAGE_SECONDS else None
    if body is None:
        context = {"page": Page(title), "message": message, "status": status}
        body = render_to_string("portal/problem.html", context, request)
        if settings.PAGE_SECONDS:
            pages.set(key, body, settings.PAGE_SECONDS)
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
