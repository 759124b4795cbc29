"""The app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DisclosureConfig(AppConfig):
    """主动公开."""

    name = "gongkai.disclosure"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Register rights and verbs, what agencies hold, the first screen's tasks and what search finds."""
        from datetime import timedelta

        from gongkai.agencies import holdings, policy
        from gongkai.audit import verbs
        from gongkai.disclosure import actions, file_texts, rights, scheduling, shown, sources
        from gongkai.disclosure.catalogue import actions as catalogue
        from gongkai.disclosure.catalogue import sources as catalogued
        from gongkai.disclosure.importing import actions as importing
        from gongkai.office import chores, finding, tasks

        policy.register(rights.RIGHTS)
        verbs.register(actions.VERBS)
        verbs.register(importing.VERBS)
        verbs.register(catalogue.VERBS)
        holdings.register(sources.RECORDS)
        holdings.register(sources.SHOWN)
        holdings.register(catalogued.ROWS)
        tasks.register(tasks.Kind("review", "等您审核", "没有等您审核的稿件。", sources.waiting))
        tasks.register(tasks.Kind("ratify", "等您追认", "没有待追认的应急发布。", sources.forced))
        tasks.register(tasks.Kind("stuck", "没有人能办的审核", "没有要您督促的审核。", sources.stuck))
        tasks.register(tasks.Kind("unfinished", "退回的和没有送审的修改稿", "没有退回的稿件。", sources.unfinished))
        tasks.register(tasks.Kind("approved", "待发布", "没有审定以后待发布的信息。", sources.approved))
        tasks.register(tasks.Kind("publish", "应公开的信息", "没有快到期的信息。", sources.due))
        tasks.register(tasks.Kind("interpret", "要发布的解读", "没有等着解读的文件。", sources.interpretations))
        tasks.register(tasks.Kind("scheduled", "定时发布", "没有定时发布的信息。", sources.scheduled))
        tasks.register(tasks.Kind("leaks", "附件里的个人信息", "公开的附件里没有发现个人信息。", sources.leaks))
        tasks.register(tasks.Kind("expiring", "快到期的文件", "没有快到有效期的文件。", sources.expiring))
        tasks.register(tasks.Kind("reassess", "要重新评估的信息", "没有要重新评估的信息。", sources.reassessments))
        tasks.register(tasks.Kind("catalogue", "标准目录", "目录里的事项都按时公开了。", catalogued.tasks))
        chores.register(chores.Chore("read-files", "读取附件", timedelta(seconds=20), file_texts.chore))
        chores.register(chores.Chore("publish", "定时发布", timedelta(seconds=20), scheduling.chore))
        chores.register(chores.Chore("validity", "核对有效性", timedelta(hours=1), shown.keep_validity))
        chores.register(chores.Chore("owners", "核对归属", timedelta(minutes=10), shown.keep_owners))
        post_migrate.connect(_keep_shown, sender=self)
        finding.register(finding.Finder("records", "政府信息", sources.records))


def _keep_shown(using: str, **kwargs: Any) -> None:
    """Every `migrate` leaves what is public listed and found, after an update, too, that filters by something new."""
    from django.db import DEFAULT_DB_ALIAS, connections

    from gongkai.disclosure import indexing, shown
    from gongkai.disclosure.models import Shown
    from gongkai.search.models import Item

    there = connections[using].introspection.table_names()
    has_tables = {Shown._meta.db_table, Item._meta.db_table} <= set(there)
    if using == DEFAULT_DB_ALIAS and has_tables and not indexing.is_current():
        shown.bring_all()
