import pytest

from workbench.errors import BadInput, BrokenTemplate
from workbench.framework import read_framework
from workbench.locale import using_language
from workbench.resources import resource
from workbench.study import Study

SHIPPED = resource("templates", "frameworks", "collaboration.yaml").read_text("utf-8")


def test_the_shipped_framework_has_two_dimensions_and_seven_themes():
    framework = read_framework("collaboration")
    assert [e.id for e in framework.effects] == ["promotes", "inhibits", "both"]
    assert [d.id for d in framework.determinants] == ["systemic", "organisational", "relational"]
    assert [t.number for t in framework.themes] == [1, 2, 3, 4, 5, 6, 7]
    for member in (*framework.determinants, *framework.themes):
        assert all((member.definition.nb, member.definition.da, member.definition.en))


@pytest.mark.parametrize("word", ["promotes", "Fremmer", " fremmer ", "PROMOTES"])
def test_a_value_goes_by_its_id_and_its_labels(word):
    assert read_framework("collaboration").effect(word).id == "promotes"


@pytest.mark.parametrize("word", ["7", "ledelse", "Leadership", "leadership"])
def test_a_theme_goes_by_its_number_too(word):
    assert read_framework("collaboration").theme(word).number == 7


def test_labels_follow_the_language():
    theme = read_framework("collaboration").theme("4")
    with using_language("da"):
        assert str(theme.label) == "Den praktiserende læges rolle"


def test_an_unknown_word_is_told_with_those_there_are():
    with pytest.raises(BadInput, match="hinders.*Fremmer|hinders.*Promotes"):
        read_framework("collaboration").effect("hinders")


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("number: 7", "number: seven"), 83, "whole number"),
        (("id: leadership", "id: competence"), None, "twice"),
        (("number: 7", "number: 6"), None, "same number"),
        (("effects:", "effekter:"), None, "effects"),
        (("  - id: promotes\n", "  - id: promotes\n    colour: red\n"), 9, "colour"),
        (("label: {nb: Ledelse,", "label: {nb: Ledelse"), 84, None),
    ],
)
def test_a_broken_framework_is_refused_with_line_and_reason(write, change, line, reason):
    file = write("mine.yaml", SHIPPED.replace(*change))
    with pytest.raises(BrokenTemplate) as refused:
        read_framework(str(file))
    assert f"line {line if line else ''}" in str(refused.value)
    assert (reason or "") in str(refused.value)


def test_another_framework_works_as_well(tmp_path, write):
    file = write(
        "small.yaml",
        """
id: small
label: {nb: Liten, da: Lille, en: Small}
effects:
  - {id: opens, label: {nb: Åpner, da: Åbner, en: Opens}}
  - {id: closes, label: {nb: Lukker, da: Lukker, en: Closes}}
determinants:
  - {id: home, label: {nb: Hjemme, da: Hjemme, en: Home}}
  - {id: away, label: {nb: Borte, da: Ude, en: Away}}
themes:
  - {id: only, number: 1, label: {nb: Det ene, da: Det ene, en: The only one}}
""",
    )
    study = Study.create(tmp_path / "s", framework=str(file), vault=tmp_path / "v", passphrase=None)
    assert [cell["effect"] for cell in study.table("matrix").data["cells"]] == ["opens", "closes"] * 2
    assert study.table("theme-1").title.startswith("1. ")


def test_a_broken_framework_leaves_no_half_made_study(tmp_path, write):
    with pytest.raises(BrokenTemplate):
        Study.create(tmp_path / "s", framework=str(write("x.yaml", "id: 3")), vault=tmp_path / "v", passphrase=None)
    assert not (tmp_path / "s").exists()
    assert not (tmp_path / "v").exists()


def test_what_is_wrong_is_said_in_our_words(write):
    file = write("mine.yaml", SHIPPED.replace("number: 7", "colour: red").replace("effects:", "effekter:"))
    with pytest.raises(BrokenTemplate) as refused, using_language("nb"):
        read_framework(str(file))
    for phrase in ("Field required", "Extra inputs", "Input should"):
        assert phrase not in str(refused.value)


def test_an_unknown_framework_is_told_with_those_there_are(command):
    done = command("init", "s", "--framework", "nosuch")
    assert done.returncode == 2
    assert "collaboration" in done.stderr
