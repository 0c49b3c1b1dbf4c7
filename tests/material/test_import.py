"""Files as they come: each format, each encoding, and those that can't be read."""

import io

import docx
import pytest

from workbench.errors import BadInput, BrokenFile

TALK = "I: Hva skjer?\nA1: Ikke så mye, men det går på et vis.\nI: Blåbær?\nA1: Ørret.\n"


@pytest.fixture
def chromium_pdf(tmp_path):
    def make(html):
        from playwright.sync_api import sync_playwright

        from tests.browser.chromium import launch_options

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            page = browser.new_page()
            page.set_content(html)
            content = page.pdf()
            browser.close()
        return content

    return make


def word(*paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_the_encoding_is_found(study, write, encoding):
    study.import_files([write("a.txt", TALK.encode(encoding))], "interview", name="A")
    assert study.text("A") == TALK


def test_markdown(study, write):
    study.import_files([write("a.md", "# Tema\n\n**I:** Hva?\n\n**A1:** Ja.\n")], "interview", name="A")
    assert "A1" in study.text("A")


def test_docx_with_tables_comments_and_tracked_changes(study, write):
    document = word("I: Hva skjer?", "A1: Ikke så mye.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "I en celle"
    document.core_properties.author = "Noen"
    document.add_comment(document.paragraphs[0].runs, "en merknad", author="x", initials="x")
    insertion = document.paragraphs[1]._p.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ins", {}
    )
    document.paragraphs[1].add_run(" Satt inn.")
    run = document.paragraphs[1].runs[-1]._r
    run.addprevious(insertion)
    insertion.append(run)
    (imported,) = study.import_files([write("a.docx", saved(document))], "interview", name="A")
    text = study.text("A")
    assert "Ikke så mye. Satt inn." in text
    assert "I en celle" in text
    assert "merknad" not in text
    assert len(imported.notices) == 3
    assert imported.turns == 2


@pytest.mark.browser
def test_pdf(study, write, chromium_pdf):
    content = chromium_pdf("<p>I: Hva skjer med samarbeidet?</p><p>A1: Ikke så mye, æøå.</p>")
    (imported,) = study.import_files([write("a.pdf", content)], "interview", name="A")
    assert "Ikke så mye, æøå." in study.text("A")
    assert imported.turns == 2


WHISPER = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nHva skjer?\n\n00:00:02.000 --> 00:00:04.000\nIkke så mye.\n"
TEAMS = (
    "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Siv Li>Hva skjer?</v>\n\n"
    "00:00:02.000 --> 00:00:04.000\n<v Kari Vik>Ikke så mye,</v>\n\n"
    "00:00:04.000 --> 00:00:06.000\n<v Kari Vik>men det går.</v>\n\n00:00:06.000 --> 00:00:08.000\n<v Siv Li>Bra.</v>\n"
)
ZOOM = TEAMS.replace("<v ", "").replace("</v>", "").replace(">", ": ").replace("--: ", "-->")
WHISPERX = ZOOM.replace("Siv Li", "[SPEAKER_00]").replace("Kari Vik", "[SPEAKER_01]")


@pytest.mark.parametrize("vtt", [TEAMS, ZOOM, WHISPERX], ids=["teams", "zoom", "whisperx"])
def test_vtt_with_speakers(study, write, vtt):
    (imported,) = study.import_files([write("a.vtt", vtt)], "interview", name="A")
    assert imported.turns == 3
    assert "Ikke så mye, men det går." in study.text("A")
    assert "Kari" not in study.text("A"), "a speaker nobody knows is a number, not a name"


def test_vtt_without_speakers(study, write):
    (imported,) = study.import_files([write("a.vtt", WHISPER)], "interview", name="A")
    assert imported.turns == 2
    assert imported.speakers == []


ENCRYPTED_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n%%EOF\n"
)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"  \n\n", "empty"),
        ("a.docx", b"", "empty"),
        ("a.docx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.docx", saved(word("x"))[:3000], "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "password"),
        ("a.docx", saved(word("")), "no text"),
        ("a.docx", TALK.encode(), "not what its name says"),
        ("a.txt", saved(word("x")), "not"),
        ("a.pdf", TALK.encode(), "not what its name says"),
        ("a.pdf", b"%PDF-1.7 and then nothing", "damaged"),
        ("a.pdf", ENCRYPTED_PDF, "password"),
        ("a.txt", b"%PDF-1.7 ...", "not what its name says"),
        ("a.vtt", TALK.encode(), "damaged"),
        ("a.txt", bytes(range(256)) * 4, "not"),
        ("a.odt", b"x", "kind of file"),
        ("a", b"x", "kind of file"),
    ],
)
def test_a_file_that_can_not_be_read_is_one_sentence_and_changes_nothing(study, write, name, content, says):
    good, bad = write("good.txt", TALK), write(name, content)
    before = study.store.newest
    with pytest.raises(BrokenFile) as refused:
        study.import_files([good, bad], "interview")
    assert says in str(refused.value)
    assert name in str(refused.value)
    assert study.store.newest == before
    assert study.sources() == []
    assert study.vault.names("raw") == []


