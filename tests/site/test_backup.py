"""Backup, wipe, restore: the same content, on the database under test; and what a killed or failed one leaves."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import signal
import tarfile
import time
from pathlib import Path

from gongkai.site import archive
from tests import postgres
from tests.places import Place

_FILL = """
import django, sys
django.setup()
import tests.audit.some_verbs
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from gongkai.agencies.models import Staff
from gongkai.audit.actions import record
from gongkai.audit.actor import SYSTEM
from gongkai.reporting import actions
class File(ContentFile):
    pass
for n in range(5):
    Staff.objects.create(username=f"staff{n}", full_name=f"工作人员{n}")
    record(SYSTEM, "test.change", label=f"第{n}次")
    default_storage.save(f"附件/文件{n}.bin", ContentFile(bytes([n]) * 100_000))
    actions.upload([ContentFile(f"报告{n}".encode(), name=f"报告{n}.txt")])
"""
_CONTENT = """
import django, hashlib
django.setup()
from django.apps import apps
from django.db import connection
for model in sorted(apps.get_models(), key=lambda m: m._meta.label):
    if model._meta.managed and not model._meta.proxy:
        rows = sorted(repr(row) for row in model._base_manager.values_list())
        if model._meta.label == "audit.Entry":
            rows = [row for row in rows if "site.restore" not in row]
        print(model._meta.label, len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
"""


def filled(place: Place) -> None:
    done = place.run("-c", _FILL)
    assert done.returncode == 0, done.stderr


def content(place: Place) -> str:
    done = place.run("-c", _CONTENT)
    assert done.returncode == 0, done.stderr
    files = {
        path.relative_to(place.var).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for name in ("media", "uploads", "secret-key")
        for path in [place.var / name, *(place.var / name).rglob("*")]
        if path.is_file()
    }
    assert len(files) == 11
    return done.stdout + json.dumps(files, sort_keys=True, indent=1, ensure_ascii=False)


def wipe(place: Place) -> None:
    shutil.rmtree(place.var)
    place.var.mkdir()
    if place.url:
        postgres.execute(place.url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def cli(place: Place, *arguments: str) -> tuple[int, str]:
    done = place.run("-m", "gongkai", *arguments)
    return done.returncode, done.stdout + done.stderr


def test_after_backup_wipe_and_restore_everything_is_as_before(place: Place, tmp_path: Path) -> None:
    name = "backup.tar.gz"
    filled(place)
    code, said = cli(place, "backup", str(tmp_path / name))
    assert code == 0 and "核对无误" in said, said
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    before = content(place)
    wipe(place)
    code, said = cli(place, "restore", str(tmp_path / name))
    assert code == 0, said
    assert content(place) == before
    code, said = cli(place, "audit", "verify")
    assert code == 0 and "共 7 条" in said, said  # 5, the backup, the restore
    assert not [path for path in place.var.iterdir() if path.name.startswith((".", "before", "restore"))]


def test_it_refuses_to_replace_and_keeps_what_it_replaces(place: Place, tmp_path: Path) -> None:
    filled(place)
    assert cli(place, "backup", str(tmp_path / "b.tar.gz"))[0] == 0
    before = content(place)
    assert place.run("-c", "import django; django.setup(); from gongkai.agencies.models import Staff; "
                     "Staff.objects.all().delete()").returncode == 0  # fmt: skip
    code, said = cli(place, "restore", str(tmp_path / "b.tar.gz"))
    assert code == 2 and "--force" in said
    assert content(place) != before
    code, said = cli(place, "restore", str(tmp_path / "b.tar.gz"), "--force")
    assert code == 0 and "before-restore" in said, said
    assert content(place) == before
    (kept,) = place.var.glob("before-restore-*")
    assert len(list((kept / "media").rglob("*.bin"))) == 5
    code, said = cli(place, "backup", str(tmp_path / "b.tar.gz"))
    assert code == 2 and "已经存在" in said


def test_a_folder_keeps_the_newest(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("gongkai-20250101-000000.tar.gz", "gongkai-20250102-000000.tar.gz", "other.tar.gz"):
        (folder / name).touch()
    code, said = cli(place, "backup", str(folder), "--keep", "2")
    assert code == 0, said
    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == "gongkai-20250102-000000.tar.gz" and names[2] == "other.tar.gz" and len(names) == 3


def test_a_spoilt_backup_changes_nothing(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "b.tar"
    assert cli(place, "backup", str(file))[0] == 0
    with tarfile.open(file, "a") as tar:
        member = tarfile.TarInfo("../escaped")
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    wipe(place)
    code, said = cli(place, "restore", str(file))
    assert code == 2 and str(file) in said and said.count("\n") == 1, said
    assert not (place.var.parent / "escaped").exists()
    assert not (place.var / "gongkai.sqlite3").exists()
    assert not list(place.var.glob(".restore-*"))


def test_a_killed_backup_leaves_no_backup_and_the_next_sweeps(place: Place, tmp_path: Path) -> None:
    filled(place)
    (place.var / "media" / "large.bin").write_bytes(os.urandom(120_000_000))
    folder = tmp_path / "out"
    folder.mkdir()
    process = place.start("-m", "gongkai", "backup", str(folder / "b.tar.gz"))
    for _ in range(600):
        if any(path.stat().st_size > 2_000_000 for path in folder.glob(".*")):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert [path.name[:2] for path in folder.iterdir()] == [".b"], "only a half under another name"
    assert list(place.var.glob(".backup-*"))
    (place.var / "media" / "large.bin").unlink()
    code, said = cli(place, "backup", str(folder / "b.tar.gz"))
    assert code == 0, said
    assert [path.name for path in folder.iterdir()] == ["b.tar.gz"]
    assert not list(place.var.glob(".backup-*"))
    archive.verify(folder / "b.tar.gz")


def test_a_restore_killed_in_between_is_finished_by_the_next(place: Place, tmp_path: Path) -> None:
    filled(place)
    assert cli(place, "backup", str(tmp_path / "b.tar.gz"))[0] == 0
    before = content(place)
    killed = place.run(
        "-c",
        "import django, os; django.setup(); from pathlib import Path; from gongkai.site import backup, databases;"
        "backup.os.sync = lambda: os.kill(os.getpid(), 9);"
        f"backup.restore(Path({str(tmp_path / 'b.tar.gz')!r}), True)",
    )
    assert killed.returncode == -signal.SIGKILL
    assert (place.var / "restore-unfinished").exists()
    code, said = cli(place, "backup", str(tmp_path / "c.tar.gz"))
    assert code == 2 and "没有完成" in said
    code, said = cli(place, "restore", str(tmp_path / "b.tar.gz"))
    assert code == 0, said
    assert content(place) == before
    assert not (place.var / "restore-unfinished").exists()


def test_a_running_site_is_not_restored(place: Place, tmp_path: Path) -> None:
    assert cli(place, "backup", str(tmp_path / "b.tar.gz"))[0] == 0
    holder = place.start(
        "-c",
        "import sys; from gongkai.site import gunicorn; gunicorn.on_starting(None); "
        "print('held', flush=True); sys.stdin.read()",
        stdin=-1,
    )
    assert holder.stdout and holder.stdout.readline() == "held\n"
    code, said = cli(place, "restore", str(tmp_path / "b.tar.gz"), "--force")
    assert code == 2 and "请先停止网站" in said
    holder.communicate("")


def test_wrong_names_and_an_absent_database_are_said_in_one_sentence(place: Place, tmp_path: Path) -> None:
    code, said = cli(place, "backup", str(tmp_path / "b.zip"))
    assert (code, said) == (2, "备份文件的名称应以 .tar.gz 或者 .tar 结尾，“b.zip”不是。\n")
    assert cli(place, "restore", str(tmp_path / "none.tar"))[1].startswith("找不到文件")
    nowhere = place.with_settings(GONGKAI_VAR=str(tmp_path / "empty"), DATABASE_URL="")
    code, said = cli(nowhere, "backup", str(tmp_path / "b.tar"))
    assert code == 2 and "读不了数据库" in said and said.count("\n") == 1
    assert not (tmp_path / "b.tar").exists()
