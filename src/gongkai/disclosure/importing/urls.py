"""Addresses of the import, below /office/."""

from django.urls import path

from gongkai.disclosure.importing import admin

urlpatterns = [
    path("records/import/", admin.begin, name="records_import"),
    path("records/import/blank.xlsx", admin.blank, name="records_import_blank"),
    path("records/import/<int:pk>/", admin.run, name="records_import_run"),
    path("records/import/<int:pk>/refused.csv", admin.refused, name="records_import_refused"),
]
