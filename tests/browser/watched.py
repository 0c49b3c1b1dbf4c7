"""A page that is watched while it is tried, and the kernels behind it."""

import subprocess
from contextlib import contextmanager


@contextmanager
def watched(page, site):
    """Fail when the page asks another machine for anything, or something goes wrong in it."""
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield
    own = (site.base, site.base.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert faults == []


def kernels(site):
    """The processes of a site's kernels."""
    found = subprocess.run(["pgrep", "-P", str(site.process.pid)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]
