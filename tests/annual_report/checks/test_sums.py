"""X-3: itemised sums; X-8: percentages."""

from __future__ import annotations

import pytest

from gongkai.annual_report.checks import check
from tests.annual_report.checks.build import applications, report

CELLS = applications(granted=26)


def found(*sentences):
    return [f for f in check(report(*sentences, cells=CELLS)) if f.rule in ("X-3", "X-8")]


WRONG_SUMS = [
    ("主动公开政府信息428条，其中政务动态196条，公告87条，预决算98条，其他信息42条。", 428, 423),
    ("主动公开政府信息28条，其中，工作动态9条，通知公告3条，滚动信息1条、其他法定公开17条。", 28, 30),
    ("共发布信息500条，其中网站300条、公众号250条。", 500, 550),
    ("收到申请26件。其中网上提交16件，信函申请9件，当面申请2件。", 26, 27),
    ("收到申请26件，其中网上提交15件，信函申请9件，当面申请1件。", 26, 25),
    ("全年公开信息70条，分别为政策文件20条、动态信息40条。", 70, 60),
    ("共制作问答119期（市级47期、宿城28期、宿豫22期、泗阳15期、沭阳5期、泗洪3期）。", 119, 120),
]


@pytest.mark.parametrize(("sentence", "total", "parts"), WRONG_SUMS)
def test_a_list_that_does_not_add_up(sentence, total, parts):
    (wrong,) = found(sentence)
    assert (wrong.rule, wrong.severity) == ("X-3", "warning")
    assert (wrong.printed, wrong.expected) == (total, parts)


RIGHT_SUMS = [
    "主动公开政府信息28条，其中，工作动态7条，通知公告3条，滚动信息1条、其他法定公开17条。",
    "主动公开各类政府信息546条，其中行政规范性文件1件，常务会议29次，发布重大决策4件。",
    "发布政策解读41条，其中文字解读8条、图文解读、动漫视频等多形式解读33条。",
    # among which, not all of which
    "收到申请26件，其中涉及征地补偿的12件，涉及房屋拆迁的9件。",
    "发布信息18万余条，其中动态类30000条。",
    # a total with brackets before its list, two complete lists in a row
    "共收到申请3607件（市政府349件、部门933件、各县2325件），同比增长70.3%，其中，自然人申请3493件，法人申请114件。",
    "收到申请26件，其中网上16件、信函10件，自然人19件、企业7件。",
    "收到申请26件，其中自然人19件、企业7件；予以公开9件、部分公开17件。",
    # lists in lists, and units that are mixed
    "主动公开信息22条，其中人事2条，动态2条，财务2条（其中预算1条、决算1条），计划总结5条，其他信息11条。",
    "主动公开信息47条，其中部门文件22件，通知公告16条，人事任免5条，其他信息4条。",
    # increases are no totals
    "收到申请26件，比去年增加5件，其中网上16件，信函10件。",
    # fees: cases and yuan each with their own total
    "2023年对25件申请收取了信息处理费2950元。其中，甲局1件，收取420元；乙局24件，收取2530元。",
    "市级媒体刊发44篇，省级媒体刊发43篇，其中厅信息刊发24篇。",
    "通过网站发布信息100条，通过公众号发布200条，其中原创文章120条、转载180条。",
    "公开规章13件（含新制定5件，修改4件，废止4件）。",
    "设有1个中心（其中窗口12个）。",
]


@pytest.mark.parametrize("sentence", RIGHT_SUMS)
def test_no_false_sum(sentence):
    assert not found(sentence)


def test_cases_add_up_but_their_fees_do_not():
    (wrong,) = found(
        "2023年对25件申请收取了信息处理费2950元。其中，甲局1件，收取420元；乙局24件，收取2500元。",
    )
    assert (wrong.printed, wrong.expected) == (2950, 2920)
    assert not found("对26件申请收取了信息处理费2950元。其中，甲局1件，收取420元；乙局24件，收取2500元。")


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("同比增长30%", False),
        ("较上年增长30.0%", False),
        ("（含上年结转0件），同比增长30%", False),
        ("同比增长26%", True),
        ("同比下降30%", True),
        ("与网站访问量同比增长26%", False),
    ],
)
def test_growth_against_last_year(words, wrong):
    now = report(f"全年收到政府信息公开申请26件，{words}。", cells=CELLS)
    before = report(year=2022, cells=applications(granted=20))
    before.sections = {}
    assert ("X-8" in [f.rule for f in check(now, previous=before)]) is wrong


WRONG_SHARES = [
    ("收到申请1499件，其中网络申请1303件，占86.92%，信函申请196件，占11.47%。", "11.47%"),
    ("收到申请300件。其中予以公开258件，占33.9%。", "33.9%"),
    ("依申请公开答复率达110%。", "110%"),
]


@pytest.mark.parametrize(("sentence", "share"), WRONG_SHARES)
def test_a_wrong_share(sentence, share):
    (wrong,) = [f for f in found(sentence) if f.rule == "X-8"]
    assert wrong.printed == share


RIGHT_SHARES = [
    "收到申请1499件。其中，网络申请1303件，占86.92%；信函申请172件，占11.47%；当面申请24件，占1.60%。",
    "收到申请761件，其中258件涉及征地，占33.9%。",
    "收到申请300件，其中约三分之一涉及征地，占比约33%。",
    "全年公开率100%，满意率99.2%。",
    "收到申请26件，占全市的3.1%。",
    "点击量同比增长率120%。",
    "答复率100%，按时率100%。",
]


@pytest.mark.parametrize("sentence", RIGHT_SHARES)
def test_no_false_share(sentence):
    assert not found(sentence)


def test_one_cause_one_finding():
    """A total that is wrong against the table is not blamed again for its list (金乡县 2020)."""
    made = report("收到的申请共答复16件，其中予以公开的26件。", cells=CELLS)
    assert [f.rule for f in check(made) if f.severity != "info"] == ["X-2"]
