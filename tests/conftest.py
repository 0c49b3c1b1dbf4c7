"""What tests share: studies of their own, away from the user's vault, settings and language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.study import Study

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"

INTERVIEW = """I: Hvordan opplever du samarbeidet?
Kari: Jeg synes det fungerer når de ringer meg. Mannen min, Ola Testesen, sier det samme.
I: Hva hemmer?
Kari: At ingen har tid. Telefonen min er 68 05 12 34.
"""

REGISTER = """name,aliases,type,replacement,informant
Kari Testesen,,person,B1,B1
Ola Testesen,,person,[ektefelle],
"""


@pytest.fixture(autouse=True)
def _apart(tmp_path_factory, monkeypatch):
    """No test sees the user's own study, vault, keyring, passphrase or language."""
    home = tmp_path_factory.mktemp("home")
    for name in ("WORKBENCH_STUDY", "WORKBENCH_VAULT", "WORKBENCH_PASSPHRASE", "WORKBENCH_ACTOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKBENCH_LANGUAGE", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def study(tmp_path) -> Study:
    """An empty study whose vault is always open: its key lies unsealed."""
    return Study.create(tmp_path / "study", title="Prøve", vault=tmp_path / "vault", passphrase=None)


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def writer(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writer


@pytest.fixture
def interviewed(study, write) -> Study:
    """A study with one informant, B1, and one interview called Intervju 1."""
    study.add_informant("B1", "bruker", recruitment="oppslag", given="anonymous")
    study.learn_names(write("register.csv", REGISTER))
    study.import_files([write("samtale.txt", INTERVIEW)], "interview", name="Intervju 1")
    return study


CODINGS = """quote,theme,effect,determinant,code,statement,memo
det fungerer når de ringer meg,6,fremmer,relasjonell,direkte kontakt,Direkte kontakt gjør at det virker,sterkt sagt
"Mannen min, Ola Testesen, sier",1,promotes,relational,,Direkte kontakt gjør at det virker 2,
At ingen har tid,ressurser,hemmer,organisatorisk,tidsnød,Ingen har tid,
"""


@pytest.fixture
def coded(interviewed, write) -> Study:
    """The same study with three codings and as many statements."""
    added, refused = interviewed.import_codings(write("codings.csv", CODINGS))
    assert (added, len(refused)) == (3, 0)
    return interviewed


@pytest.fixture(scope="session")
def edition(tmp_path_factory):
    """The example study, published."""
    from workbench.demo import make_demo

    folder = tmp_path_factory.mktemp("demo")
    os.environ["WORKBENCH_PASSPHRASE"] = "korrekt hest"
    os.environ["WORKBENCH_VAULT_IDLE"] = "60"
    try:
        return make_demo(folder / "demo", lambda _text: None).path
    finally:
        del os.environ["WORKBENCH_PASSPHRASE"]


class Command:
    """Runs `workbench` in a process of its own, as a user does."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = environment

    def __call__(self, *arguments: object, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "workbench", *map(str, arguments)],
            cwd=self.folder,
            env={**os.environ, **self.environment, **environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def json(self, *arguments: object, **environment: str):
        done = self(*arguments, "--json", **environment)
        assert done.stdout, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def command(tmp_path) -> Command:
    """The command line in an empty folder, with a passphrase at hand and a vault of its own."""
    return Command(tmp_path, WORKBENCH_PASSPHRASE="korrekt hest", WORKBENCH_VAULT_IDLE="120")


@pytest.fixture
def study_command(command, tmp_path):
    """The command line in a study made by itself; its agent ends with the test."""
    done = command("init", "study", "--vault", tmp_path / "vault", "--title", "Prøve")
    assert done.returncode == 0, done.stderr
    inside = Command(tmp_path / "study", **command.environment)
    yield inside
    inside("vault", "lock")
