"""The app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """搜索."""

    name = "gongkai.search"
    verbose_name = "搜索"

    def ready(self) -> None:
        """Every `migrate` leaves the index in the form of this code, after an update or a restored backup, too."""
        post_migrate.connect(_keep_index, sender=self)


def _keep_index(using: str, **kwargs: Any) -> None:
    from django.db import DEFAULT_DB_ALIAS, connections

    from gongkai.search import actions, forms
    from gongkai.search.models import Form, Item

    there = connections[using].introspection.table_names()
    if using != DEFAULT_DB_ALIAS or Form._meta.db_table not in there or forms.is_current():
        return
    if Item.objects.exists():
        actions.rebuild()
    forms.keep()
