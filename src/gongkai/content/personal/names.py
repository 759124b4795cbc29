"""Chinese names of persons: the surnames, and whether characters may be a name."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

# Surnames that are common words too: believed only after a colon and before a stop.
WEAK: Final = frozenset(
    "和于应时全能都有向成常安方高单关万元通明易经连支从后计公信台来位农华居管解保强富广利相空别原干东山水云年空那须充养索容官师"
)
# Words that begin like a name.
STOP: Final = frozenset(
    "应当 应该 应于 应在 时间 时限 常住 常见 全部 全县 全市 全体 全家 方可 方式 方法 高度 高级 安全 安置 安排 能够 能力 成立 成绩 成员 易地"
    " 连续 关于 关系 单位 单独 司法 都应 通过 通知 明确 元月 万元 和其 向本 向县 向市 康复 居住 任何 任职 任意 严重 严格 毕业 车辆 房屋"
    " 金额 金融 花名 文化 文件 文书 平均 双方 包括 包含 江苏 陕西 云南 山东 山西 广东 广西 河南 河北 湖南 湖北 安徽 上海 北京 重庆 全国"
    " 华人 华侨 游客 查询 查阅 计算 计划 项目 项下 温馨 路费 路线 水费 水电 石油 白天 黄牌 马上 牛羊 花费 沙石 温度 盛大 宁可 解决 解除"
    " 屈服 景区 古树 明细 原件 原则 公司 公民 公示 公开 公章 保险 保障 信息 信用 商户 商品 商标 党员 党组 习惯 强制 强化 边界 祖籍 劳动 劳务"
    " 官方 能否 利益 利息 师生 相关 相应 相对 年龄 年度 须知 须提 广大 充分 容易 官网 从事 别名 终止 终身 空缺 索赔 权利 权益 权限 益农 爱人"
    " 曾用 曾经 来源 来访 付款 代表 代理 代码 代为 代办 代签 符合 冷静 都是 冒用 管理 管辖 卫生 童年 计生 谈话 郎中 那么 养老 养殖 桂林"
    " 农业 农民 农村 通讯 通信 许可 许多 申请 申报 申诉 申领 任务 章程 祝贺 余额 余款 施工 施行 何时 何地 何种 夏季 秋季 温室 田地 田间 石材"
    " 范围 江河 白色 黄色 雷电 钱款 武装 武汉 万人 段落 文字 文盲 龙头 史料 方案 钟点 程序 程度 谢绝 高中 高龄 高校 高考 高低 高血 金属"
    " 杜绝 严禁 宋体 洪水 章节 鲁莽 成年 成功 成都 向上 向下 申明 井水 计入 计件 双女 双亲 双重 家属 东西 东至 容积 广场 费用 盖章 银行 师范"
    " 尤其 左右 强行 辛苦 位于 位置 解释 解放 包装 包办 宁波 华北 景点 车主 车牌 冉冉 边远 古代 米面 池塘 滕王 畅通 宫颈 木材 燕窝 冀望".split()
)


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    single, double = (resources.files("gongkai.content") / "data" / "surnames.txt").read_text("utf-8").splitlines()[:2]
    return frozenset(single.strip()), frozenset(double.split())


def surname_length(name: str) -> int:
    """How many characters of a name are the surname."""
    return 2 if len(name) > 2 and name[:2] in _surnames()[1] else 1


def may_be_name(text: str) -> bool:
    """Whether two to four characters may be a person's name."""
    single, double = _surnames()
    if text[:2] in STOP or not 2 <= len(text) <= 4 or set(text[1:]) == {"某"}:  # 张某某 names nobody
        return False
    if text[:2] in double:
        return len(text) >= 3
    return text[0] in single and len(text) <= 3


def is_weak(text: str) -> bool:
    """Whether the surname is a common word as well."""
    return text[0] in WEAK
