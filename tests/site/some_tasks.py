"""A task for these tests."""

from pathlib import Path

from django_tasks import task


@task()
def touch(path: str) -> None:
    """Leave a mark."""
    Path(path).write_text("done")
