"""专题: which there are, what a section lists; verbs that build one, show it, hide it."""

from __future__ import annotations

import re
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from gongkai.agencies.doer import Doer, insist, unsaved
from gongkai.audit.actions import record as log
from gongkai.content.unseen import tidy
from gongkai.disclosure.lists import Wanted
from gongkai.portal.models import Section, Topic

VERBS = {
    "topics.save": "编辑专题",
    "topics.show": "公开专题",
    "topics.hide": "撤下专题",
}
"""The verbs of this file, as the log names them."""

MOST_SECTIONS: Final = 8
"""Each section asks the database once; so many a page shows at once."""


_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_WRONG: Final = "网址名只能用小写字母、数字和连字符，如 land-compensation。"


def shown() -> QuerySet[Topic]:
    """The topics that the public sees, in order."""
    return Topic.objects.filter(is_shown=True)


def numbered(topic: Topic, number: str) -> Section | None:
    """A section by its number in its topic, as addresses have it; None where there is none."""
    return dict(enumerate(topic.sections.all(), 1)).get(int(number)) if number.isdecimal() else None


def wanted(section: Section) -> Wanted:
    """Which records a section lists."""
    return Wanted(
        agency=section.of_id,
        item=section.item,
        theme=section.theme,
        field=section.field,
        column=section.column,
        is_normative=section.is_normative or None,
        words=section.words,
    )


# ----------------------------------------------------------------------------------------------------------------- verbs


def why_not_edit(by: Doer, topic: Topic) -> list[str]:
    """Every reason against changing a topic. One that the public sees is changed by who may show it."""
    reasons = by.why_not("topics.edit", topic.agency)
    if topic.is_shown and not reasons:
        reasons = by.why_not("topics.show", topic.agency)
    return reasons


def why_not_slug(topic: Topic) -> list[str]:
    """What is wrong with its part of the address."""
    if not _SLUG.fullmatch(topic.slug):
        return [SLUG_WRONG]
    if Topic.objects.filter(slug=topic.slug).exclude(pk=topic.pk).exists():
        return [f"网址名“{topic.slug}”已经有专题在用，请换一个。"]
    return []


@transaction.atomic
def save(by: Doer, topic: Topic, **fields: Any) -> Topic:
    """Begin a topic, or change what it says."""
    for name, value in fields.items():
        setattr(topic, name, tidy(value))
    insist(why_not_edit(by, topic), why_not_slug(topic) or unsaved(topic))
    return _saved(by, topic)


@transaction.atomic
def save_section(by: Doer, section: Section, **fields: Any) -> Section:
    """Add a section to a topic, or change one."""
    for name, value in fields.items():
        setattr(section, name, tidy(value))
    insist(why_not_edit(by, section.topic), unsaved(section), _asks_nothing(section), _too_many(section))
    section.save()
    _saved(by, section.topic)
    return section


def _asks_nothing(section: Section) -> list[str]:
    if wanted(section) == Wanted():
        return ["请至少选一个条件，否则这里会列出全部信息。"]
    return []


def _too_many(section: Section) -> list[str]:
    others = section.topic.sections.exclude(pk=section.pk).count()
    return [f"一个专题最多{MOST_SECTIONS}个子栏目。"] if others >= MOST_SECTIONS else []


@transaction.atomic
def drop_section(by: Doer, section: Section) -> None:
    """Take a section out of its topic."""
    insist(why_not_edit(by, section.topic))
    section.delete()
    _saved(by, section.topic)


def _saved(by: Doer, topic: Topic) -> Topic:
    topic.edited_by = by.staff
    topic.save()
    log(by.actor(), "topics.save", topic)
    return topic


def why_not_show(by: Doer, topic: Topic) -> list[str]:
    """Every reason against showing it to the public: someone else than who made it looks at it first (先审查后公开)."""
    reasons = by.why_not("topics.show", topic.agency)
    if topic.is_shown:
        reasons.append("专题已经公开。")
    if not topic.sections.exists():
        reasons.append("还没有子栏目。")
    if by.staff is not None and by.staff.pk == topic.edited_by_id:
        reasons.append("不能公开自己编辑的专题，请由另一位办理。")
    return reasons


@transaction.atomic
def show(by: Doer, topic: Topic) -> Topic:
    """Show it to the public."""
    topic = Topic.objects.select_for_update().select_related("agency").get(pk=topic.pk)
    insist(why_not_show(by, topic))
    return _turn(by, topic, is_shown=True)


def why_not_hide(by: Doer, topic: Topic) -> list[str]:
    """Every reason against taking it down."""
    return by.why_not("topics.show", topic.agency) + ([] if topic.is_shown else ["专题没有公开。"])


@transaction.atomic
def hide(by: Doer, topic: Topic) -> Topic:
    """Take it down; the records stay public where they are."""
    topic = Topic.objects.select_for_update().select_related("agency").get(pk=topic.pk)
    insist(why_not_hide(by, topic))
    return _turn(by, topic, is_shown=False)


def _turn(by: Doer, topic: Topic, *, is_shown: bool) -> Topic:
    topic.is_shown = is_shown
    topic.save(update_fields=["is_shown"])
    log(by.actor(), "topics.show" if is_shown else "topics.hide", topic)
    return topic
