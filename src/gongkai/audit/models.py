"""The one noun: an entry of the log. Only `actions.record` writes it; nobody changes or deletes it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from gongkai.audit import chain
from gongkai.audit.verbs import VERBS


class EntriesAreFinal(Exception):
    """Somebody tried to write, change or delete entries in another way than `actions.record`."""

    def __init__(self) -> None:
        super().__init__("操作日志只能由 gongkai.audit.actions.record 追加，不能修改或者删除。")


class Entries(models.QuerySet["Entry"]):
    """Entries to read. The database refuses the same things once more, by triggers."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise EntriesAreFinal

    update = delete = bulk_update = bulk_create = update_or_create = get_or_create = create = _refuse
    _raw_delete = _update = _refuse


class Entry(models.Model):
    """Someone did something to something. `number` has no gaps; `previous` and `hash` chain the entries."""

    number = models.BigIntegerField("编号", primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.JSONField("操作人")
    verb = models.CharField("操作", max_length=60, db_index=True)
    target_type = models.CharField("对象类别", max_length=100, blank=True)
    target_id = models.CharField("对象编号", max_length=64, blank=True)
    label = models.CharField("对象", max_length=200, blank=True)
    details = models.JSONField("详情", default=dict)
    previous = models.CharField("上一条的哈希值", max_length=64)
    hash = models.CharField("哈希值", max_length=64)

    objects = Entries.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        ordering = ("number",)
        default_permissions = ()
        base_manager_name = "objects"
        indexes = (models.Index(fields=("target_type", "target_id"), name="entry_by_target"),)

    def __str__(self) -> str:
        return f"{self.number} {self.verb_label} {self.label}".rstrip()

    @property
    def verb_label(self) -> str:
        """What was done, in Chinese."""
        return VERBS.get(self.verb, self.verb)

    def to_json(self) -> dict[str, Any]:
        """As the hash sees it, and as a line of an export says it."""
        return {name: getattr(self, name) for name in (*chain.FIELDS, "hash")} | {"at": chain.moment(self.at)}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused; `actions.record` inserts."""
        raise EntriesAreFinal

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise EntriesAreFinal
