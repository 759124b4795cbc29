"""The app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """登录与会话."""

    name = "gongkai.access"
    verbose_name = "登录与会话"

    def ready(self) -> None:
        """Name the verbs of this app for the log."""
        from gongkai.access import actions
        from gongkai.audit import verbs

        verbs.register(actions.VERBS)
