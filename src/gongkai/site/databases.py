"""A snapshot of the database as one file, and the database from it: SQLite and PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from django.db import connection

FILES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
"""What the snapshot is called in a backup, by the kind of database."""


class NoDatabaseTool(Exception):
    """The snapshot could not be made or read back; the message says in Chinese why and what to do."""


def snapshot(folder: Path) -> Path:
    """The database as it is at one moment, while others write."""
    target = folder / FILES[connection.vendor]
    if connection.vendor == "sqlite":
        source = Path(connection.settings_dict["NAME"])
        if not source.is_file():
            raise NoDatabaseTool(f"没有数据库“{source}”，请检查 GONGKAI_VAR 和 DATABASE_URL。")
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)  # in one step: one snapshot, writers go on
            new.execute("PRAGMA journal_mode=DELETE")
            if new.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise NoDatabaseTool(f"数据库“{source}”已经损坏，没有备份；请用以前的备份恢复。")
    else:
        _run(["pg_dump", "-Fc", "--no-owner", "--no-privileges", "-f", str(target)], "备份")
    return target


def is_empty() -> bool:
    """Whether there is nothing that a restore would replace."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).is_file():
        return True
    return not connection.introspection.table_names()


def replace_sqlite(new: Path, kept: Path | None) -> None:
    """Put a snapshot in the place of the database; the old one with its write-ahead log goes to `kept`."""
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    for ending in ("", "-wal", "-shm"):
        old = place.with_name(place.name + ending)
        if old.exists():
            if kept is None:
                old.unlink()
            else:
                shutil.move(old, kept / old.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    new.replace(place)


def replace_postgresql(dump: Path) -> None:
    """Everything in the database goes and the dump comes, in one transaction: all of it or nothing."""
    connection.close()
    script = dump.with_suffix(".sql")
    with script.open("wb") as out:
        out.write(b"SET lock_timeout = '10s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n")
        out.flush()
        _run(["pg_restore", "--no-owner", "--no-privileges", "-f", "-", str(dump)], "读取备份", stdout=out)
    _run(["psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", str(script)], "恢复", stdout=subprocess.DEVNULL)


def _run(command: list[str], doing: str, **more: Any) -> None:
    if shutil.which(command[0]) is None:
        raise NoDatabaseTool(
            f"没有找到 {command[0]}，不能{doing} PostgreSQL 数据库；请安装："
            "apt-get install -y --no-install-recommends postgresql-client"
        )
    done = subprocess.run(command, env=_environment(), stderr=subprocess.PIPE, check=False, **more)
    if done.returncode:
        lines = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
        raise NoDatabaseTool(f"{command[0]} 没有成功，不能{doing}数据库：{lines[0] if lines else done.returncode}")


def _environment() -> Mapping[str, str]:
    """How to reach the database, not on the command line, where others could read the password."""
    chosen = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {name: str(chosen[key]) for name, key in names.items() if chosen[key]}
    options = {
        f"PG{key.upper()}": str(value) for key, value in chosen["OPTIONS"].items() if key in ("sslmode", "sslrootcert")
    }
    return {**os.environ, **given, **options}
