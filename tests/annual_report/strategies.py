"""Reports made up by Hypothesis: both forms, forms mixed in one report, blanks, large numbers, decimals, signs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.annual_report.editions import EDITIONS, TABLE_KEYS, TEXT_SECTIONS, Column, table
from gongkai.annual_report.report import Cell, Paragraph, Report, Value

AGENCIES = (
    "青禾县人民政府",
    "青禾县人民政府办公室",
    "青禾县发展和改革局",
    "青禾县柳堤镇人民政府",
    "青禾县东渡街道办事处",
    "云川市生态环境局青禾分局",
)

# Characters that mean something to some format, but nothing in a sentence.
SENTENCES = (
    "全年通过县政府门户网站主动公开政府信息{n}条，做到应公开尽公开。",
    "共收到政府信息公开申请{n}件，均在法定期限内作出答复。",
    "围绕群众关心的教育、医疗、就业事项，更新公开目录{n}处。",
    "组织业务培训{n}次，参训人员覆盖各科室和下属单位。",
    "部分栏目更新还不够及时，解读形式比较单一。",
    "下一步将完善审核制度，把公开要求落实到办文的每一个环节。",
    "网页代码中的<b>与&amp;、公式=SUM(A1:A9)和@符号均按原样显示；",
    "编号#set、$价格$、*星号*、_下划线_、`引号`和反斜线\\n不作标记处理。",
    "“三安全一稳定”与《条例》第十四条的衔接已写入办理规程。",
)
SUBHEADINGS = ("（一）主动公开情况", "（二）依申请公开情况", "（三）监督保障情况")

counts = st.one_of(st.just(0), st.integers(0, 40), st.integers(0, 2_000_000), st.integers(0, 2**53))
changes = st.one_of(st.just(0), st.integers(-60, 60), st.integers(-3_000, 3_000))
money = st.decimals(min_value=0, max_value=10**9, places=6) | st.decimals(min_value=0, max_value=10**5, places=2)


def values(column: Column) -> st.SearchStrategy[Value]:
    """What one cell of that column may print, blank included."""
    kinds: dict[str, st.SearchStrategy[int | Decimal]] = {"count": counts, "change": changes, "money": money}
    return st.none() | kinds[column.kind]


@st.composite
def paragraphs(draw: st.DrawFn) -> tuple[Paragraph, ...]:
    """A section's text: sub-headings now and then, paragraphs of one to five sentences."""
    found: list[Paragraph] = []
    for _ in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            found.append(Paragraph(draw(st.sampled_from(SUBHEADINGS))))
        sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
        found.append(Paragraph("".join(s.format(n=draw(st.integers(0, 5000))) for s in sentences)))
    return tuple(found)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report as a form could print it. Its arithmetic is whatever it happens to be."""
    edition = st.sampled_from(EDITIONS)
    first = draw(edition)
    mixed = draw(st.sampled_from((False, False, True)))
    report = Report(
        agency=draw(st.sampled_from(AGENCIES)),
        year=draw(st.integers(2019, 2035)),
        editions={key: draw(edition) if mixed else first for key in TABLE_KEYS},
    )
    # Table four is the same in both forms, so nothing in print tells which one it belongs to.
    report.editions["remedies"] = report.editions["applications"]
    # Mostly zeros, as in life, else every row differs from its neighbours and no reader can go wrong.
    sparse = draw(st.booleans())
    for key in TABLE_KEYS:
        form = table(key, report.editions[key])
        cells = list(form.cells())
        filled = draw(st.sets(st.sampled_from(cells), max_size=25)) if sparse else cells
        for path, _, _, column in cells:
            value = draw(values(column)) if (path, _, _, column) in filled else 0
            if value is None:
                report.cells[path] = Cell()  # printed, and blank
            else:
                report.cells[path] = Cell(Decimal(value) if column.kind == "money" else value, str(value))
    report.published = draw(st.none() | st.dates(date(2020, 1, 1), date(2036, 12, 31)).map(str))
    if draw(st.booleans()):
        report.preamble = (
            Paragraph(
                f"本报告由{report.agency}根据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自"
                f"{report.year}年1月1日起至{report.year}年12月31日止。"
            ),
        )
    report.sections = {key: draw(paragraphs()) for key in TEXT_SECTIONS}
    return report


def facts(report: Report) -> dict[str, object]:
    """What a report says, in a form two reports can be compared by: every cell, every text, who, when, which form."""
    return {
        "agency": report.agency,
        "year": report.year,
        "published": report.published,
        "editions": {key: report.table_edition(key) for key in TABLE_KEYS},
        "preamble": [p.text for p in report.preamble],
        **{f"sections.{key}": [p.text for p in report.sections.get(key, ())] for key in TEXT_SECTIONS},
        **{path: report.value(path) for path in report.paths()},
        "absent": [path for path in report.paths() if path not in report.cells],
    }
