"""The app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """公开网站."""

    name = "gongkai.portal"
    verbose_name = "公开网站"

    def ready(self) -> None:
        """Pages are made anew when what they show changes."""
        from gongkai.portal import freshness

        freshness.watch()
