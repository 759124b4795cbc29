"""Addresses of the public site."""

from django.urls import path, re_path

from gongkai.portal import display, machines, views

app_name = "portal"
urlpatterns = [
    path("", views.start, name="home"),
    path("guide/", views.guide, name="guide"),
    path("rules/", views.rules_page, name="rules"),
    path("content/", views.content, name="content"),
    path("reports/", views.reports, name="reports"),
    path("apply/", views.apply, name="apply"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/changes/", views.changes, name="changes"),
    path("agencies/<int:pk>/", views.agency, name="agency"),
    path("about/", views.about, name="about"),
    path("search", views.find, name="search"),
    re_path(f"^display/(?P<choice>{'|'.join(display.CHOICES)})$", display.choose, name="display"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("feed/", machines.feed, name="feed"),
    path("api/", machines.api, name="api"),
]
