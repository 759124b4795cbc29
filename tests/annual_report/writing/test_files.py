"""A file is written whole or not at all, and every refusal is one Chinese sentence."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from tests.annual_report.writing.samples import sample

from gongkai.annual_report.writing import SUFFIXES, CannotWrite, render, write
from gongkai.annual_report.writing.files import replace_file


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_it_works(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"报告{suffix.upper()}"
    write(sample(), path)
    assert path.read_bytes() == render(sample(), suffix)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["报告.doc", "报告", "报告.", ".exe"])
def test_an_unknown_ending(name: str, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="不会写"):
        write(sample(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "报告.html"
    path.write_text("旧")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="磁盘已满；原有文件未动。"):
        write(sample(), path)
    assert path.read_text() == "旧"
    assert [p.name for p in tmp_path.iterdir()] == ["报告.html"]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="文件夹不存在"):
        write(sample(), tmp_path / "没有" / "报告.html")
    (tmp_path / "夹.html").mkdir()
    with pytest.raises(CannotWrite, match="这是一个文件夹"):
        write(sample(), tmp_path / "夹.html")


def test_rights_and_links_stay(tmp_path: Path) -> None:
    old = tmp_path / "旧.json"
    old.write_text("{}")
    old.chmod(0o600)
    link = tmp_path / "报告.json"
    link.symlink_to(old)
    write(sample(), link)
    assert link.is_symlink() and stat.S_IMODE(old.stat().st_mode) == 0o600
    assert old.stat().st_size > 100


def test_a_device_is_written_to(tmp_path: Path) -> None:
    replace_file(Path("/dev/null"), b"data")
    assert not Path("/dev/null").is_file()
