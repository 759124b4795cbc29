"""The app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """登录与会话."""

    name = "gongkai.access"
    verbose_name = "登录与会话"
