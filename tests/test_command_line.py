"""The command line as a user meets it: in processes of its own, with a real vault and its agent."""

import json
import os
import pty
import re
import subprocess
import sys

import pytest

from tests.conftest import CODINGS, INTERVIEW, REGISTER, SEEDS, Command
from workbench.study import Study


def lines(text):
    return [line for line in text.splitlines() if line]


def test_the_whole_way(study_command):
    run, folder = study_command, study_command.folder
    (folder / "i.txt").write_text(INTERVIEW)
    (folder / "r.csv").write_text(REGISTER)
    (folder / "c.csv").write_text(CODINGS)
    assert run("informants", "add", "B1", "--group", "bruker", "--consent", "anonymous").returncode == 0
    (imported,) = run.json(
        "import", "i.txt", "--kind", "interview", "--register", "r.csv", "--yes", "--name", "Intervju 1"
    )
    assert imported["turns"] == 4
    assert imported["masked"] >= 3
    assert [s["informant"] for s in imported["speakers"]] == [None, "B1"]
    assert "Kari" not in run("sources", "show", "Intervju 1").stdout
    assert run.json("codings", "import", "c.csv")["added"] == 3
    assert len(run.json("codings", "list", "--theme", "6")) == 1
    statement = run.json("statements", "list")[0]
    assert len(run.json("codings", "list", "--statement", statement["id"])) == 1
    assert len(run.json("table", "matrix")["cells"]) == 9
    made = run.json("publish")
    assert "index.html" in made["files"]
    assert run.json("editions", "verify", made["edition"]) == {"ok": True, "faults": []}
    assert run.json("audit", "verify")["ok"]
    (folder / "draft.md").write_text("Som Kari sa.\n")
    checked = run("check", "draft.md", "--json")
    assert checked.returncode == 1
    assert "Kari" not in checked.stdout + checked.stderr
    assert json.loads(checked.stdout)[0]["where"]


def test_unlock_and_lock_agree_between_processes(study_command):
    run = study_command
    assert run.json("vault", "status") == {"open": False}
    assert run("vault", "unlock").returncode == 0
    assert run.json("vault", "status") == {"open": True}
    run("vault", "lock")
    assert run.json("vault", "status") == {"open": False}
    wrong = run("vault", "unlock", WORKBENCH_PASSPHRASE="feil")
    assert (wrong.returncode, len(lines(wrong.stderr))) == (2, 1)


def test_a_locked_vault_without_a_passphrase_is_one_sentence(study_command):
    (study_command.folder / "i.txt").write_text(INTERVIEW)
    done = study_command("import", "i.txt", "--kind", "interview", "--yes", WORKBENCH_PASSPHRASE="")
    assert done.returncode == 2
    assert "workbench vault unlock" in done.stderr
    assert study_command.json("sources", "list") == []


@pytest.fixture
def own_study(tmp_path):
    """The command line in a study of the test's own, whose vault is always open."""
    Study.create(tmp_path / "study", vault=tmp_path / "vault", passphrase=None).store.close()
    return Command(tmp_path / "study")


@pytest.fixture(scope="module")
def empty_study(tmp_path_factory):
    """The command line in a study that no test here changes."""
    folder = tmp_path_factory.mktemp("empty")
    Study.create(folder / "study", vault=folder / "vault", passphrase=None).store.close()
    return Command(folder / "study", WORKBENCH_LANGUAGE="en")


