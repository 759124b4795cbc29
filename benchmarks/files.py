"""The files that are measured: the demo county's reports, and the real reports where they are beside the checkout."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports"


@cache
def demo() -> tuple[Path, ...]:
    """The demo county's files, written once a run."""
    from gongkai.demo import write_demo

    return tuple(p for p in write_demo(Path(tempfile.mkdtemp(prefix="gongkai-bench-"))) if p.is_file())


def of_kind(suffix: str) -> list[bytes]:
    """The bytes of every measured file of one kind."""
    found = [p for p in demo() if p.suffix == suffix]
    if SHARED.exists():
        found += sorted(SHARED.glob(f"*{suffix}"))
    return [p.read_bytes() for p in found]
