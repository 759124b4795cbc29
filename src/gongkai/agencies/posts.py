"""The posts (岗位) of an agency's disclosure work, as data."""

from dataclasses import dataclass
from typing import Final, Literal

PostKey = Literal["handler", "reviewer", "section_head", "leader", "secrecy", "competent", "admin"]


@dataclass(frozen=True, slots=True)
class Post:
    """A post. `decides`: it decides or administers, and so needs a second factor to sign in."""

    key: PostKey
    label: str
    duty: str
    decides: bool


POSTS: Final[dict[PostKey, Post]] = {
    post.key: post
    for post in (
        Post("handler", "处理人", "登记申请、拟稿、录入应公开的信息", decides=False),
        Post("reviewer", "信息公开审核员", "审核公开属性、文字和格式", decides=False),
        Post("section_head", "科室负责人", "复审本科室的稿件和答复", decides=True),
        Post("leader", "分管领导", "终审，签发答复和年度报告", decides=True),
        Post("secrecy", "保密审查员", "对拟公开的信息作保密审查（条例第十七条）", decides=True),
        Post("competent", "主管部门", "推进、指导、协调、监督所辖机关（条例第三条），汇总年度报告", decides=True),
        Post("admin", "管理员", "维护机关、人员和网站设置", decides=True),
    )
}
"""Every post by key, in the order of a paper's way through an agency."""
