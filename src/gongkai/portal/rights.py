"""What can be done to the public site."""

from gongkai.agencies.policy import Right

RIGHTS = (Right("site.identify", "修改网站标识", below=frozenset({"competent", "admin"})),)
