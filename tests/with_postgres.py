"""`python -m tests.with_postgres COMMAND…`: run it with DATABASE_URL naming a PostgreSQL server made for it."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.postgres import cluster


def main() -> int:
    """The exit code of the command."""
    with cluster() as server:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": server.url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