@pytest.mark.parametrize(
    "arguments",
    [
        ("table", "matrise"),
        ("table", "matrix", "--format", "pptx"),
        ("sources", "show", "nothing"),
        ("import", "nothing.txt", "--kind", "interview", "--yes"),
        ("import", "study.toml", "--kind", "film", "--yes"),
        ("import", "study.toml", "--kind", "document", "--yes"),
        ("informants", "add", "B1", "--group", "x", "--consent", "maybe"),
        ("codings", "import", "nothing.csv"),
        ("statements", "add", "x", "--theme", "99", "--effect", "fremmer", "--determinant", "systemisk"),
        ("editions", "verify", "nothing"),
        ("serve", "--no-browser"),
        ("withdraw", "B9", "--yes"),
        ("withdraw", "B9"),
        ("init", ".", "--language", "fr"),
        ("nonsense",),
        ("table",),
        ("serve", "--port", "many"),
    ],
)
def test_bad_input_is_a_sentence_and_exit_2(empty_study, arguments):
    done = empty_study(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert lines(done.stderr)
    assert done.stdout == ""


def test_no_study_is_said_with_the_way_out(command):
    done = command("sources", "list")
    assert done.returncode == 2
    assert "workbench init" in done.stderr


def test_init_refuses_a_vault_inside_the_study(command, tmp_path):
    done = command("init", "s", "--vault", tmp_path / "s" / "vault")
    assert done.returncode == 2
    assert not (tmp_path / "s" / "study.toml").exists()


def test_the_same_content_is_noticed(own_study):
    study_command = own_study
    (study_command.folder / "a.txt").write_text("Samarbeid er bra.\n")
    (study_command.folder / "b.txt").write_text("Samarbeid er bra.\n")
    assert study_command("import", "a.txt", "--kind", "document", "--yes").returncode == 0
    again = study_command("import", "b.txt", "--kind", "document", "--yes", "--json")
    assert again.returncode == 1
    assert json.loads(again.stdout)[0]["already"]
    assert len(study_command.json("sources", "list")) == 1


def test_the_seeds_import_without_complaint(own_study):
    study_command = own_study
    files = sorted(SEEDS.glob("0*.txt"))
    if not files:
        pytest.skip("the seed documents are not on this machine")
    done = study_command("import", *files, "--kind", "document", "--yes", "--json")
    assert done.returncode == 0, done.stderr
    assert all(line.startswith("Reading") for line in lines(done.stderr))
    assert [row["words"] > 2000 for row in json.loads(done.stdout)] == [True] * 5


def test_deidentify_touches_no_study(command, tmp_path):
    (tmp_path / "t.txt").write_text("Karis nummer er 68 05 12 34.")
    (tmp_path / "r.csv").write_text("name,replacement\nKari Vik,U1\n")
    result = command.json("deidentify", "t.txt", "--register", "r.csv")
    assert result["text"].startswith("U1s nummer er [")
    assert [(s["start"], s["end"], s["status"]) for s in result["spans"]] == [(0, 5, "auto"), (16, 27, "auto")]
    item = {"id": 7, "lang": "nb", "text": "Kari kom", "register": [{"id": "k", "type": "person", "name": "Kari Vik"}]}
    (tmp_path / "in.jsonl").write_text(json.dumps(item) + "\n")
    assert command("deidentify", "--batch", "in.jsonl", "--to", "out.jsonl").returncode == 0
    (row,) = lines((tmp_path / "out.jsonl").read_text())
    assert json.loads(row)["spans"][0]["register_id"] == "k"
    (tmp_path / "in.jsonl").write_text("{")
    assert command("deidentify", "--batch", "in.jsonl", "--to", "out.jsonl").returncode == 2


def test_without_yes_each_finding_is_settled_at_a_prompt(own_study):
    """At a real terminal: one finding masked, one kept, one left open."""
    (own_study.folder / "n.txt").write_text("Ring 68 05 12 34. Eller 68 05 43 21. Eller 68 05 99 99.\n")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", "import", "n.txt", "--kind", "observation", "--name", "Notat"],
        cwd=own_study.folder,
        env={**os.environ, **own_study.environment},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    seen, answers = "", ["m", "k", "l"]
    while True:
        try:
            seen += os.read(leader, 4096).decode(errors="replace")
        except OSError:
            break  # the process has gone, and its terminal with it
        asked = len(re.findall(r"\[\w\]: ", seen))
        if asked > 3 - len(answers) and answers:
            os.write(leader, (answers.pop(0) + "\n").encode())
    assert process.wait(60) == 0, seen
    text = own_study("sources", "show", "Notat").stdout
    assert "68 05 12 34" not in text
    assert "68 05 43 21" in text
    assert "68 05 99 99" in text
    assert "1 masked, 1 to review" in seen


def test_every_command_answers_help_in_three_languages(command):
    shown = {code: command("--help", WORKBENCH_LANGUAGE=code).stdout for code in ("nb", "da", "en")}
    assert len(set(shown.values())) == 3


def test_names_never_reach_the_store(own_study):
    run, folder = own_study, own_study.folder
    (folder / "i.txt").write_text(INTERVIEW)
    (folder / "r.csv").write_text(REGISTER)
    run("informants", "add", "B1", "--group", "bruker", "--consent", "anonymous")
    run("import", "i.txt", "--kind", "interview", "--register", "r.csv", "--yes")
    content = b"".join(path.read_bytes() for path in folder.glob("study.db*"))
    for word in ("Kari", "Testesen", "68 05 12 34"):
        assert word.encode() not in content


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["import", "--foo"], "Valget --foo finnes ikke"),
        (["import"], "mangler her"),
        (["nope"], "Det finnes ingen kommando 'nope'"),
        (["lab", "a"], "flere ord"),
        (["serve", "--port", "x"], "'--port' kan ikke brukes"),
        (["publish", "--title"], "--title trenger en verdi"),
    ],
)
def test_a_command_typed_wrongly_is_told_in_the_users_language(command, typed, said):
    done = command(*typed, WORKBENCH_LANGUAGE="nb")
    assert (done.returncode, done.stdout, len(lines(done.stderr))) == (2, "", 1)
    assert said in done.stderr


def test_help_is_in_the_users_language_throughout(command):
    told = command("import", "--help", WORKBENCH_LANGUAGE="nb").stdout
    assert "Bruk: " in told
    assert "Argumenter:" in told
    assert "Valg:" in told
    assert not re.search(r"\b(Usage|Options|Arguments|Show this|required|default)\b", told)
