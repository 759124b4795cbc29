"""The fictional county's reports as a batch that everyone may open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

import gongkai
from gongkai.reporting import actions
from gongkai.reporting.models import Batch


def prepare_demo() -> None:
    """Make the demo where there is none, or where another version of the program made it."""
    version = _version()
    if Batch.objects.filter(is_demo=True, made_with=version).exists():
        return
    from gongkai.demo import reports, write_demo
    from gongkai.demo.county import YEAR

    paths = write_demo(settings.VAR / "demo")
    batch = actions.upload([_Local(path) for path in paths])
    for old in Batch.objects.filter(is_demo=True):
        actions.delete(old)
    batch.is_demo, batch.made_with, batch.name = True, version, "示例：青禾县各单位年度报告"
    batch.expires_at = timezone.now() + timedelta(days=36500)
    batch.expected = "\n".join(sorted(str(report.agency) for report, _ in reports(YEAR).values()))
    batch.save()


def _version() -> str:
    """What the program is now: rules and readers change the demo's findings."""
    root = Path(gongkai.__file__).parent
    newest = max(f.stat().st_mtime_ns for part in ("annual_report", "demo") for f in (root / part).rglob("*.[pt]*"))
    return hashlib.sha256(f"{gongkai.__version__} {newest}".encode()).hexdigest()


class _Local:
    """A file of this machine in the shape of an upload."""

    def __init__(self, path: Path) -> None:
        self.path, self.name, self.size = path, path.name, path.stat().st_size

    def chunks(self) -> Iterable[bytes]:
        yield self.path.read_bytes()
