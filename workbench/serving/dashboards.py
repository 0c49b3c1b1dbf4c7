"""Serve one edition's dashboards: on a copy of the edition, with nothing of the study in reach."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.locale import _
from workbench.publishing.edition import Edition
from workbench.resources import resource
from workbench.serving import voila
from workbench.serving.voila import Served, Site

__all__ = ["dashboards", "serve"]

# What a kernel needs of the environment; neither the study's place nor the vault's is among it.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "APPDATA", "VIRTUAL_ENV")
# A page that ended without a word (a crash, a phone put away) leaves a kernel behind; it ends when idle so long.
_KERNELS = {"cull_idle_timeout": 300, "cull_interval": 30, "cull_connected": True}


def serve(
    edition: Path, *, port: int, browser: bool, certificate: Path | None = None, key: Path | None = None
) -> int:  # fmt: skip
    """Serve an edition until interrupted; prints the address first. Returns the exit code."""
    served = dashboards(edition, port=port, certificate=certificate, key=key)
    return voila.serve(served, _("Read-only. Stop with Ctrl+C."), browser=browser)


@contextmanager
def dashboards(
    edition: Path, *, port: int = 0, certificate: Path | None = None, key: Path | None = None
) -> Iterator[Served]:
    """Run the dashboards' server for the length of the block, as `voila.run` does."""
    about = Edition(edition).about
    with tempfile.TemporaryDirectory(prefix="edition-") as made:
        copy = Path(made) / "edition"
        shutil.copytree(edition, copy)
        kept = {key: value for key, value in os.environ.items() if key in _KEPT}
        site = Site(
            tuple(sorted(resource("notebooks", "dashboards").glob("*.ipynb"))),
            "overview.ipynb",
            about["title"],
            about["language"],
            "workbench.serving.readonly.ReadOnlyConnection",
            {**kept, "WORKBENCH_EDITION": str(copy)},
            _KERNELS,
        )
        with voila.run(site, port=port, certificate=certificate, key=key) as served:
            yield served
