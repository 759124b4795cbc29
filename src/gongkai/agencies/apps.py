"""The app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """机关与人员."""

    name = "gongkai.agencies"
    verbose_name = "机关与人员"

    def ready(self) -> None:
        """Register the rights of this app."""
        from gongkai.agencies import policy, rights

        policy.register(rights.RIGHTS)
