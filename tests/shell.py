"""Runs a line of shell as a reader of the README or of the help would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(command: str, folder: Path | None = None) -> str:
    """Return what a line of shell prints, with this environment's kzus first on the path; it must succeed."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    shell = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return shell.stdout
