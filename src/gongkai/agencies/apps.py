"""The app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """机关与人员."""

    name = "gongkai.agencies"
    verbose_name = "机关与人员"

    def ready(self) -> None:
        """Register the rights of this app, and name its verbs for the log."""
        from gongkai.agencies import actions, policy, rights, staffing
        from gongkai.audit import verbs

        policy.register(rights.RIGHTS)
        verbs.register(actions.VERBS)
        verbs.register(staffing.VERBS)
