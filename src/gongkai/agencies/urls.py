"""Addresses of agencies and staff, below /office/."""

from django.urls import path

from gongkai.agencies import admin, staff_admin

urlpatterns = [
    path("agencies/", admin.index, name="agencies_index"),
    path("agencies/new/", admin.found, name="agencies_found"),
    path("agencies/export.xlsx", admin.export, name="agencies_export"),
    path("agencies/import/", admin.import_sheet, name="agencies_import"),
    path("agencies/<int:pk>/", admin.show, name="agencies_show"),
    path("agencies/<int:pk>/describe/", admin.describe, name="agencies_describe"),
    path("agencies/<int:pk>/correct/", admin.correct, name="agencies_correct"),
    path("agencies/<int:pk>/rename/", admin.rename, name="agencies_rename"),
    path("agencies/<int:pk>/move/", admin.move, name="agencies_move"),
    path("agencies/<int:pk>/merge/", admin.merge, name="agencies_merge"),
    path("agencies/<int:pk>/transfer/", admin.transfer, name="agencies_transfer"),
    path("agencies/<int:pk>/abolish/", admin.abolish, name="agencies_abolish"),
    path("staff/", staff_admin.index, name="staff_index"),
    path("staff/new/", staff_admin.enrol, name="staff_enrol"),
    path("staff/<int:pk>/", staff_admin.show, name="staff_show"),
    path("staff/<int:pk>/describe/", staff_admin.describe, name="staff_describe"),
    path("staff/<int:pk>/appoint/", staff_admin.appoint, name="staff_appoint"),
    path("staff/<int:pk>/dismiss/<int:posting>/", staff_admin.dismiss, name="staff_dismiss"),
    path("staff/<int:pk>/active/", staff_admin.set_active, name="staff_set_active"),
    path("staff/<int:pk>/password/", staff_admin.issue_password, name="staff_issue_password"),
]
