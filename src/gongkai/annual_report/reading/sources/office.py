"""Old Word, WPS, RTF and OpenDocument files: converted to .docx by LibreOffice, then read as such.

LibreOffice runs in a folder and with a profile of its own, without macros, links and network, and cannot
outlive the process that asked for it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gongkai.annual_report.reading.limits import MAX_UNZIPPED, TIMEOUT
from gongkai.annual_report.reading.sources import docx
from gongkai.annual_report.reading.stream import NotReadable, Stream

INSTALL = "apt-get install -y --no-install-recommends libreoffice-writer-nogui"
_MISSING = f"读取 .doc、.wps 需要 LibreOffice，本机没有安装；安装命令：{INSTALL}；或请另存为 .docx 再试。"
_FAILED = "LibreOffice 打不开这个文件，可能已损坏或加密；请另存为 .docx 再试。"

# The shell watches its standard input, which we hold open: when it closes, because we are done or were killed,
# the whole process group goes. LibreOffice is several processes, and killing the first leaves the others.
_WATCHED = f"""
ulimit -f {MAX_UNZIPPED // 512}
exec 3<&0
"$@" </dev/null 3<&- & child=$!
(read -r _ <&3; kill -9 0) &
wait $child
"""
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Writer/Content/Update", "Field", "false"),
)
# Anything that is fetched nevertheless is asked of a proxy that does not exist.
_NOWHERE = "http://127.0.0.1:9"


def stream(data: bytes, name: str = "") -> Stream:
    """The stream of the converted document. NotReadable where LibreOffice is missing or cannot open the file."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NotReadable(_MISSING)
    with tempfile.TemporaryDirectory(prefix="gongkai-office-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        _write_profile(Path(folder, "profile"))
        _run(
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source), folder=folder,
        )  # fmt: skip
        converted = Path(folder, "report.docx")
        if not converted.exists():
            raise NotReadable(_FAILED)
        return docx.stream(converted.read_bytes(), name)


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, key, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        "utf-8",
    )


def _run(*command: str, folder: str) -> None:
    """Run LibreOffice in a process group of its own, which is gone when this returns or raises."""
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "no_proxy", "NO_PROXY")
    }
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"), _NOWHERE)
    environment |= {"HOME": folder, "TMPDIR": folder}
    process = subprocess.Popen(
        ["/bin/sh", "-c", _WATCHED, "sh", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise NotReadable(f"LibreOffice 转换超过 {TIMEOUT:g} 秒，已停止；请另存为 .docx 再试。") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
