"""Run JupyterLab in a study folder, with copies of our notebooks beside the study's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from workbench.resources import resource
from workbench.settings import read_settings

__all__ = ["run"]


def run(study: Path, *, browser: bool) -> int:
    """Run JupyterLab until it is stopped; returns its exit code. Copies of notebooks that are there are left alone."""
    read_settings(study)
    notebooks = study / "notebooks"
    notebooks.mkdir(exist_ok=True)
    for source in resource("notebooks").glob("*.ipynb"):
        if not (notebooks / source.name).exists():
            shutil.copyfile(source, notebooks / source.name)
    command = [sys.executable, "-m", "jupyterlab", "--KernelManager.transport_encryption=required"]
    if not browser:
        command.append("--no-browser")
    return subprocess.call(command, cwd=study, env={**os.environ, "WORKBENCH_STUDY": str(study.resolve())})
