"""Parts chosen by settings, for real: files in an S3-compatible store, tasks done by a worker, the doctor."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gongkai.site.environment import SETTINGS
from tests.places import Place
from tests.site_process import free_port

_STORE = """
import django
django.setup()
import boto3
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage as storage
env = settings.ENV
boto3.client("s3", endpoint_url=env["GONGKAI_S3_ENDPOINT"], aws_access_key_id=env["GONGKAI_S3_KEY"],
    aws_secret_access_key=env["GONGKAI_S3_SECRET"], region_name="us-east-1").create_bucket(Bucket=env["GONGKAI_S3_BUCKET"])
data = bytes(range(256)) * 5000
first = storage.save("附件/公告.pdf", ContentFile(data))
second = storage.save("附件/公告.pdf", ContentFile(b"other"))
assert first != second, "nothing is overwritten"
assert storage.open(first).read() == data
assert storage.size(first) == len(data)
storage.delete(second)
assert storage.exists(first) and not storage.exists(second)
print(type(storage._wrapped).__name__, first)
"""
_ENQUEUE = """
import django
django.setup()
import sys
from tests.site.some_tasks import touch
print(touch.enqueue(sys.argv[1]).status)
"""


@contextmanager
def s3(place: Place) -> Iterator[str]:
    """A store on loopback; its address."""
    port = free_port()
    process = place.start("-m", "moto.server", "-H", "127.0.0.1", "-p", str(port))
    try:
        for _ in range(600):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            try:
                connection.request("GET", "/moto-api/")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.1)
            finally:
                connection.close()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate()


def test_files_in_an_s3_compatible_store(place: Place, tmp_path: Path) -> None:
    with s3(place) as address:
        there = place.with_settings(
            GONGKAI_S3_BUCKET="files", GONGKAI_S3_ENDPOINT=address, GONGKAI_S3_KEY="key", GONGKAI_S3_SECRET="secret",
            AWS_DEFAULT_REGION="us-east-1",
        )  # fmt: skip
        done = there.run("-c", _STORE)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("S3Storage 附件/公告")
        assert not list(place.var.glob("media/**/*.pdf"))
        backup = there.run("-m", "gongkai", "backup", str(tmp_path / "b.tar.gz"))
        assert backup.returncode == 0 and "S3" in backup.stdout, "said, not skipped in silence"


def test_a_task_waits_for_its_worker_and_is_done_by_it(place: Place, tmp_path: Path) -> None:
    there = place.with_settings(GONGKAI_TASKS="database")
    mark = tmp_path / "done"
    enqueued = there.run("-c", _ENQUEUE, str(mark))
    assert enqueued.returncode == 0, enqueued.stderr
    assert enqueued.stdout.strip() == "READY" and not mark.exists()
    worked = there.run("-m", "gongkai.site", "db_worker", "--batch", "--no-startup-delay", "--queue-name", "*")
    assert worked.returncode == 0, worked.stderr
    assert mark.read_text() == "done"
    at_once = place.run("-c", _ENQUEUE, str(tmp_path / "at-once"))
    assert at_once.stdout.strip() == "SUCCESSFUL", at_once.stderr


def test_the_doctor_works_where_nothing_else_does(place: Place) -> None:
    ill = place.with_settings(GONGKAI_HTTPS="yes", GONGKAI_TYPO="1", GONGKAI_S3_ENDPOINT="ftp://x")
    doctor = ill.run("-m", "gongkai", "doctor")
    assert doctor.returncode == 0 and not doctor.stderr
    sentences = [
        "设置 GONGKAI_HTTPS“yes”不正确：应为 1（是）或 0（否）。",
        "设置 GONGKAI_S3_ENDPOINT“ftp://x”不正确：应为以 http://、https:// 开头的地址。",
        "没有 GONGKAI_TYPO 这项设置，请检查拼写。",
    ]
    for sentence in sentences:
        assert sentence in doctor.stdout.splitlines()
    for part in ("PostgreSQL", "nginx"):
        assert part in doctor.stdout
    refused = ill.run("-m", "gongkai.site", "check")
    assert refused.returncode != 0
    for sentence in sentences:
        assert sentence in refused.stderr
    assert "设置正确" in place.run("-m", "gongkai", "doctor").stdout


@pytest.mark.parametrize("setting", [setting for setting in SETTINGS if setting.secret], ids=lambda s: s.name)
def test_a_secret_is_never_shown(setting: object) -> None:
    from gongkai.site import environment

    name = setting.name  # type: ignore[attr-defined]
    _, wrong = environment.read({name: "wrong://tr3s3cr3t"})
    assert not any("tr3s3cr3t" in sentence for sentence in wrong)
