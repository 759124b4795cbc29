"""The app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """操作日志."""

    name = "gongkai.audit"
    verbose_name = "操作日志"
