"""What can be done to records of government information."""

from gongkai.agencies.policy import Right
from gongkai.agencies.posts import POSTS

_EVERYONE = frozenset(POSTS)

RIGHTS = (
    Right("records.view", "查看本机关的稿件", own=_EVERYONE, below=frozenset({"competent"})),
    Right("records.draft", "起草和修改稿件", own=frozenset({"handler", "reviewer"})),
    Right("records.review", "审核稿件", own=frozenset({"reviewer", "section_head", "leader", "secrecy"})),
    Right("records.oversee", "督促审核", below=frozenset({"competent", "admin"})),
    Right("records.lexicon", "更新错敏词词库", below=frozenset({"competent", "admin"})),
    Right("records.assess", "评估不公开的信息", own=frozenset({"reviewer", "section_head", "leader", "secrecy"})),
    Right("records.force", "应急发布", own=frozenset({"leader"})),
    Right("records.publish", "发布审定的稿件", own=frozenset({"handler", "reviewer", "leader"})),
    Right(
        "records.withdraw",
        "撤回已发布的信息",
        own=frozenset({"section_head", "leader"}),
        below=frozenset({"competent"}),
    ),
    Right(
        "records.catalogue",
        "编制标准目录",
        own=frozenset({"handler", "reviewer", "section_head"}),
        below=frozenset({"competent"}),
    ),
    Right("records.import", "导入已公开的历史信息", below=frozenset({"competent", "admin"})),
)
