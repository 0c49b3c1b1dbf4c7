"""What holds for the whole house: languages, notebooks, the lock, the documents."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from babel.messages.pofile import read_po

from tests.prepare import TYPE_CHECKER
from workbench.locale import LANGUAGES

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

# Words that are spelt alike in two of the languages, and mean the same.
ALIKE = set((ROOT / "tests" / "alike.txt").read_text("utf-8").splitlines())


def catalogue(language):
    with (ROOT / "workbench" / "locale" / language / "LC_MESSAGES" / "workbench.po").open("rb") as file:
        return {m.id if isinstance(m.id, str) else m.id[0]: m for m in read_po(file) if m.id}


def test_the_catalogues_hold_every_text_and_nothing_else():
    from catalogues import KEYWORDS, template

    texts = {m.id if isinstance(m.id, str) else m.id[0] for m in template() if m.id}
    for language in LANGUAGES:
        assert set(catalogue(language)) == texts, f"run tools/catalogues.py, then translate ({language})"
    told = {
        call.args[0].value: f"{path}:{call.lineno}"
        for path in (ROOT / "workbench").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        if isinstance(call.args[0], ast.Constant)
    }
    assert {text: where for text, where in told.items() if text not in texts} == {}, "ask for it outside an f-string"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_its_placeholders(language):
    for key, message in catalogue(language).items():
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(forms), f"{language}: {key}"
        wanted = set(re.findall(r"\{[^}]*\}", key if isinstance(message.id, str) else message.id[1]))
        for form in forms[-1:]:
            assert set(re.findall(r"\{[^}]*\}", form)) == wanted, f"{language}: {key}"


@pytest.mark.parametrize(("one", "other"), [("nb", "en"), ("da", "en"), ("nb", "da")])
def test_no_entry_equals_another_languages_but_for_a_short_list(one, other):
    first, second = catalogue(one), catalogue(other)
    same = {key for key in first if first[key].string == second[key].string}
    assert same - ALIKE == set()


def test_the_list_of_words_alike_is_no_longer_than_it_must_be():
    all_of_them = {language: catalogue(language) for language in LANGUAGES}
    used = {
        key
        for key in all_of_them["en"]
        if len({str(all_of_them[language][key].string) for language in LANGUAGES}) < len(LANGUAGES)
    }
    assert used == ALIKE


def labels_in(tree):
    """Every text of a template that a person reads."""
    if isinstance(tree, list):
        for one in tree:
            yield from labels_in(one)
    elif isinstance(tree, dict):
        if tree.keys() & set(LANGUAGES):
            yield tree
        for key, value in tree.items():
            if isinstance(value, str) and key in {"label", "definition", "title", "text", "note", "filled_by", "ends"}:
                yield {value: value}
            else:
                yield from labels_in(value)


@pytest.mark.parametrize("file", sorted((ROOT / "templates").rglob("*.yaml")), ids=lambda file: file.stem)
def test_our_templates_speak_three_languages(file):
    found = list(labels_in(yaml.safe_load(file.read_text("utf-8"))))
    assert found
    assert [one for one in found if set(one) != set(LANGUAGES)] == []


def test_the_types_of_the_browser_parts_hold():
    checked = subprocess.run(
        [TYPE_CHECKER, "-p", ROOT / "workbench" / "widgets"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


NOTEBOOKS = [*ROOT.glob("notebooks/**/*.ipynb"), *ROOT.glob("templates/**/*.ipynb")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_notebook_holds_only_imports_assignments_and_calls(path):
    if ".ipynb_checkpoints" in path.parts:
        return
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        assert cell.outputs == []
        assert cell.execution_count is None
        assert len(cell.source.splitlines()) <= 10
        for node in ast.parse(cell.source).body:
            assert isinstance(node, ast.Import | ast.ImportFrom | ast.Assign) or (
                isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            ), ast.unparse(node)


def locked():
    text = (ROOT / "requirements.lock").read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def test_the_lock_pins_and_hashes_and_names_no_host():
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    assert not re.search(r"^\s*--(index|extra|find|trusted)", text, re.MULTILINE)
    for entry in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert "==" in entry
        assert "--hash=sha256:" in entry


def test_the_lock_holds_everything_that_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + sum(project["dependency-groups"].values(), [])
    pins = locked()
    for requirement in wanted:
        name = re.split(r"[\s<>=!~;\[]", requirement)[0].lower().replace("_", "-")
        assert name in pins, name


def test_make_conda_and_the_ways_without_make_give_the_same_set():
    """conda brings only Python; all three then install the one lock, hashed and without resolving anything."""
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())
    names = [d for d in conda["dependencies"] if isinstance(d, str)]
    assert all(re.match(r"(python|pip)\b", name) for name in names)
    (pip,) = [d["pip"] for d in conda["dependencies"] if isinstance(d, dict)]
    flags = ["--no-deps", "--require-hashes", "-r requirements.lock"]
    assert pip == flags
    makefile, readme = (ROOT / "Makefile").read_text(), (ROOT / "README.md").read_text()
    for text in (makefile, readme):
        assert "pip install" in text
        assert "--no-deps --require-hashes -r requirements.lock" in text


def test_the_python_versions_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    conda = (ROOT / "environment.yml").read_text()
    assert project["requires-python"] == ">=3.11,<3.14"
    assert re.search(r"python\s*[>=]+3\.1[123]", conda)


def commands():
    import typer

    from workbench.cli import app

    def walk(command, path):
        if hasattr(command, "commands"):
            for name, inner in command.commands.items():
                yield from walk(inner, [*path, name])
        else:
            yield " ".join(path)

    return list(walk(typer.main.get_command(app), []))


def test_every_command_is_documented():
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text()
    for command in commands():
        assert f"`workbench {command}" in reference, command


def test_every_documented_command_exists():
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text()
    known = set(commands())
    for found in re.findall(r"^## `workbench ([^`]+)`", reference, re.MULTILINE):
        words = [word for word in found.split() if word.islower() and word.isalpha()]
        assert " ".join(words) in known, found


def test_the_documents_build_without_a_warning(tmp_path):
    from sphinx.cmd.build import build_main

    assert build_main(["-W", "-q", str(ROOT / "docs"), str(tmp_path)]) == 0


def test_the_example_study_is_long_enough_and_reserved_numbers_only():
    words = sum(len(path.read_text().split()) for path in (ROOT / "data" / "example" / "material").iterdir())
    assert words >= 10_000
    for path in (ROOT / "data" / "example" / "material").iterdir():
        for number in re.findall(r"\b\d{2} \d{2} \d{2} \d{2}\b", path.read_text()):
            assert number.startswith("68 05"), "the range that is kept for films"
