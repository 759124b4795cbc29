"""Addresses of the office itself."""

from django.urls import path

from gongkai.office import views

urlpatterns = [
    path("find/", views.find, name="office_find"),
    path("guide/", views.guide, name="office_guide"),
    path("log/", views.log, name="office_log"),
    path("log/export.jsonl", views.log_export, name="office_log_export"),
]
