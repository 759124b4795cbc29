"""Addresses of the public site."""

from django.urls import path, re_path

from gongkai.portal import (
    bulk,
    catalogue,
    display,
    exports,
    files,
    guide,
    machines,
    records,
    searching,
    topic_pages,
    views,
)
from gongkai.portal.api import serving

app_name = "portal"
urlpatterns = [
    path("", views.start, name="home"),
    path("guide/", guide.guide, name="guide"),
    path("rules/", views.rules_page, name="rules"),
    path("content/", records.contents, name="content"),
    path("content/<int:pk>/", records.record, name="record"),
    path("content/catalogue/", catalogue.start, name="catalogue"),
    path("content/catalogue/<slug:kind>/<int:key>/", catalogue.tables, name="catalogue_table"),
    path("content/catalogue/<slug:kind>/<int:key>/catalogue.xlsx", catalogue.export, name="catalogue_export"),
    path("content/<slug:kind>/", records.record_list, name="records_list"),
    path("content/<slug:kind>/records.csv", exports.table, name="records_export"),
    path("content/<slug:kind>/feed.xml", exports.feed, name="records_feed"),
    path("content/<slug:kind>/<slug:key>/", records.record_list, name="records_keyed_list"),
    path("content/<slug:kind>/<slug:key>/records.csv", exports.table, name="records_keyed_export"),
    path("content/<slug:kind>/<slug:key>/feed.xml", exports.feed, name="records_keyed_feed"),
    path("data/records.csv.gz", bulk.download, {"kind": "csv"}, name="bulk_csv"),
    path("data/records.jsonl.gz", bulk.download, {"kind": "jsonl"}, name="bulk_jsonl"),
    path("files/<int:pk>/<str:name>", files.download, name="file"),
    path("topics/", topic_pages.index, name="topics"),
    path("topics/<slug:slug>/", topic_pages.topic, name="topic"),
    path("topics/<slug:slug>/<int:number>/", topic_pages.section, name="topic_section"),
    path("reports/", views.reports, name="reports"),
    path("apply/", views.apply, name="apply"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/changes/", views.changes, name="changes"),
    path("agencies/<int:pk>/", views.agency, name="agency"),
    path("about/", views.about, name="about"),
    path("search", searching.find, name="search"),
    path("search/records.csv", searching.table, name="search_export"),
    path("search/feed.xml", searching.feed, name="search_feed"),
    re_path(f"^display/(?P<choice>{'|'.join(display.CHOICES)})$", display.choose, name="display"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", machines.sitemap_part, name="sitemap_part"),
    path("feeds/", machines.feeds, name="feeds"),
    path("robots.txt", machines.robots, name="robots"),
    path("feed/", machines.feed, name="feed"),
    path("api/", machines.api, name="api"),
    *serving.urls(),
]
