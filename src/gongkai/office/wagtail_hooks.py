"""The frame of Wagtail's admin, as our office: first screen, menu, brand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from gongkai.agencies.policy import policy_of
from gongkai.office import menu, tasks

MENU = (
    ("查找", "office_find", "office.enter", "search", 10),
    ("机关", "agencies_index", "agencies.view", "site", 200),
    ("工作人员", "staff_index", "staff.view", "group", 210),
    ("操作日志", "office_log", "audit.view", "history", 900),
    ("第一天指南", "office_guide", "office.enter", "help", 950),
)
"""(label, route, right, icon, order) of the entries that this app adds."""


for _entry in MENU:
    menu.register(*_entry)


class Queue(Component):
    """The first screen: what must I do today, and by when."""

    name, order, template_name = "queue", 10, "office/queue.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The person, the posts, the tasks."""
        request = parent_context["request"]
        policy = policy_of(request.user)
        kinds = tasks.queue(policy)
        everything = [task for _, found in kinds for task in found]
        counts = {lamp: sum(t.lamp == lamp for t in everything) for lamp in tasks.LAMPS}
        return {
            "request": request,
            "policy": policy,
            "kinds": kinds,
            "lamps": [(lamp, tasks.LAMPS[lamp], count) for lamp, count in counts.items() if count],
            "total": len(everything),
        }


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator, unused-ignore]
def first_screen(request: HttpRequest, panels: list[Component]) -> None:
    """Our queue instead of Wagtail's panels about pages."""
    panels[:] = [Queue()]


@hooks.register("construct_homepage_summary_items")  # type: ignore[untyped-decorator, unused-ignore]
def no_summary(request: HttpRequest, items: list[Component]) -> None:
    """Counts of pages and images are nobody's work."""
    items.clear()


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator, unused-ignore]
def only_ours(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own help and reports speak of Wagtail; the office has its own."""
    items[:] = [item for item in items if item.name not in ("help", "reports")]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator, unused-ignore]
def stylesheet() -> str:
    """The office's own few rules."""
    return str(format_html('<link rel="stylesheet" href="{}">', static("office/office.css")))
