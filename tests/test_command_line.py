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
        ("table", "matrix", "--format", "csv", "--to", "nodir/x.csv"),
        ("table", "matrix", "--format", "csv", "--to", "."),
        ("init", "s", "--store", "postgresql://foo/bar"),
        ("init", "s", "--store", "sqlite:///nodir/x.db"),
        ("init", "study.toml"),
        ("init", "s", "--passphrase-file", "nofile"),
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
        (["publish", "a"], "flere ord"),
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


def test_a_place_that_can_not_be_written_is_a_sentence(own_study):
    run, folder = own_study, own_study.folder
    (folder / "in.jsonl").write_text('{"id": 1, "text": "Hei"}\n')
    run("informants", "add", "B1", "--group", "bruker", "--consent", "anonymous")
    for arguments in (
        ("informants", "quotes", "B1", "--to", "nodir/q.txt"),
        ("deidentify", "--batch", "in.jsonl", "--to", "nodir/y"),
    ):
        done = run(*arguments)
        assert (done.returncode, len(lines(done.stderr))) == (2, 1), done.stderr
        assert "nodir" in done.stderr


def test_a_missing_passphrase_file_is_said_to_be_missing(study_command):
    done = study_command("vault", "unlock", "--passphrase-file", "nofile", WORKBENCH_PASSPHRASE="")
    assert (done.returncode, done.stderr) == (2, "nofile is not there.\n")


def test_check_tells_on_stdout_and_with_show_the_word(own_study):
    run, folder = own_study, own_study.folder
    (folder / "r.csv").write_text(REGISTER)
    run("informants", "add", "B1", "--group", "bruker", "--consent", "anonymous")
    run("informants", "register", "r.csv")
    (folder / "draft.html").write_text('<p class="Kari">Som Ola sa.</p>')
    plain, shown = run("check", "draft.html"), run("check", "draft.html", "--show")
    assert (plain.returncode, shown.returncode) == (1, 1)
    assert len(lines(plain.stdout)) == 2
    assert "Kari" not in plain.stdout + plain.stderr
    assert "“Kari”" in shown.stdout
    assert "“Ola”" in shown.stdout


def test_check_of_a_broken_file_names_it(own_study):
    (own_study.folder / "bad.docx").write_bytes(b"PK nothing")
    done = own_study("check", "bad.docx")
    assert done.returncode == 2
    assert "bad.docx" in done.stderr


def test_what_goes_wrong_is_told_in_the_users_language_and_tables_in_the_studys(own_study):
    run, folder = own_study, own_study.folder  # the study is in bokmål
    (folder / "r.csv").write_text(REGISTER)
    (folder / "i.txt").write_text(INTERVIEW)
    run("informants", "add", "B1", "--group", "bruker", "--consent", "anonymous")
    for code, said in (
        ("en", "There is no table called nosuch"),
        ("da", "Ingen tabel hedder"),
        ("nb", "Ingen tabell heter"),
    ):
        assert said in run("table", "nosuch", WORKBENCH_LANGUAGE=code).stderr
    named = run("import", "i.txt", "--kind", "interview", "--register", "r.csv", "--yes", "--name", "Kari Testesen")
    assert (named.returncode, len(lines(named.stderr))) == (2, 2)
    assert "A name or number that identifies somebody" in named.stderr
    (folder / "f.txt").write_text("Kari kom.")
    run("informants", "register", "r.csv")
    assert "a name in the register" in run("check", "f.txt").stdout
    assert "Determinant" in run("table", "matrix", "--format", "csv").stdout
    assert "Utsagn" in run("table", "matrix", "--format", "csv").stdout


