"""What can be done to the public site."""

from gongkai.agencies.policy import Right

RIGHTS = (
    Right("site.identify", "修改网站标识", below=frozenset({"competent", "admin"})),
    Right("topics.edit", "编辑专题", own=frozenset({"handler", "reviewer"}), below=frozenset({"competent"})),
    Right("topics.show", "公开和撤下专题", own=frozenset({"reviewer", "leader"}), below=frozenset({"competent"})),
)
