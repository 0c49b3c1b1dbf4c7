"""One served edition of the example study for all browser tests."""

import pytest

from tests.browser.chromium import launch_options


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return launch_options()


@pytest.fixture(scope="session")
def served(edition):
    from workbench.serving.dashboards import dashboards

    with dashboards(edition) as running:
        yield running


@pytest.fixture
def page_of(page, served):
    """Open a dashboard's page, and fail when anything asks another machine."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    def opened(name, width=1300, height=900):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(served.address)
        page.goto(f"{served.base}voila/render/{name}.ipynb")
        page.wait_for_selector("h1")
        return page

    yield opened
    own = (served.base, served.base.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