def test_two_hundred_megabytes_are_refused_before_they_are_read(study, tmp_path):
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(BadInput, match="200 MB"):
        study.import_files([big], "document")
    assert study.sources() == []


def test_a_missing_file_and_a_folder(study, tmp_path):
    with pytest.raises(BadInput, match="nothing.txt"):
        study.import_files([tmp_path / "nothing.txt"], "document")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(BadInput, match="folder"):
        study.import_files([tmp_path / "folder.txt"], "document")


@pytest.mark.parametrize("name", ["Kari Nordmann intervju.txt", "intervju_olsen.txt", "solveig.txt"])
def test_a_default_name_never_carries_a_persons_name(study, write, name):
    (imported,) = study.import_files([write(name, TALK)], "interview")
    assert imported.name == "Intervju 1"


@pytest.mark.parametrize("name", ["intervju-3.txt", "003_d7d89c34d5f41044.txt", "fokusgruppe 2.txt"])
def test_a_harmless_name_is_kept(study, write, name):
    (imported,) = study.import_files([write(name, TALK)], "interview")
    assert imported.name == name.removesuffix(".txt")


def test_the_raw_is_sealed_and_opens_as_it_came(study, write):
    (imported,) = study.import_files([write("a.txt", "Ring 68 05 12 34.\r\n")], "observation")
    sealed = study.vault.open(f"raw/{imported.id}")
    assert sealed.endswith(b"Ring 68 05 12 34.\r\n")
    assert b"68 05" not in b"".join(path.read_bytes() for path in study.folder.glob("study.db*"))


def test_a_correction_is_a_new_version_and_codings_move_along(coded, write):
    from tests.conftest import INTERVIEW

    better = INTERVIEW.replace("Hva hemmer?", "Hva er det som hemmer, tror du?").replace("ingen", "nesten ingen")
    moved, lost = coded.correct("Intervju 1", write("better.txt", better))
    assert (moved, lost) == (3, [])
    text = coded.text("Intervju 1")
    assert "nesten ingen" in text
    assert "Ola" not in text
    assert all(text[c.start : c.end] == c.quote for c in coded.codings())


def test_what_can_not_be_carried_is_shown_and_kept(coded, write):
    from tests.conftest import INTERVIEW

    moved, lost = coded.correct("Intervju 1", write("b.txt", INTERVIEW.replace("At ingen har tid. ", "")))
    assert moved == 2
    assert [c.quote for c in lost] == ["At ingen har tid"]
    assert len(coded.codings()) == 3
    assert coded.verify().ok


def test_what_a_crash_left_in_the_vault_is_destroyed_with_the_next_import(interviewed, write):
    kept = set(interviewed.vault.names("raw"))
    interviewed.vault.seal("raw/0190aaaa-0000-7000-8000-000000000000", b"words whose source was never stored")
    interviewed.import_files([write("n.txt", "Et notat.\n")], "observation")
    left = set(interviewed.vault.names("raw"))
    assert kept < left
    assert "raw/0190aaaa-0000-7000-8000-000000000000" not in left
