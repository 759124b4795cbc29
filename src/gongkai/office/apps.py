"""The app."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """工作台."""

    name = "gongkai.office"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Register what agencies, staff and the calendar give to the first screen and to search."""
        from gongkai.audit import verbs
        from gongkai.office import finding, sources, tasks, views

        verbs.register(views.VERBS)
        tasks.register(tasks.Kind("report", "年度报告", "现在没有要报送的年度报告。", sources.report_due))
        tasks.register(tasks.Kind("contact", "机关资料", "本机关的联系资料齐全。", sources.incomplete))
        tasks.register(tasks.Kind("vacant", "岗位空缺", "每个机关都有处理人。", sources.vacant))
        finding.register(finding.Finder("agencies", "机关", sources.agencies))
        finding.register(finding.Finder("staff", "工作人员", sources.people))
