"""`gongkai demo`: a county that can be signed in to, the same every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def gongkai(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GONGKAI_VAR": str(var), "DATABASE_URL": ""}
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_the_county_is_filled_once_and_its_phone_shows_codes(tmp_path: Path) -> None:
    first = gongkai(tmp_path, "demo")
    assert first.returncode == 0, first.stderr
    assert re.search(r"luo\.ping +管理员（要验证码）", first.stdout)
    password = (tmp_path / "demo-password").read_text()
    assert (tmp_path / "demo-password").stat().st_mode & 0o077 == 0
    assert gongkai(tmp_path, "demo").stdout == first.stdout
    assert password in first.stdout
    assert re.fullmatch(r"\d{6}\n", gongkai(tmp_path, "demo", "code", "luo.ping").stdout)
    refused = gongkai(tmp_path, "demo", "code", "lin.he")
    assert (refused.returncode, refused.stderr) == (2, "“lin.he”不是演示账号，或者不要验证码。\n")


def test_a_scale_that_cannot_be_is_refused(tmp_path: Path) -> None:
    refused = gongkai(tmp_path, "demo", "--scale", "0")
    assert (refused.returncode, refused.stderr) == (2, "--scale 应为 1 至 1000 的整数。\n")
