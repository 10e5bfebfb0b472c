"""`python -m tests.support.with_postgres COMMAND ...`: run it with YISHI_TEST_PG naming a throw-away PostgreSQL."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.postgres import Postgres, stop


def main(command: list[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="yishi-pg-"))
    folder.chmod(0o755)  # as root, the server runs as a user of its own
    try:
        server = Postgres(folder)
        return subprocess.run(
            command, env=os.environ | {"YISHI_TEST_PG": server.url("postgres")}, check=False
        ).returncode
    finally:
        stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
