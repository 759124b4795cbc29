"""Plausible records of a county government, made the same every time: shared vocabulary, official turns, real lengths."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Final

from gongkai.search.entries import Entry

_TOWNS = [
    a + b
    for a, b in product(
        "清河柳青龙石马东西南北高大杨王李", ("坪镇", "河镇", "桥镇", "山乡", "店镇", "湾乡", "岭乡", "泉街道")
    )
]
_AGENCIES = """教育局 财政局 民政局 水利局 农业农村局 自然资源局 住房和城乡建设局 交通运输局 卫生健康委员会 生态环境局 应急管理局
市场监督管理局 人力资源和社会保障局 发展和改革委员会 文化广电和旅游局 审计局 统计局 医疗保障局 行政审批服务局 司法局 公安局
乡村振兴局 林业局 城市管理局 退役军人事务局 信访局 科学技术局 商务局""".split()
_TOPICS = """城乡居民最低生活保障 特困人员救助供养 农村危房改造 耕地地力保护补贴 农机购置补贴 义务教育招生 学前教育普惠 集体土地征收
国有土地上房屋征收与补偿 保障性住房配租 养老机构备案 残疾人两项补贴 城乡居民基本医疗保险 城乡居民基本养老保险 失业保险稳岗返还
创业担保贷款 安全生产专项整治 食品安全监督抽检 大气污染防治 饮用水水源保护 河湖长制 防汛抗旱应急预案 森林防火 重大建设项目审批
政府采购 公共资源交易 财政预算决算 行政事业性收费 行政处罚裁量基准 双随机一公开监管 政务公开要点 政府信息公开 优化营商环境
招商引资 乡村旅游 文物保护 非物质文化遗产 公共图书馆总分馆 全民健身 疫苗接种 家庭医生签约 计划生育奖励扶助 退役军人安置
高标准农田建设 农村饮水安全 农村厕所革命 生活垃圾分类 城镇老旧小区改造 道路交通安全 公路养护 物流园区 数字乡村 一网通办
信用体系建设 知识产权保护 公务员招录 事业单位招聘 职业技能培训 根治欠薪 法律援助 人民调解 社区矫正 信访积案化解""".split()
_GENRES = (
    "通知 意见 实施方案 实施细则 公告 通告 批复 函 管理办法 工作要点 情况通报 公示 解读 应急预案 目录清单 报告".split()
)
_OPENERS = """为深入贯彻落实党中央、国务院决策部署， 根据省、市有关文件精神， 按照县委、县政府工作安排， 为切实维护群众合法权益，
结合我县实际， 经县政府第{n}次常务会议研究同意， 为规范工作程序，提高行政效能， 依据《中华人民共和国政府信息公开条例》，""".split()
_BODIES = """现就{t}有关事项{g}如下。 各乡镇人民政府、县直各有关部门要高度重视{t}工作，加强组织领导，明确责任分工。
{a}负责{t}的组织实施和监督检查，{b}配合做好资金保障。 补助标准为每人每月{n}元，自{y}年{m}月{d}日起执行。
{w}共有{n}户纳入{t}范围，累计发放资金{k}.{m}万元。 申请人应当向户籍所在地{w}提出书面申请，并提交身份证明等材料。
县级主管部门应当自受理之日起{m}个工作日内作出决定。 对弄虚作假、骗取资金的，依法依规追究责任。 各单位要于每月{d}日前报送进展情况。
严格落实“{t}”各项制度，做到应保尽保、应退尽退。 联系电话：0{n}-{k}{n}，联系人：{s}{s2}。 本{g}自公布之日起施行，有效期{m}年。
其中{w}实施{t}项目{d}个，总投资{k}万元，占年度计划的{m}.{d}%。 要坚持以人民为中心，统筹推进{t}与{u}，确保各项任务落到实处。
建立健全长效机制，定期开展“回头看”，及时发现并整改问题。 经公示无异议的，由{a}汇总后报县政府审批。 现将{y}年第{m}季度{t}情况予以公布。
强化宣传引导，通过政府网站、政务新媒体、村务公开栏等渠道公开政策。 {s}{s2}等{m}名同志任领导小组成员，办公室设在{a}。
列入Q/GK {n}-{y}标准的设备，型号为GK-{k}{l}，由{b}统一采购。 地块编号{l}{m}-{d}，四至范围：东至{w}，西至{v}，面积{n}.{d}亩。""".split(
    "\n"
)
_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
_GIVEN = [chr(code) for code in range(0x4E00, 0x9FA5, 7)]
_SENTENCES = [
    s + "。" for line in _BODIES for s in line.replace("。 ", "。\n").split("\n") for s in [s.strip().rstrip("。")]
]
_DAY = date(2026, 11, 1)
# The 3 755 common characters of GB 2312 make a lexicon of 20 000 words; as in real texts, few of them are said often.
_COMMON = [
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if (row, cell) < (0xD7, 0xFA)
]
_FEW = random.Random(2312)
_FEW.shuffle(_COMMON)
_LEXICON = [
    "".join(_COMMON[int(3755 ** _FEW.random()) - 1] for _ in range(_FEW.choice((2, 2, 2, 3, 4)))) for _ in range(20_000)
]
_LINKS = "的 和 与 对 在 以 及 等 为 由 要 应 并 不 按 将".split()


PART: Final = 50_000
"""Records that one chance makes, so that several processes can make a million between them."""


def records(last: int, seed: int = 711, first: int = 0) -> Iterator[Entry]:
    """Those from `first` up to `last`, the same for the same seed; a longer run begins with the shorter one.

    `first` is the beginning of a part.
    """
    for start in range(first, last, PART):
        chance = random.Random(seed + start)
        for number in range(start, min(start + PART, last)):
            yield _record(chance, number)


def _record(chance: random.Random, number: int) -> Entry:
    # A few topics are written about far oftener than the others.
    topic, other = (_TOPICS[int(len(_TOPICS) ** chance.random()) - 1] for _ in range(2))
    agency, genre = chance.choice(_AGENCIES), chance.choice(_GENRES)
    day = _DAY - timedelta(days=chance.randrange(18 * 365))
    values = {"t": topic, "u": other, "a": "县" + agency, "g": genre}
    length = int(min(3000, max(300, chance.lognormvariate(6.9, 0.6))))
    if chance.random() < 0.12:  # the text of its attachments stands with it
        length += int(min(12_000, max(500, chance.lognormvariate(7.4, 0.8))))
    parts, size = [chance.choice(_OPENERS)], 0
    while size < length:
        values |= {
            "b": "县" + chance.choice(_AGENCIES), "n": str(chance.randrange(100, 1000)), "k": str(chance.randrange(10, 9999)),
            "y": str(day.year), "m": str(chance.randrange(1, 13)), "d": str(chance.randrange(1, 29)),
            "w": chance.choice(_TOWNS), "v": chance.choice(_TOWNS), "s": chance.choice(_NAMES), "s2": chance.choice(_GIVEN),
            "l": chance.choice("ABCDEFGHXYZ"),
        }  # fmt: skip
        if chance.random() < 0.15:
            values["u"] = chance.choice(_TOPICS)
        parts.append(chance.choice(_SENTENCES).format(**values) if chance.random() < 0.5 else _sentence(chance))
        if chance.random() < 0.2:
            parts.append("\n　　")
        size += len(parts[-1])
    parts[0] = parts[0].format(**values)
    title = f"关于{chance.choice(('做好', '印发', '进一步加强', '规范', '推进', '开展'))}{day.year}年{topic}{chance.choice(('工作', '项目', '有关事项', ''))}的{genre}"
    if chance.random() < 0.3:
        title = f"青禾县{agency}{title}"
    return Entry(
        "record", str(number), title, "".join(parts),
        number=f"青{agency[0]}发〔{day.year}〕{chance.randrange(1, 400)}号" if chance.random() < 0.6 else "",
        index_no=f"11341702486344515H/{day.year}{day.month:02d}-{number % 100000:05d}", day=day,
        audience="public" if chance.random() < 0.97 else f"1/{chance.randrange(2, 40)}/",
        facets={"agency": agency, "theme": topic, "genre": genre, "validity": chance.choice(("有效", "有效", "有效", "失效", "废止"))},
    )  # fmt: skip


def _sentence(chance: random.Random) -> str:
    """Words of the lexicon: frequent ones often, every one sometimes."""
    words = []
    for _ in range(chance.randrange(5, 16)):
        words.append(_LEXICON[int(len(_LEXICON) ** chance.random()) - 1])
        words.append(chance.choice((*_LINKS, "", "", "，", "、")))
    return "".join(words) + "。"


def phrases(texts: list[str], lengths: range, each: int, seed: int = 1) -> list[str]:
    """Pieces of the texts as they stand there (folded), `each` of every length, from anywhere in them."""
    chance = random.Random(seed)
    made = []
    for length in lengths:
        for _ in range(each):
            while True:
                text = chance.choice(texts)
                start = chance.randrange(max(1, len(text) - length))
                piece = text[start : start + length].strip("。")
                if len(piece) == length:
                    break
            made.append(piece)
    return made
