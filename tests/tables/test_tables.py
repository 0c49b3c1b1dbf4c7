import io
import json
import zipfile

import pytest

from workbench.errors import NotFound
from workbench.tables.rendering import FORMATS, render


def cell(study, determinant, effect):
    cells = study.table("matrix").data["cells"]
    return next(c for c in cells if (c["determinant"], c["effect"]) == (determinant, effect))


def test_the_matrix_counts_codings_sources_and_informants(coded):
    assert len(coded.table("matrix").data["cells"]) == 9
    here = cell(coded, "relational", "promotes")
    assert (here["codings"], here["sources"], here["informants"]) == (2, 1, 1)
    assert [s["text"] for s in here["statements"]] == [
        "Direkte kontakt gjør at det virker",
        "Direkte kontakt gjør at det virker 2",
    ]
    assert cell(coded, "systemic", "both")["codings"] == 0


def test_counts_are_those_of_a_plain_count(coded):
    """The database counts; here the same is counted by hand."""
    for c in coded.table("matrix").data["cells"]:
        mine = [x for x in coded.codings() if (x.determinant, x.effect) == (c["determinant"], c["effect"])]
        assert c["codings"] == len(mine)
        assert c["sources"] == len({x.source_id for x in mine})


def test_each_statement_and_count_leads_back_to_its_segments(coded):
    for c in coded.table("matrix").data["cells"]:
        assert len(coded.segments(determinant=c["determinant"], effect=c["effect"])) == c["codings"]
        for statement in c["statements"]:
            assert len(coded.segments(statement["id"])) == statement["codings"]


def test_what_consent_does_not_cover_is_left_out_and_told(coded):
    before = cell(coded, "relational", "promotes")["codings"]
    with coded.store.act("consent taken away for the test") as act:
        from workbench.material.records import set_consent

        set_consent(act.connection, coded.informants()[0].id, None, ())
    table = coded.table("matrix")
    assert before == 2
    assert all(c["codings"] == 0 and not c["statements"] for c in table.data["cells"])
    assert "1" in table.note


def test_an_interview_of_nobody_waits(study, write):
    study.import_files([write("a.txt", "I: Hei?\nA1: Ja.\n")], "interview", name="Uten")
    study.import_codings(write("c.csv", "quote,theme,effect,determinant\nJa.,1,fremmer,systemisk\n"))
    assert cell(study, "systemic", "promotes")["codings"] == 0
    study.add_informant("B1", "bruker", given="anonymous")
    study.map_speakers("Uten", {"A1": "B1"})
    assert cell(study, "systemic", "promotes")["codings"] == 1


def test_one_voice_of_a_group_without_consent_is_left_out_alone(study, write):
    study.add_informant("A1", "bruker", given="anonymous")
    study.add_informant("A2", "bruker")
    study.import_files(
        [write("a.txt", "Moderator: Hei?\nA1: Ja da.\nA2: Nei da.\nA1: Jo da.\n")],
        "focus_group",
        name="Gruppe",
        speakers={"A1": "A1", "A2": "A2"},
    )
    content = "quote,theme,effect,determinant\nJa da,1,fremmer,systemisk\nNei da,1,fremmer,systemisk\n"
    study.import_codings(write("c.csv", content))
    here = cell(study, "systemic", "promotes")
    assert (here["codings"], here["informants"]) == (1, 1)


def test_a_document_needs_nobodys_consent(study, write):
    study.import_files([write("a.txt", "Samarbeid er bra.\n")], "document", name="Dok")
    study.import_codings(write("c.csv", "quote,theme,effect,determinant\nSamarbeid er bra,1,fremmer,systemisk\n"))
    assert cell(study, "systemic", "promotes")["codings"] == 1


def test_informants_are_counted_by_group_and_recruitment(study):
    study.add_informant("A", "bruker", recruitment="oppslag", given="anonymous")
    study.add_informant("B", "bruker", recruitment="oppslag", declined=True)
    study.add_informant("C", "DPS", recruitment="leder", given="named")
    study.add_informant("D", "DPS", recruitment="leder")
    rows = {(r["group"], r["recruitment"]): r for r in study.table("informants").rows}
    assert rows["bruker", "oppslag"]["asked"] == 2
    assert rows["bruker", "oppslag"]["declined"] == 1
    assert rows["DPS", "leder"]["took_part"] == 1
    assert rows["DPS", "leder"]["waiting"] == 1


@pytest.mark.parametrize(
    "name", ["matrix", "themes", "theme-6", "primary-secondary", "informants", "sources", "methods"]
)
@pytest.mark.parametrize("form", FORMATS)
def test_every_table_in_every_format(coded, name, form):
    table = coded.table(name)
    content = render(table, form)
    assert content == render(coded.table(name), form), "the same bytes each time"
    if form in {"xlsx", "docx"}:
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        return
    text = content.decode("utf-8-sig")
    if form == "json":
        assert json.loads(text)["name"] == name
    if form == "latex":
        assert "\\toprule" in text
        assert "\\bottomrule" in text
    for value in table.frame.iloc[0].astype(str) if form in {"csv", "md"} else []:
        assert value.split(",")[0] in text


def test_a_frame_has_the_columns_a_reader_sees(coded):
    assert list(coded.table("themes").frame.columns)[:2] == list(coded.table("themes").columns.values())[:2]


def test_latex_and_html_escape_what_they_must(coded):
    coded.add_statement("50 % & <b>mer</b> _igjen_", theme="1", effect="fremmer", determinant="systemisk")
    assert "50 \\% \\& " in render(coded.table("matrix"), "latex").decode()
    assert "<b>" not in render(coded.table("matrix"), "html").decode()


def test_an_unknown_table_or_format_is_told_with_those_there_are(coded):
    with pytest.raises(NotFound, match="theme-7"):
        coded.table("matrise")
    with pytest.raises(NotFound, match="latex"):
        render(coded.table("matrix"), "pptx")


def test_markdown_is_a_pipe_table(coded):
    coded.add_statement("Det er 'sagt' | to ganger", theme="1", effect="fremmer", determinant="systemisk")
    head, rule, *rows = render(coded.table("matrix"), "md").decode().splitlines()
    assert head.count("|") == rule.count("|") == 7
    assert set(rule) <= set("|-: ")
    assert any("Det er 'sagt' \\| to ganger" in row for row in rows)


def test_the_codebook_counts_and_codes_stand_together(coded):
    text = coded.text("Intervju 1")
    start = text.index("Jeg synes det fungerer")
    code = coded.add_code(theme="2", name="åpenhet", definition="å si det som det er", use_when="når noe sies rett ut")
    coded.code_passage("Intervju 1", start, start + 40, code=code, effect="promotes", determinant="relational")
    table = coded.table("codebook")
    row = next(row for row in table.rows if row["code"] == "åpenhet")
    assert (row["theme"], row["codings"], row["sources"], row["informants"]) == ("2. Ressurser", 1, 1, 1)
    assert row["use_when"] == "når noe sies rett ut"
    assert coded.table("co-occurrence").rows == [{"code": "direkte kontakt", "other": "åpenhet", "passages": 1}]
