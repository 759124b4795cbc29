"""What can be done to agencies and staff."""

from gongkai.agencies.policy import Right
from gongkai.agencies.posts import POSTS

EVERYONE = frozenset(POSTS)

RIGHTS = (
    Right("office.enter", "进入工作台", own=EVERYONE),
    Right("agencies.view", "查看机关资料", own=EVERYONE, below=frozenset({"competent", "admin"})),
    Right(
        "agencies.describe",
        "修改机关联系资料",
        own=frozenset({"reviewer", "admin"}),
        below=frozenset({"competent", "admin"}),
    ),
    Right("agencies.reorganise", "办理机构设立、更名、合并和撤销", below=frozenset({"competent", "admin"})),
    Right("staff.view", "查看工作人员", own=EVERYONE, below=frozenset({"competent", "admin"})),
    Right("staff.appoint", "维护工作人员账号和任职", below=frozenset({"admin"})),
    Right("audit.view", "查看操作日志", below=frozenset({"competent", "admin"})),
)
