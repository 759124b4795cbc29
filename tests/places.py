"""A site of its own for processes that a test starts: a migrated database and a folder, on the database under test.

Migrating takes ten seconds and the demo half a minute, so each is made once for a run and copied.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import postgres

SERVER = os.environ.get("DATABASE_URL", "")


@dataclass(frozen=True)
class Place:
    """Where a process of the site runs."""

    var: Path
    environment: dict[str, str]

    @property
    def url(self) -> str:
        """The database, empty for SQLite."""
        return self.environment.get("DATABASE_URL", "")

    def with_settings(self, **settings: str) -> Place:
        """The same with more settings."""
        return Place(self.var, self.environment | settings)

    def start(self, *command: str, **more: object) -> subprocess.Popen[str]:
        """A Python process with this environment."""
        return subprocess.Popen(
            [sys.executable, *command], env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,  # type: ignore[call-overload]
        )  # fmt: skip

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """The same, waited for."""
        return subprocess.run(
            [sys.executable, *command], env=self.environment, text=True, capture_output=True, check=False, timeout=120
        )


@contextmanager
def place(folder: Path, shared: Path, *, server: str = SERVER) -> Iterator[Place]:
    """A site with its database migrated and otherwise empty."""
    with _locked(shared / f"template-{'postgres' if server else 'sqlite'}.lock") as made:
        template = shared / "template-var"
        if server:
            name = "template_" + secrets.token_hex(4) if not made.read_text() else made.read_text()
        else:
            name = "template"
        if not made.read_text():
            if server:
                postgres.execute(server, f"CREATE DATABASE {name}")
            _migrate(_place(template, postgres.with_name(server, name) if server else ""))
            made.write_text(name)
        folder.mkdir(parents=True, exist_ok=True)
        if server:
            own = f"own_{secrets.token_hex(6)}"
            postgres.execute(server, f"CREATE DATABASE {own} TEMPLATE {name}")
        else:
            own = ""
            shutil.copyfile(template / "gongkai.sqlite3", folder / "gongkai.sqlite3")
    try:
        yield _place(folder, postgres.with_name(server, own) if own else "")
    finally:
        if own:
            postgres.execute(server, f"DROP DATABASE IF EXISTS {own} WITH (FORCE)")


def demo(folder: Path, shared: Path) -> Path:
    """A folder with the demo in it, on SQLite."""
    with _locked(shared / "demo.lock") as made:
        template = _place(shared / "demo-var", "")
        if not made.read_text():
            done = template.run("-m", "gongkai", "demo")
            assert done.returncode == 0, done.stderr
            _settle(template)
            made.write_text("demo")
        return Path(shutil.copytree(template.var, folder))


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of a run."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def _place(var: Path, url: str) -> Place:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")},
        "GONGKAI_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "gongkai.site.settings",
    }
    environment.pop("DATABASE_URL", None)
    return Place(var, environment | ({"DATABASE_URL": url} if url else {}))


def _migrate(where: Place) -> None:
    done = where.run("-m", "gongkai.site", "migrate", "-v0")
    assert done.returncode == 0, done.stderr
    if not where.url:
        _settle(where)


def _settle(where: Place) -> None:
    """What is still in the write-ahead log would not be copied."""
    connection = sqlite3.connect(where.var / "gongkai.sqlite3")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@contextmanager
def _locked(path: Path) -> Iterator[Path]:
    """Workers of one run take turns; the file says what the first has made."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield path
