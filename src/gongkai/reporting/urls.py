"""Addresses of 年报核校."""

from django.urls import path

from gongkai.reporting import views

urlpatterns = [
    path("", views.start, name="start"),
    path("report.css", views.report_style, name="report_style"),
    path("demo/", views.demo, name="demo"),
    path("b/<str:token>/", views.batch, name="batch"),
    path("b/<str:token>/rows", views.rows, name="rows"),
    path("b/<str:token>/expect", views.expect, name="expect"),
    path("b/<str:token>/keep", views.keep, name="keep"),
    path("b/<str:token>/delete", views.delete, name="delete"),
    path("b/<str:token>/consolidate", views.consolidated, name="consolidated"),
    path("b/<str:token>/consolidate/result<str:suffix>", views.download_consolidated, name="download_consolidated"),
    path("b/<str:token>/compare", views.compared, name="compared"),
    path("b/<str:token>/<int:number>/", views.report, name="report"),
    path("b/<str:token>/<int:number>/source", views.source, name="source"),
    path("b/<str:token>/<int:number>/page/<int:page>.png", views.page_picture, name="page_picture"),
    path("b/<str:token>/<int:number>/report<str:suffix>", views.download, name="download"),
    path("b/<str:token>/<int:number>/original", views.original, name="original"),
]
