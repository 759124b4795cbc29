"""The app."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """工作台."""

    name = "gongkai.office"
    verbose_name = "工作台"
