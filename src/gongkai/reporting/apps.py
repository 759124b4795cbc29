"""The app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """年度报告."""

    name = "gongkai.reporting"
    verbose_name = "年度报告"
