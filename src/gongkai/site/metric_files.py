"""The files in which worker processes count, so that one of them can answer for all. Knows no Django.

Each worker has its own files. When one ends, what it counted is added to the file of those that ended before;
otherwise the folder would grow with every restart.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from prometheus_client import mmap_dict

_Values: Any = mmap_dict.MmapedDict  # it carries no types


def empty(folder: Path) -> None:
    """Before the server starts: what a former one counted is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink()


def fold(folder: Path, pid: int) -> None:
    """Add what the ended worker counted to the file of the ended ones."""
    with locked(folder, fcntl.LOCK_EX):
        for kind in ("counter", "histogram"):
            dead = folder / f"{kind}_{pid}.db"
            if not dead.exists():
                continue
            ended = _Values(str(folder / f"{kind}_0.db"))
            for key, value, _, _ in _Values.read_all_values_from_file(str(dead)):
                ended.write_value(key, ended.read_value(key)[0] + value, 0.0)
            ended.close()
            dead.unlink()


@contextmanager
def locked(folder: Path, how: int = fcntl.LOCK_SH) -> Iterator[None]:
    """While the files are read (shared) or folded (exclusive)."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield
