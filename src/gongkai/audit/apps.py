"""The app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """操作日志."""

    name = "gongkai.audit"
    verbose_name = "操作日志"

    def ready(self) -> None:
        """Register the verbs of this app; keep the triggers through migrations that make the table anew (SQLite)."""
        from gongkai.audit import verbs

        verbs.register({"audit.export": "导出操作日志", "site.backup": "备份网站", "site.restore": "恢复网站"})
        post_migrate.connect(_keep_triggers, sender=self)


def _keep_triggers(using: str, **kwargs: Any) -> None:
    from django.db import connections

    from gongkai.audit import triggers
    from gongkai.audit.models import Entry

    connection = connections[using]
    if Entry._meta.db_table in connection.introspection.table_names():
        triggers.install(connection)
