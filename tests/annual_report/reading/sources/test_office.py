"""Old Word, RTF and OpenDocument files through LibreOffice: the same lines, no network, nothing left running."""

from __future__ import annotations

import http.server
import io
import os
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.annual_report.reading.sources import load, office
from gongkai.annual_report.reading.stream import NotReadable
from tests.annual_report.reading.office_files import CONTINUE, RESTART, p, span, tbl, tc, tr, word

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")


def wide(content: str, columns: int = 1, properties: str = "") -> str:
    """A cell with its width, without which LibreOffice writes no table into a .doc."""
    return tc(content, f'<w:tcW w:w="{columns * 2000}" w:type="dxa"/>{properties}')


BODY = (
    p("一、总体情况")
    + tbl(
        tr(wide("申请人情况", 2, span(2)), wide("自然人")),
        tr(wide("结果", 1, RESTART), wide("（一）予以公开"), wide("1")),
        tr(wide("", 1, CONTINUE), wide("（二）部分公开"), wide("")),
    ).replace("<w:tblGrid/>", "<w:tblGrid>" + '<w:gridCol w:w="2000"/>' * 3 + "</w:tblGrid>")
    + p("尾")
)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same small document in the formats that need LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.docx").write_bytes(word(BODY))
    found = {}
    for suffix in ("doc", "rtf", "odt"):
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix]
        subprocess.run(
            [*command, "--outdir", str(folder), str(folder / "a.docx")], check=True, capture_output=True, timeout=60
        )
        found[suffix] = (folder / f"a.{suffix}").read_bytes()
    return found


@pytest.fixture
def no_network() -> Iterator[str]:
    """The address of a server that must not be asked for anything."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  (the names that http.server looks for)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
    assert asked == []


def left_running(folder: str) -> list[str]:
    """Processes that were given this folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if folder in entry.read_text("utf-8", "replace"):
                found.append(entry.parent.name)
        except OSError:
            continue
    return found


@needs_office
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_it_works(converted: dict[str, bytes], suffix: str) -> None:
    found = load(converted[suffix], f"报告.{suffix}")
    assert [line.text for line in found.lines] == [
        "一、总体情况",
        "申请人情况 自然人",
        "结果 （一）予以公开 1",
        "（二）部分公开",
        "尾",
    ]
    assert found.lines[2].pieces[0].height == 2
    assert [x.text for x in found.lines[3].pieces] == ["（二）部分公开", ""]


@needs_office
def test_nothing_is_fetched(converted: dict[str, bytes], no_network: str) -> None:
    buffer = io.BytesIO()
    picture = (
        f'<text:p><draw:frame><draw:image xlink:href="{no_network}a.png" xlink:type="simple"/></draw:frame></text:p>'
    )
    section = f'<text:section text:name="s"><text:section-source xlink:href="{no_network}b.odt"/></text:section>'
    with zipfile.ZipFile(io.BytesIO(converted["odt"])) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "content.xml":
                content = content.replace(b"</office:text>", f"{picture}{section}</office:text>".encode())
            new.writestr(name, content)
    assert load(buffer.getvalue()).lines


@needs_office
def test_what_libreoffice_cannot_open_is_refused(converted: dict[str, bytes]) -> None:
    with pytest.raises(NotReadable):
        load(converted["doc"][:3000])


@needs_office
def test_at_the_time_limit_everything_ends(
    converted: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(office, "TIMEOUT", 0.4)
    monkeypatch.setattr(office.tempfile, "tempdir", str(tmp_path))
    with pytest.raises(NotReadable, match="超过"):
        load(converted["doc"])
    assert left_running(str(tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


def test_without_libreoffice_the_command_to_install_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    with pytest.raises(NotReadable, match="apt-get install .*libreoffice-writer-nogui"):
        load(b"{\\rtf1 x}")


def test_the_environment_is_the_callers_but_for_display_and_network(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "soffice"
    fake.write_text(f"#!/bin/sh\nenv > {tmp_path}/env\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("no_proxy", "*")
    with pytest.raises(NotReadable, match="打不开"):
        load(b"{\\rtf1 x}")
    seen = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines() if "=" in line)
    assert "no_proxy" not in seen
    assert seen["http_proxy"] == seen["https_proxy"] == "http://127.0.0.1:9"
