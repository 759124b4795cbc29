"""The app."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """主动公开."""

    name = "gongkai.disclosure"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Register rights and verbs, what agencies hold, the first screen's tasks and what search finds."""
        from gongkai.agencies import holdings, policy
        from gongkai.audit import verbs
        from gongkai.disclosure import actions, rights, sources
        from gongkai.disclosure.importing import actions as importing
        from gongkai.office import finding, tasks

        policy.register(rights.RIGHTS)
        verbs.register(actions.VERBS)
        verbs.register(importing.VERBS)
        holdings.register(sources.RECORDS)
        tasks.register(tasks.Kind("review", "等您审核", "没有等您审核的稿件。", sources.waiting))
        tasks.register(tasks.Kind("publish", "应公开的信息", "没有快到期的信息。", sources.due))
        finding.register(finding.Finder("records", "政府信息", sources.records))
