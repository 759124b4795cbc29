"""Addresses of the public site's screens in the office."""

from django.urls import path

from gongkai.portal import admin

urlpatterns = [path("identity/", admin.identity, name="portal_identity")]
