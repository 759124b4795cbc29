"""Addresses of the public site's screens in the office."""

from django.urls import path

from gongkai.portal import admin, topic_desk

urlpatterns = [
    path("identity/", admin.identity, name="portal_identity"),
    path("topics/", topic_desk.index, name="topics_index"),
    path("topics/new/", topic_desk.new, name="topics_new"),
    path("topics/<int:pk>/", topic_desk.show, name="topics_show"),
    path("topics/<int:pk>/edit/", topic_desk.edit, name="topics_edit"),
    path("topics/<int:pk>/publish/", topic_desk.publish, name="topics_publish"),
    path("topics/<int:pk>/hide/", topic_desk.hide, name="topics_hide"),
    path("topics/<int:pk>/sections/", topic_desk.add_section, name="topics_add_section"),
    path("topics/<int:pk>/sections/<int:section>/", topic_desk.edit_section, name="topics_edit_section"),
    path("topics/<int:pk>/sections/<int:section>/drop/", topic_desk.drop_section, name="topics_drop_section"),
]
