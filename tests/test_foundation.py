"""The promises around the code: pinned and anonymous dependencies, true documentation, a doctor that says what to do."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from gongkai import cli, doctor
from gongkai.annual_report.checks.rules import RULES
from gongkai.site.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
MANUAL = (ROOT / "docs/manual.md").read_text("utf-8")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def test_every_requirement_is_pinned_with_hashes() -> None:
    for name in ("runtime", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
        blocks = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text))
        packages = [block for block in blocks if "==" in block]
        assert len(packages) > 20
        assert all("--hash=sha256:" in block for block in packages), name


def test_no_file_names_a_package_index_or_this_machine() -> None:
    hosts = re.compile(r"(?:--(?:extra-)?index-url|--find-links|pypi\.org|pythonhosted|registry\.npmjs)")
    here = str(ROOT)
    for path in tracked():
        if path.suffix in (".svg", ".png", ".db") or path == Path(__file__):
            continue
        text = path.read_text("utf-8", errors="replace")
        assert not hosts.search(text), path
        assert here + "/" not in text, path


def test_the_doctor_gives_an_install_command_for_every_part(capsys: pytest.CaptureFixture[str]) -> None:
    for check in doctor.checks():
        assert check.install.startswith("apt-get install -y")
        assert check.without
    doctor.print_doctor()
    assert "LibreOffice" in capsys.readouterr().out


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_in_the_manual(rule: str) -> None:
    assert f"| {rule} |" in MANUAL
    assert RULES[rule].advice in MANUAL


def test_every_command_and_setting_is_in_the_manual() -> None:
    commands = next(one.choices for one in cli.parser()._actions if isinstance(one, argparse._SubParsersAction))
    assert len(commands) == len(cli.COMMANDS)
    for name in commands:
        assert f"`gongkai {name}" in MANUAL
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "（空）"
        assert f"| `{setting.name}` | {setting.help} | {default} |" in MANUAL


def test_help_is_in_both_languages() -> None:
    for arguments in (["--help"], ["report", "--help"], ["report", "check", "--help"], ["workdays", "--help"]):
        shown = subprocess.run(
            [sys.executable, "-m", "gongkai", *arguments], capture_output=True, text=True, check=True
        )
        assert re.search(r"[\u4e00-\u9fff]", shown.stdout)
        assert re.search(r"[A-Za-z]{4}", shown.stdout)


def test_publiccode_and_project_agree_on_the_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert "license: Apache-2.0" in (ROOT / "publiccode.yml").read_text("utf-8")
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
