"""The pages' modules: parts that join into one, with every text in its place."""

import re
from pathlib import Path

from workbench.widgets.coder import PARTS
from workbench.widgets.coder.texts import texts

HERE = Path(__file__).parent.parent / "workbench" / "widgets" / "coder"
SOURCES = {part: (HERE / f"{part}.js").read_text("utf-8") for part in PARTS}


def test_every_part_is_joined():
    assert {path.stem for path in HERE.glob("*.js")} == set(PARTS)


def test_a_name_at_the_top_of_a_part_is_its_own_in_the_whole():
    shape = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
    names = [name for text in SOURCES.values() for name in shape.findall(text)]
    assert sorted(names) == sorted(set(names))


def test_what_a_part_imports_another_exports():
    for part, text in SOURCES.items():
        for names, other in re.findall(r'^import \{ ([^}]*) \} from "\./(\w+)\.js";', text, re.MULTILINE):
            for name in names.split(", "):
                offered = rf"^export (?:async )?(?:function|const|class) {name}\b"
                assert re.search(offered, SOURCES[other], re.MULTILINE), (part, name)


def test_every_text_is_shown_somewhere_and_none_is_missing():
    known = set(texts())
    used = set(re.findall(r"\bt\.(\w+)\b", "".join(SOURCES.values())))
    by_name = {"read", "matrix", "find", "whole", "memos", "effect", "determinant"}
    assert used <= known
    assert known <= used | by_name
