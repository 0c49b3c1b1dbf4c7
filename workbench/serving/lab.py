"""Run JupyterLab in a study folder, with copies of our notebooks beside the study's own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench.resources import resource
from workbench.settings import read_settings

__all__ = ["run"]


_OPTIONS = (
    "--ServerApp.kernel_websocket_connection_class=workbench.serving.prompt.PromptConnection",
    # No request to any other machine: neither for news, which the settings folder shuts off, nor for a newer version.
    "--KernelManager.transport_encryption=required",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
)


def run(study: Path, options: Sequence[str], *, browser: bool) -> int:
    """Run JupyterLab until it is stopped, with `options` of its own; returns its exit code.

    Copies of notebooks that are there are left alone.
    """
    read_settings(study)
    notebooks = study / "notebooks"
    notebooks.mkdir(exist_ok=True)
    for source in resource("notebooks").glob("*.ipynb"):
        if not (notebooks / source.name).exists():
            shutil.copyfile(source, notebooks / source.name)
    command = [sys.executable, "-m", "jupyterlab", *_OPTIONS, *options]
    if not browser:
        command.append("--no-browser")
    settings = [str(resource("templates", "jupyter")), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    environment = {
        **os.environ,
        "WORKBENCH_STUDY": str(study.resolve()),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(settings),
    }
    running = subprocess.Popen(command, cwd=study, env=environment)
    signal.signal(signal.SIGTERM, lambda *_asked: running.terminate())  # who stops us stops the server too
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            pass  # the server was interrupted with us, asks whether it is to stop, and ends by itself
