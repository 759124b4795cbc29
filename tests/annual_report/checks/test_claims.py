"""X-7: claims against numbers. X-1: no fee collected, yet applicants who did not pay."""

from __future__ import annotations

import pytest

from gongkai.annual_report.checks import check
from tests.annual_report.checks.build import applications, report

PENDING = applications(granted=5, other_fee_lapsed=1, carried_out=2)
REMEDIES = {
    "remedies.reconsideration.upheld": 2,
    "remedies.reconsideration.pending": 1,
    "remedies.direct_suit.other": 1,
}
CORRECTED = {"remedies.reconsideration.corrected": 1}


def claims(sentence, cells, agency="青禾县水利局"):
    return [f for f in check(report(sentence, cells=cells, agency=agency)) if f.rule == "X-7"]


CONTRADICTED = [
    ("收到的政府信息公开申请已全部办结。", PENDING, "applications.carried_out.total"),
    ("所有申请均已按要求办理完成。", PENDING, "applications.carried_out.total"),
    ("依申请公开均已办结。", PENDING, "applications.carried_out.total"),
    ("依申请公开办结率达100%。", PENDING, "applications.carried_out.total"),
    ("收到的申请已全部答复。", PENDING, "applications.carried_out.total"),
    ("申请全部办理完毕，无结转下年度事项。", PENDING, "applications.carried_out.total"),
    ("本年度未收到政府信息公开申请。", PENDING, "applications.new_received.total"),
    ("2023年我局没有收到依申请公开事项。", PENDING, "applications.new_received.total"),
    ("全年无依申请公开事项。", PENDING, "applications.new_received.total"),
    ("未发生因政府信息公开引起的行政复议。", REMEDIES, "remedies.reconsideration.total"),
    ("全年无行政复议。", REMEDIES, "remedies.reconsideration.total"),
    ("没有因信息公开被提起行政诉讼的案件。", REMEDIES, "remedies.direct_suit.total"),
    ("因信息公开引发的行政复议3件，均获维持。", REMEDIES, "remedies.reconsideration.pending"),
    ("行政复议案件全部维持。", CORRECTED, "remedies.reconsideration.corrected"),
    ("全年无一件行政复议被纠错，无纠错案件。", CORRECTED, "remedies.reconsideration.corrected"),
]


DECISIONS = {
    "disclosure.normative_documents.issued": 2,
    "disclosure.normative_documents.in_force": 9,
    "disclosure.penalties.decisions": 4,
}
CONTRADICTED += [
    ("全年未制定行政规范性文件。", DECISIONS, "disclosure.normative_documents.issued"),
    ("我局没有实施行政处罚。", DECISIONS, "disclosure.penalties.decisions"),
]


@pytest.mark.parametrize(("sentence", "cells", "path"), CONTRADICTED)
def test_a_claim_that_the_tables_contradict(sentence, cells, path):
    found = claims(sentence, cells)
    assert found
    assert {f.severity for f in found} == {"warning"}
    assert any(path in f.where for f in found)


FINE = [
    ("没有发布规范性文件。", DECISIONS),
    ("未制定规范性文件的解读。", DECISIONS),
    ("没有作出行政许可。", DECISIONS),
    ("收到的申请均在法定期限内答复。", PENDING),
    ("到期的申请已全部办结，2件结转下年度。", PENDING),
    ("除结转下年度的2件外，申请全部办结。", PENDING),
    ("网民留言全部办结，12345热线办结率100%。", PENDING),
    ("建议提案已全部答复。", PENDING),
    ("按时办结率100%。", PENDING),
    ("未收到对政府信息公开申请答复不满的投诉举报。", PENDING),
    ("未发生超期答复申请公开的情况。", PENDING),
    ("上年没有收到依申请公开事项。", PENDING),
    ("全市有3个部门未收到依申请公开事项。", PENDING),
    ("无需提交公开申请即可在网上查阅。", PENDING),
    ("未收取依申请公开的费用。", PENDING),
    ("未发生因依申请公开引起的行政复议。", PENDING),
    ("已审结的行政复议均维持。", REMEDIES),
    ("该行政复议件未被复议机关纠错。", REMEDIES),
    ("没有发生未经复议直接起诉被撤销的情形。", REMEDIES),
    ("无行政诉讼败诉。", REMEDIES),
    ("无信息发布问题被纠正。", CORRECTED),
    ("未收到政府信息公开申请。", {}),
    ("无行政复议、行政诉讼。", {}),
    ("行政复议1件，结果维持。", {"remedies.reconsideration.upheld": 1}),
]


@pytest.mark.parametrize(("sentence", "cells"), FINE)
def test_what_the_tables_bear_out_or_cannot_judge(sentence, cells):
    assert not claims(sentence, cells)


def test_a_blank_total_is_no_excuse():
    """上海市科委 2024: 所有申请均已办理完成; the total of 四 is blank, its 自然人 1."""
    made = report("所有申请均已按要求办理完成。", cells=PENDING)
    del made.cells["applications.carried_out.total"]
    (found,) = (f for f in check(made) if f.rule == "X-7")
    assert found.where == ("applications.carried_out.natural_person",)


@pytest.mark.parametrize(
    "fees", ["本年度未收取信息处理费。", "全年收取政府信息公开信息处理费0元。", "信息处理费收取情况：无收费。"]
)
def test_no_fee_but_somebody_did_not_pay(fees):
    found = [f for f in check(report(other=fees, cells=PENDING)) if f.rule == "X-1"]
    assert [f.where for f in found] == [("applications.other_fee_lapsed.total",)]


def test_fees_were_collected():
    made = report(other="全年对3件申请收取信息处理费420元。", cells=PENDING)
    assert not [f for f in check(made) if f.rule == "X-1"]
