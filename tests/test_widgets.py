"""The pages' modules: parts that join into one, with every text in its place."""

import re
from pathlib import Path

import pytest

from workbench.widgets import coder, logbook, pathways, rounds, working
from workbench.widgets.coder.texts import texts as coder_texts
from workbench.widgets.independent.texts import texts as independent_texts
from workbench.widgets.logbook.texts import texts as logbook_texts
from workbench.widgets.pathways.texts import texts as pathways_texts
from workbench.widgets.review import package
from workbench.widgets.review.texts import texts as review_texts
from workbench.widgets.rounds.texts import texts as rounds_texts

HERE = Path(__file__).parent.parent / "workbench" / "widgets"
# Each page's parts, its texts, and those of the texts that are asked for by a name put together elsewhere.
# What all pages share and the plainest of them does without.
NOT_HERE = {"views", "save", "cancel", "close", "linkIt", "vaultOpen"}
PAGES = {
    "coder": (coder.PARTS, coder_texts, {"read", "matrix", "find", "whole", "memos", "effect", "determinant"}),
    "logbook": (logbook.PARTS, logbook_texts, set()),
    "review": (package.PARTS, review_texts, {"agree", "differ", "wonder", "theme", "effect", "determinant"} | NOT_HERE),
    "independent": (package.CODING_PARTS, independent_texts, {"effect", "determinant", "known", "hard"} | NOT_HERE),
    "rounds": (rounds.PARTS, rounds_texts, {"views"}),
    "pathways": (
        pathways.PARTS,
        pathways_texts,
        {
            "map",
            "overview",
            "dates",
            "courses",
            "services",
            "forms",
            "gatherings",
            *(f"kind_{kind}" for kind in ("core", "support", "check", "score", "text")),
            *(f"{way}_{what}" for way in ("all", "add") for what in ("episode", "holder", "event")),
            "came",
            "went",
            "nearer",
            "farther",
            "other_sector",
            "new_ties",
            "gone_ties",
            "changed_ties",
            "linkIt",
        },
    ),
}


@pytest.fixture(params=PAGES)
def page(request):
    return request.param


@pytest.fixture
def sources(page):
    parts = [HERE / page / f"{part}.js" for part in (*working.SHARED, *PAGES[page][0])]
    return {path.stem: path.read_text("utf-8") for path in parts}


def test_every_part_is_joined(page):
    paths = [(HERE / page / part).resolve() for part in PAGES[page][0]]
    own = {path.name for path in paths if path.parent == HERE / page}
    joined_elsewhere = {"review": {"standalone"}, "independent": {"standalone"}}.get(page, set())  # by a server
    assert {path.stem for path in (HERE / page).glob("*.js")} == own | joined_elsewhere
    assert {path.stem for path in (HERE / "working").glob("*.js")} == {Path(part).name for part in working.SHARED}


def test_a_name_at_the_top_of_a_part_is_its_own_in_the_whole(sources):
    shape = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
    names = [name for text in sources.values() for name in shape.findall(text)]
    assert sorted(names) == sorted(set(names))


def test_what_a_part_imports_another_exports(sources):
    for part, text in sources.items():
        for names, other in re.findall(r'^import \{ ([^}]*) \} from "[./\w]*/(\w+)\.js";', text, re.MULTILINE):
            for name in names.split(", "):
                offered = rf"^export (?:async )?(?:function|const|class) {name}\b"
                assert re.search(offered, sources[other], re.MULTILINE), (part, name)


def test_every_text_is_shown_somewhere_and_none_is_missing(page, sources):
    _parts, texts, by_name = PAGES[page]
    known = set(texts())
    borrowed = {Path(part).name for part in PAGES[page][0] if not (HERE / page / f"{Path(part).name}.js").exists()}

    def used(parts):
        return set(re.findall(r"\bt\.(\w+)\b", "".join(sources[part] for part in parts)))

    assert used(sources.keys() - borrowed) <= known  # what is borrowed brings texts of its own
    assert known <= used(sources) | by_name
