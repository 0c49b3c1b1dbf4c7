"""Set up what the tests open: a Chromium, LibreOffice, and the checker of the browser parts' types."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

TYPE_CHECKER = Path(sys.prefix, "types", "node_modules", ".bin", "tsc")
TYPESCRIPT = "typescript@5.9.3"
PACKAGES = {
    "chromium": ("chromium", "fonts-dejavu-core"),
    "soffice": ("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
    "npm": ("npm",),
}
# Ubuntu's package is an empty one that points to snap, and its LibreOffice has other names for the same.
ON_UBUNTU = {"soffice": ("libreoffice-writer", "libreoffice-calc")}


def missing() -> list[str]:
    """Return the programs that are not there."""
    return [program for program in PACKAGES if not shutil.which(program)]


def from_distribution(programs: list[str]) -> None:
    """Install the distribution's packages, as root."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    for program in programs:
        for names in (PACKAGES[program], ON_UBUNTU.get(program)):
            if names is None:
                continue
            command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
            if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0:
                break


def from_playwright() -> bool:
    """Let Playwright install its own Chromium; says whether it could."""
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode == 0


def type_checker() -> bool:
    """Install the type checker beside the virtual environment's own programs; says whether it is there."""
    command = ["npm", "install", "--silent", "--no-save", "--prefix", str(TYPE_CHECKER.parents[2]), TYPESCRIPT]
    return TYPE_CHECKER.exists() or (bool(shutil.which("npm")) and subprocess.run(command, check=False).returncode == 0)


def main() -> int:
    """Return 0 when everything is there."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if missing() and is_root and shutil.which("apt-get"):
        from_distribution(missing())
    left = missing()
    if "chromium" in left and from_playwright():
        left.remove("chromium")
    if "npm" not in left and not type_checker():
        left.append("typescript")
    for program in left:
        print(
            f"The tests need {program}, and it could not be installed. Install it and run them again.", file=sys.stderr
        )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
