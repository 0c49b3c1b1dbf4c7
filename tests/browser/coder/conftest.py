"""A small study opened in the coder, in a real browser."""

import pytest

from tests.browser.coder.doing import opened
from tests.browser.watched import watched
from workbench.serving.pages import page as serving
from workbench.study import Study

GROUP = """Fokusgruppe om samarbeid.

I: Hva er det som fremmer samarbeidet?
A1: Vi ringer hverandre, og det hjelper 👍🏽 sa hun. Tilliten kommer av å møtes, ikke av rutiner.
A2: Ingen har tid. Ventetiden er lang, og ingen eier planen.
I: Og hva hemmer?
A1: <script>window.hacked = 1</script> <b>Loven</b> hindrer oss, men gir også rettigheter.
A2: Jeg savner møteplasser. שלום עליכם sa en kollega. Man går fra dør til dør.
"""


@pytest.fixture
def study(tmp_path):
    made = Study.create(tmp_path / "study", title="Prøvestudie", vault=tmp_path / "vault", passphrase=None)
    for code in ("A1", "A2"):
        made.add_informant(code, "DPS" if code == "A1" else "kommune", given="anonymous")
    (tmp_path / "gruppe.txt").write_text(GROUP)
    made.import_files([tmp_path / "gruppe.txt"], "focus_group", informants=["A1", "A2"], name="Gruppe")
    made.add_code(theme="2", name="tidsnød", shortcut="d", definition="ingen har tid")
    made.add_code(theme="1", name="<img src=x onerror=window.hacked=2>")
    return made


@pytest.fixture
def site(study):
    with serving(study.folder, "coding") as running:
        yield running


@pytest.fixture
def coder(page, site):
    """Open the coder, and fail when anything asks another machine or runs what it should show."""
    page.set_viewport_size({"width": 1400, "height": 900})
    with watched(page, site):
        yield opened(page, site)
    assert page.evaluate("window.hacked") is None
