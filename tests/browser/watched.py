"""A page that is watched while it is tried: what it asks, whom it shuts out; and the kernels behind it."""

import subprocess
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (390, 1400)


def violations(page):
    """What axe-core finds in the page as it is, and fields whose content the browser would keep for itself."""
    result = Axe().run(page)
    kept = page.locator(".mf-working input:not([autocomplete='off'])").evaluate_all(
        "all => all.map((n) => n.outerHTML)"
    )
    return [("kept by the browser", kept)] * bool(kept) + [
        (v["id"], [n["html"][:150] for n in v["nodes"]][:3]) for v in result.response["violations"]
    ]


def violations_at_every_size(page):
    """What axe-core finds on a phone and on a wide screen, and where the page is wider than the screen."""
    was, found = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": was["height"]})
        reached = page.evaluate("document.documentElement.scrollWidth")
        found += violations(page) + ([f"{reached} px wide at {width}"] if reached > width else [])
    page.set_viewport_size(was)
    return found


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
