"""Addresses of 年报核校."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from gongkai.reporting import views
from gongkai.reporting.admittance import admitted


def _page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(route, admitted(view), name=name)


app_name = "reporting"
urlpatterns = [
    _page("", views.start, "start"),
    _page("report.css", views.report_style, "report_style"),
    _page("demo/", views.demo, "demo"),
    _page("b/<str:token>/", views.batch, "batch"),
    _page("b/<str:token>/rows", views.rows, "rows"),
    _page("b/<str:token>/expect", views.expect, "expect"),
    _page("b/<str:token>/keep", views.keep, "keep"),
    _page("b/<str:token>/delete", views.delete, "delete"),
    _page("b/<str:token>/consolidate", views.consolidated, "consolidated"),
    _page("b/<str:token>/consolidate/result<str:suffix>", views.download_consolidated, "download_consolidated"),
    _page("b/<str:token>/compare", views.compared, "compared"),
    _page("b/<str:token>/<int:number>/", views.report, "report"),
    _page("b/<str:token>/<int:number>/source", views.source, "source"),
    _page("b/<str:token>/<int:number>/page/<int:page>.png", views.page_picture, "page_picture"),
    _page("b/<str:token>/<int:number>/report<str:suffix>", views.download, "download"),
    _page("b/<str:token>/<int:number>/original", views.original, "original"),
]
