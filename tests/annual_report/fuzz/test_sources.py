"""Every reader on damaged and on foreign files: read or refused in one sentence, and no cell that is not printed."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from gongkai.annual_report.reading import NotReadable, read_bytes
from gongkai.annual_report.reading.decode import decode
from gongkai.annual_report.reading.sources import DEFECT, load
from gongkai.annual_report.reading.sources.pdf import page_image
from gongkai.annual_report.reading.values import plain
from gongkai.annual_report.writing import render
from tests.annual_report.fuzz.mutate import mutated
from tests.annual_report.reading.layouts import LAYOUTS, document
from tests.annual_report.reading.office_files import p, rows, tbl, tr, word, workbook
from tests.annual_report.writing.samples import sample

REAL = Path(__file__).resolve().parents[4] / "shared" / "reports"
KINDS = ("docx", "xlsx", "html", "pdf", "txt")
FEW = settings(max_examples=60, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=2500)
SEEDS = st.integers(0, 2**48)


@cache
def originals(kind: str) -> tuple[bytes, ...]:
    """Sound reports of one kind: written by us, and the real ones where they are beside this checkout."""
    found = [path.read_bytes() for path in sorted(REAL.glob(f"*.{kind}"))]
    if kind in ("docx", "xlsx", "html", "pdf"):
        found += [render(sample(edition), kind) for edition in ("2019", "2021")]
    if kind in ("html", "txt"):
        editions = dict.fromkeys(("disclosure", "applications", "remedies"), "2021")
        values = {path: cell.printed for path, cell in sample().cells.items()}
        found += [
            document(name, editions, values, random.Random(1)).encode()
            for name in LAYOUTS
            if name.startswith("html") == (kind == "html")
        ]
    return tuple(found)


def check(data: bytes, kind: str) -> None:
    """Read or refused in one sentence; what is read is printed in the file."""
    refused: NotReadable | None = None
    try:
        stream = load(data, "报告")
        printed = "".join(plain(piece.text) for line in stream.lines for piece in line.pieces)
        cells = decode(stream).cells
    except NotReadable as error:
        refused, printed, cells = error, "", {}
    if refused is not None:
        # PDFium fails in more ways than can be told apart; our own readers must know why they refuse.
        assert kind in ("pdf", "doc", "xls") or str(refused) != DEFECT, repr(refused.__cause__)
        assert len(str(refused)) < 150
        assert "\n" not in str(refused)
    for path, cell in cells.items():
        assert plain(cell.printed) in printed, (path, cell)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(seed=SEEDS)
def test_damaged_files(kind: str, seed: int) -> None:
    rng = random.Random(seed)
    check(mutated(rng.choice(originals(kind)), rng), kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@MANY
@given(seed=SEEDS)
def test_many_damaged_files(kind: str, seed: int) -> None:
    rng = random.Random(seed)
    check(mutated(rng.choice(originals(kind)), rng), kind)


@FEW
@given(data=st.binary(max_size=3000))
@example(b"\xff\xfe\x00\xd8" * 50)
@example(b"PK\x05\x06" + b"\0" * 18)
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600)
@example(b"%PDF-1.4")
@example(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
@example(b"GIF89a" + b"\xff" * 40)
@example(b"{\\rtf" + b"\0" * 10)
@example(b'{"disclosure": 1}')
@example(b"{")
@example(b"[" * 100_000)
@example(b'{"disclosure":' * 3000)
def test_bytes_that_are_nothing(data: bytes) -> None:
    with pytest.raises(NotReadable):
        read_bytes(data, "x")


MAGIC = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-1.7\n",
    b"<html>",
    b"MIME-Version: 1.0\n",
    b"\xff\xfe",
    b"{",
)


@settings(FEW, max_examples=30)
@given(magic=st.sampled_from(MAGIC), data=st.binary(max_size=2000))
def test_bytes_that_only_begin_like_something(magic: bytes, data: bytes) -> None:
    with pytest.raises(NotReadable):
        read_bytes(magic + data, "x")


@pytest.mark.slow
@settings(FEW, max_examples=25)
@given(seed=SEEDS, kind=st.sampled_from(("doc", "rtf", "xls", "png", "jpg", "scan")))
def test_damaged_files_that_take_a_program_or_a_recogniser(seed: int, kind: str, others: dict[str, bytes]) -> None:
    check(mutated(others[kind], random.Random(seed)), "pdf" if kind in ("png", "jpg", "scan") else kind)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A report in the formats that are slow to write."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice")
    folder = tmp_path_factory.mktemp("others")
    found = {}
    for source, target in (("docx", "doc"), ("docx", "rtf"), ("xlsx", "xls")):
        (folder / f"a.{source}").write_bytes(render(sample(), source))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
        subprocess.run(
            [*command, "--outdir", str(folder), str(folder / f"a.{source}")],
            check=True,
            capture_output=True,
            timeout=90,
        )
        found[target] = (folder / f"a.{target}").read_bytes()
    found["png"] = page_image(render(sample(), "pdf"), 1, 800)
    image = Image.open(io.BytesIO(found["png"])).convert("L")
    for kind, format_ in (("jpg", "JPEG"), ("scan", "PDF")):
        buffer = io.BytesIO()
        image.save(buffer, format_)
        found[kind] = buffer.getvalue()
    return found


# ------------------------------------------------------------ files without the form

WORDS = (
    "收入", "支出", "预算数", "决算数", "合计", "项目", "单位", "万元", "教育", "卫生健康", "城乡社区", "农林水", "本年", "上年",
    "通知", "会议", "时间", "地点", "参加人员", "办公室", "联系电话", "0515-88880000", "2024年", "1月15日", "总计", "其他", "数量",
)  # fmt: skip
NUMBERS = st.integers(0, 99999).map(str) | st.just("0") | st.just("") | st.just("-")
TABLES = st.lists(st.lists(st.sampled_from(WORDS) | NUMBERS, min_size=1, max_size=9), min_size=1, max_size=30)
PROSE = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)


def forms(table: list[list[str]], prose: str) -> dict[str, bytes]:
    """The same content in every kind of file that can be written quickly."""
    cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in table)
    return {
        "docx": word(p(prose) + tbl(*(tr(*row) for row in table))),
        "xlsx": workbook(rows(prose, *(",".join(row) for row in table))),
        "html": f"<html><body><p>{prose}</p><table>{cells}</table></body></html>".encode(),
        "txt": "\n".join([prose, *("\t".join(row) for row in table)]).encode("gb18030"),
        "md": "\n".join([prose, *("| " + " | ".join(row) + " |" for row in table)]).encode(),
        "lines": "\n".join([prose, *(cell for row in table for cell in row)]).encode("utf-16"),
    }


@FEW
@given(table=TABLES, prose=PROSE)
def test_no_cell_comes_from_a_file_without_the_form(table: list[list[str]], prose: str) -> None:
    for data in forms(table, prose).values():
        with pytest.raises(NotReadable):
            read_bytes(data, "报告")


@FEW
@given(text=st.text(max_size=2000))
def test_no_cell_comes_from_any_text(text: str) -> None:
    with pytest.raises(NotReadable):
        read_bytes(text.encode("utf-8", "surrogatepass"), "报告")
