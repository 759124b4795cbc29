"""Old Word, WPS, RTF and OpenDocument files: converted to .docx by LibreOffice, then read as such."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gongkai.annual_report.reading.limits import TIMEOUT
from gongkai.annual_report.reading.sources import docx
from gongkai.annual_report.reading.stream import NotReadable, Stream

INSTALL = "apt-get install -y --no-install-recommends libreoffice-writer-nogui"


def stream(data: bytes, name: str = "") -> Stream:
    """The stream of the converted document. NotReadable where LibreOffice is missing or cannot open the file."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NotReadable(f"读取 .doc、.wps 需要 LibreOffice，本机没有安装；安装命令：{INSTALL}；或请另存为 .docx 再试。")
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as folder:
        source = Path(folder) / "report.doc"
        source.write_bytes(data)
        # A profile of its own: parallel conversions must not share one, and the user's macros must not run.
        command = [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source),
        ]  # fmt: skip
        _run(command)
        converted = Path(folder) / "report.docx"
        if not converted.exists():
            raise NotReadable("LibreOffice 打不开这个文件，可能已损坏或加密；请另存为 .docx 再试。")
        found = docx.stream(converted.read_bytes(), name)
    return found


def _run(command: list[str]) -> None:
    """Run a command in a process group of its own, so that its children die with it at the time limit."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise NotReadable(f"LibreOffice 转换超过 {TIMEOUT:g} 秒，已停止；请另存为 .docx 再试。") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
