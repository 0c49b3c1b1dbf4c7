"""One working page of a study, apart from the dashboards: it may write, so only its own person may enter."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import NotFound
from workbench.locale import _, user_language
from workbench.resources import resource
from workbench.serving import voila
from workbench.serving.voila import Served, Site
from workbench.settings import read_settings

__all__ = ["PAGES", "open_page", "page"]

# An open page asks all the time; one that ended without a word (a phone put away) leaves its kernel, which ends later.
_KERNELS = {"cull_idle_timeout": 1200, "cull_interval": 60, "cull_connected": True}
PAGES = {
    "coding": "Coding.ipynb",
    "logbook": "Logbook.ipynb",
    "review": "Review.ipynb",
    "pathways": "Pathways.ipynb",
}


def open_page(
    study: Path, name: str, *, port: int, browser: bool, certificate: Path | None = None, key: Path | None = None
) -> int:  # fmt: skip
    """Serve a working page until interrupted; prints the address first. Returns the exit code."""
    served = page(study, name, port=port, certificate=certificate, key=key)
    return voila.serve(
        served, _("This address is yours alone: whoever has it can write. Stop with Ctrl+C."), browser=browser
    )


@contextmanager
def page(
    study: Path, name: str, *, port: int = 0, certificate: Path | None = None, key: Path | None = None
) -> Iterator[Served]:
    """Run a working page's server for the length of the block, as `voila.run` does; raises NotFound for its name."""
    if name not in PAGES:
        raise NotFound(
            _("There is no page called {name}. There are: {known}.").format(name=name, known=", ".join(PAGES))
        )
    settings = read_settings(study)
    environment = {key: value for key, value in os.environ.items() if key != "WORKBENCH_PASSPHRASE"}
    site = Site(
        (resource("notebooks", PAGES[name]),),
        PAGES[name],
        settings.title,
        user_language(),
        "workbench.serving.readonly.AskingConnection",
        {**environment, "WORKBENCH_STUDY": str(study.resolve())},
        _KERNELS,
    )
    with voila.run(site, port=port, certificate=certificate, key=key) as served:
        yield served
