"""What this machine offers Gongkai: optional system packages, and the exact command that installs each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from gongkai.site import environment

_APT = "apt-get install -y --no-install-recommends"


@dataclass(frozen=True, slots=True)
class Check:
    """One optional part: whether it is there, what does not work without it, how to install it."""

    name: str
    found: bool
    detail: str
    without: str
    install: str


def checks() -> list[Check]:
    """Every part that comes from the system rather than from the package index."""
    return [
        Check(
            f"Python {sys.version_info.major}.{sys.version_info.minor}",
            sys.version_info >= (3, 11),
            sys.executable,
            "不能运行",
            f"{_APT} python3.11 python3.11-venv",
        ),
        _program("LibreOffice", ("soffice", "libreoffice"), "不能读取 .doc、.wps 文件", "libreoffice-writer-nogui"),
        _fonts(),
        _program("Chromium", ("chromium", "chromium-browser"), "浏览器测试不能运行（不影响使用）", "chromium"),
        _program("PostgreSQL", ("psql",), "只能使用自带的 SQLite 数据库（够一个县使用）", "postgresql"),
        _program(
            "PostgreSQL 客户端", ("pg_dump",), "使用 PostgreSQL 时不能备份和恢复（SQLite 不需要）", "postgresql-client"
        ),
        _program("nginx", ("nginx", "/usr/sbin/nginx"), "不能用 deploy/nginx 对外提供 HTTPS", "nginx-light"),
    ]


def print_doctor() -> None:
    """Print every check, what is missing first explained, then the one command that installs it all."""
    found = checks()
    for check in found:
        print(f"{'有' if check.found else '缺'}  {check.name}  {check.detail if check.found else check.without}")
    missing = [check for check in found if not check.found]
    for check in missing:
        print(f"\n安装{check.name}：\n  {check.install}")
    print("\n缺少的部件不影响其余功能。" if missing else "\n部件齐全。")
    _print_settings()


def _print_settings() -> None:
    """Say which settings are wrong. Needs neither them nor a database."""
    wrong = environment.read(os.environ)[1]
    print("\n" + "\n".join(wrong or ["设置正确。"]))


def has_chinese_font() -> bool:
    """Whether a font with Chinese characters is installed (needed to write PDF)."""
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=20)
    return bool(listed.stdout.strip())


def _fonts() -> Check:
    return Check(
        "中文字体", has_chinese_font(), "fc-list :lang=zh", "不能生成 PDF", f"{_APT} fontconfig fonts-noto-cjk"
    )


def _program(name: str, commands: tuple[str, ...], without: str, package: str) -> Check:
    path = next((p for command in commands if (p := shutil.which(command))), "")
    return Check(name, bool(path), path, without, f"{_APT} {package}")
