"""Pin and hash everything for Windows, macOS and Linux, Python 3.11 to 3.13, wheels only; no address in the file.

After resolving, the lock is held against each system and Python apart: a universal resolution does not notice that a
pinned version has no wheel for one of them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
GROUPS = ("build", "check", "docs", "test", "lock")
SYSTEMS = ("x86_64-manylinux_2_28", "aarch64-apple-darwin", "x86_64-pc-windows-msvc")
PYTHONS = ("3.11", "3.12", "3.13")
QUIET = ("--no-header", "--no-annotate", "--no-emit-index-url", "--only-binary", ":all:", "--quiet")


def resolve(*arguments: str) -> None:
    """Run uv's resolver; what it prints is in the file it writes, or of no interest."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *QUIET, *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Write requirements.lock and check it for each system."""
    groups = [word for group in GROUPS for word in ("--group", group)]
    resolve("--universal", "--python-version", "3.11", "--generate-hashes", *groups, "pyproject.toml", "-o", LOCK.name)
    for python in PYTHONS:
        for system in SYSTEMS:
            resolve("--no-deps", "--python-version", python, "--python-platform", system, LOCK.name)
            print(f"Python {python}, {system}: wheels for all")


if __name__ == "__main__":
    main()
