"""The app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """公开网站."""

    name = "gongkai.portal"
    verbose_name = "公开网站"

    def ready(self) -> None:
        """Register rights and verbs; pages are made anew when what they show changes."""
        from gongkai.agencies import policy
        from gongkai.audit import verbs
        from gongkai.portal import actions, bulk, catalogue, freshness, rights, topics

        policy.register(rights.RIGHTS)
        verbs.register({**actions.VERBS, **topics.VERBS})
        freshness.watch()
        catalogue.watch()
        bulk.watch()
