"""A study's notebook in a real JupyterLab."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from urllib.request import urlopen


def answering(address, seconds=60):
    until = time.monotonic() + seconds
    tick = threading.Event()
    while time.monotonic() < until:
        try:
            return urlopen(address, timeout=2).close()
        except OSError:
            tick.wait(0.2)
    raise AssertionError(f"nobody answers at {address}")


@contextmanager
def notebook_in_lab(page, study, tmp_path, name, widget):
    """Open a notebook, run it, and wait for the widget in it; gives the lab's process and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "JUPYTER_TOKEN": "proof", "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    lab = subprocess.Popen(
        [sys.executable, "-m", "workbench", "lab", "--no-browser", "--study", str(study.folder), "--", "--allow-root",
         f"--port={port}", "--expose-app-in-browser"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        answering(f"http://127.0.0.1:{port}/api?token=proof")
        page.set_viewport_size({"width": 1500, "height": 1000})
        page.goto(f"http://127.0.0.1:{port}/lab/tree/notebooks/{name}.ipynb?token=proof")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60000)
        page.wait_for_function(
            "() => window.jupyterapp && window.jupyterapp.shell.currentWidget?.sessionContext?.isReady"
        )
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(f"{widget}[data-ready]", timeout=60000)
        yield lab, port
    finally:
        if lab.poll() is None:
            os.killpg(lab.pid, signal.SIGTERM)
            lab.wait(20)
