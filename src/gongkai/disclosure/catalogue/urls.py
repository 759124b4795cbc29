"""Addresses of the standard catalogue, below /office/."""

from django.urls import path

from gongkai.disclosure.catalogue import admin

urlpatterns = [
    path("catalogue/", admin.index, name="catalogue_index"),
    path("catalogue/<int:pk>/", admin.show, name="catalogue_show"),
    path("catalogue/<int:pk>/add/", admin.add, name="catalogue_add"),
    path("catalogue/<int:pk>/export.xlsx", admin.export, name="catalogue_export"),
    path("catalogue/<int:pk>/import/", admin.import_sheet, name="catalogue_import"),
    path("catalogue/rows/<int:pk>/", admin.change, name="catalogue_change"),
    path("catalogue/rows/<int:pk>/retire/", admin.retire, name="catalogue_retire"),
]