def test_a_heading_without_the_columns_is_one_sentence(own_study):
    run, folder = own_study, own_study.folder
    (folder / "c.csv").write_text("sitat,tema\nen,1\nto,2\n")
    (folder / "r.csv").write_text("navn,alias\nKari,\n")
    (folder / "b.csv").write_bytes(b"%PDF-1.4\n\x00\x01")
    (folder / "x.csv").write_bytes(b"PK\x03\x04\x00")
    for arguments, said in (
        (("codings", "import", "c.csv"), "quote, theme, effect, determinant"),
        (("informants", "register", "r.csv"), "name"),
        (("codings", "import", "b.csv"), "b.csv is not a CSV file"),
        (("informants", "register", "x.csv"), "x.csv is not a CSV file"),
    ):
        done = run(*arguments)
        assert (done.returncode, len(lines(done.stderr))) == (2, 1), done.stderr
        assert said in done.stderr


@pytest.mark.parametrize(
    ("row", "said"), [("Kari,,spøkelse,X", "row 2"), ("K,,person,X", "two letters"), ("Kari,A,person,X", "two letters")]
)
def test_a_register_row_that_can_not_be_used_is_refused_with_its_number(own_study, row, said):
    (own_study.folder / "r.csv").write_text(f"name,aliases,type,replacement\n{row}\n")
    done = own_study("informants", "register", "r.csv")
    assert (done.returncode, len(lines(done.stderr))) == (2, 1)
    assert said in done.stderr
    assert "Kari" not in done.stderr


def test_deidentify_reads_what_import_reads(command, tmp_path):
    import docx

    document = docx.Document()
    document.add_paragraph("Ring Kari på 68 05 12 34.")
    document.save(tmp_path / "a.docx")
    result = command.json("deidentify", "a.docx")
    assert "68 05" not in result["text"]
    assert [s["type"] for s in result["spans"]] == ["phone"]


def test_a_broken_bibtex_file_is_one_sentence(own_study):
    (own_study.folder / "b.bib").write_text("@book{a, author={X, Y}, title={T\n@article{b, year={2000}}")
    done = own_study("references", "import", "b.bib")
    assert (done.returncode, len(lines(done.stderr))) == (2, 1), done.stderr
    assert "line 1" in done.stderr


def test_withdrawn_twice_nothing_is_written(own_study):
    run, folder = own_study, own_study.folder
    (folder / "i.txt").write_text(INTERVIEW)
    (folder / "r.csv").write_text(REGISTER)
    (folder / "c.csv").write_text(CODINGS)
    run("informants", "add", "B1", "--group", "bruker", "--consent", "anonymous")
    run("import", "i.txt", "--kind", "interview", "--register", "r.csv", "--yes")
    run("codings", "import", "c.csv")
    first = run("withdraw", "B1", "--yes")
    assert first.returncode == 0
    assert "3 statements are left without support" in first.stderr
    before = run.json("audit", "verify")["rows"]
    again = run("withdraw", "B1", "--yes")
    assert (again.returncode, len(lines(again.stderr))) == (2, 1)
    assert run.json("audit", "verify")["rows"] == before


def test_a_passage_with_several_codings_is_one_quote(own_study):
    run, folder = own_study, own_study.folder
    (folder / "i.txt").write_text(INTERVIEW)
    (folder / "r.csv").write_text(REGISTER)
    (folder / "c.csv").write_text(CODINGS + "At ingen har tid,1,fremmer,systemisk,,,\n")
    run("informants", "add", "B1", "--group", "bruker", "--consent", "anonymous")
    run("import", "i.txt", "--kind", "interview", "--register", "r.csv", "--yes")
    assert run.json("codings", "import", "c.csv")["added"] == 4
    run("informants", "quotes", "B1", "--to", "q.txt")
    assert (folder / "q.txt").read_text().count("At ingen har tid") == 1


def test_a_vault_folder_that_is_away_is_told_by_the_audit(own_study, tmp_path):
    (tmp_path / "vault").rename(tmp_path / "away")
    done = own_study("audit", "verify")
    assert done.returncode == 1
    assert "no head in the vault folder" in done.stderr
