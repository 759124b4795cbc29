"""The archive: whole or not at all, and every spoilt one is seen."""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from gongkai.site import archive


def written(folder: Path, name: str = "b.tar") -> Path:
    (folder / "甲.bin").write_bytes(bytes(range(256)) * 100)
    (folder / "empty").touch()
    target = folder / name
    archive.write(target, [("files/甲.bin", folder / "甲.bin"), ("empty", folder / "empty")], {"made": "x"})
    return target


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz"])
def test_it_comes_back(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, name)
    out = tmp_path / "out"
    manifest = archive.extract(file, out)
    assert manifest["made"] == "x" and set(manifest["files"]) == {"files/甲.bin", "empty"}
    assert (out / "files/甲.bin").read_bytes() == (tmp_path / "甲.bin").read_bytes()
    assert (out / "files/甲.bin").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {name, "甲.bin", "empty", "out"}


def test_a_file_that_goes_away_is_named(tmp_path: Path) -> None:
    manifest = archive.write(tmp_path / "b.tar", [("a", tmp_path / "none")], {})
    assert (manifest["gone"], manifest["files"]) == (["a"], {})


def test_it_replaces_no_file(tmp_path: Path) -> None:
    file = written(tmp_path)
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        archive.write(file, [], {})
    assert file.read_bytes() == before


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz"])
def test_a_cut_one_is_seen(tmp_path: Path, name: str, share: float) -> None:
    file = written(tmp_path, name)
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(archive.BadArchive, match="备份文件"):
        archive.verify(file)


def test_a_flipped_bit_is_seen(tmp_path: Path) -> None:
    file = written(tmp_path)
    data = bytearray(file.read_bytes())
    for at in range(0, len(data), 997):
        data[at] ^= 1
        file.write_bytes(data)
        data[at] ^= 1
        try:
            manifest = archive.verify(file)
        except archive.BadArchive:
            continue
        assert manifest["files"], at  # padding and times may differ; what is restored may not


@pytest.mark.parametrize("name", ["../escaped", "/etc/escaped", "files/甲.bin", "more"])
def test_what_the_manifest_does_not_name_is_refused(tmp_path: Path, name: str) -> None:
    file = written(tmp_path)
    with tarfile.open(file, "a") as tar:
        member = tarfile.TarInfo(name)
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(archive.BadArchive):
        archive.extract(file, tmp_path / "out")
    assert not (tmp_path / "escaped").exists()


def test_a_link_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "b.tar"
    with tarfile.open(file, "w") as tar:
        member = tarfile.TarInfo("files")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc"
        tar.addfile(member)
    with pytest.raises(archive.BadArchive, match="不该有"):
        archive.extract(file, tmp_path / "out")


_WRITE = """
import resource, sys
from pathlib import Path
from gongkai.site import archive
if sys.argv[3] != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
print("go", flush=True)
archive.write(Path(sys.argv[1]), [("a", Path(sys.argv[2]))], {})
"""


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    big, target = tmp_path / "big", tmp_path / "out" / "b.tar"
    target.parent.mkdir()
    big.write_bytes(os.urandom(3_000_000))
    done = subprocess.run(
        [sys.executable, "-c", _WRITE, target, big, "1000000"], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0 and "File too large" in done.stderr
    assert not list(target.parent.iterdir())
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


@pytest.mark.parametrize("after", [0.0, 0.1, 0.3])
def test_a_killed_one_never_has_the_name(tmp_path: Path, after: float) -> None:
    big, target = tmp_path / "big", tmp_path / "out" / "b.tar.gz"
    target.parent.mkdir()
    big.write_bytes(os.urandom(60_000_000))
    process = subprocess.Popen([sys.executable, "-c", _WRITE, target, big, "0"], stdout=subprocess.PIPE)
    assert process.stdout and process.stdout.readline() == b"go\n"
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    if target.exists():
        archive.verify(target)
    archive.write(target.with_name("next.tar"), [], {})
    assert {path.name for path in target.parent.iterdir()} <= {"next.tar", target.name}
