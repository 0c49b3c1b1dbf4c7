"""Gatherings of a learning network: taken in, compared from one to the next, corrected, and without names."""

import pytest

from workbench.errors import BadInput, NotFound, Unsure

HEAD = "gathering,day,team,kind,words,theme,network,earlier\n"
EAST = (
    HEAD
    + """1,2014-09-17,Lillevik,goal,Bedre flyt mellom DPS og kommune,1,Øst,
1,2014-09-17,Lillevik,Challenge,=lang ventetid,2,Øst,
2,2014-12-03,Lillevik,goal,Bedre flyt mellom DPS og kommune.,1,Øst,
2,2014-12-03,Lillevik,measure,Felles møter hver uke,1,Øst,
3,2015-05-03,Lillevik,measure,Felles møter hver måned,1,Øst,Felles møter hver uke
1,2014-09-17,Ås,goal,Flere får individuell plan,3,Øst,
2,2014-12-03,Ås,challenge,Nye folk i teamet,,Øst,
1,2014-10-01,Bergvik,goal,Kortere vei til hjelp,,Vest,
"""
)


@pytest.fixture
def east(study, write):
    assert study.import_gatherings(write("samlinger.csv", EAST)) == 8
    return study


def told(study, network=None):
    return [
        (one.number, one.note.team, one.note.kind, one.standing, one.dropped) for one in study.progress(network).told
    ]


def test_what_teams_told_goes_on_from_gathering_to_gathering(east):
    assert told(east, "Øst") == [
        (1, "Lillevik", "goal", "first", False),
        (1, "Lillevik", "challenge", "first", True),
        (1, "Ås", "goal", "first", True),
        (2, "Lillevik", "goal", "kept", True),
        (2, "Lillevik", "measure", "new", False),
        (2, "Ås", "challenge", "new", False),
        (3, "Lillevik", "measure", "reworded", False),
    ]
    progress = east.progress("Øst")
    assert progress.numbers == (1, 2, 3)
    assert progress.teams == (("Øst", "Lillevik"), ("Øst", "Ås"))
    assert progress.teams_with("goal") == {1: 2, 2: 1, 3: 0}
    assert progress.counts("measure", "standing") == {"new": {1: 0, 2: 1, 3: 0}, "reworded": {1: 0, 2: 0, 3: 1}}
    first = east.framework.theme("1").id
    assert progress.counts("goal", "theme")[first] == {1: 1, 2: 1, 3: 0}
    assert [one.note.words for one in progress.at("Øst", "Lillevik", 1)][1] == "=lang ventetid"
    assert len(east.progress().told) == 8


def test_what_stands_in_the_study_comes_in_once(east, write):
    assert east.import_gatherings(write("igjen.csv", EAST + "2,2015-01-20,Bergvik,measure,Åpen dag,,Vest,\n")) == 1


@pytest.mark.parametrize(
    ("row", "told_of"),
    [
        ("én,2014-09-17,Ås,goal,Ord,,Øst,", "row 2: gathering is “én”, not a whole number"),
        ("1,17.9.2014,Ås,goal,Ord,,Øst,", "row 2: day is “17.9.2014”, not a date"),
        ("1,2014-09-17,Ås,hope,Ord,,Øst,", "row 2: kind is “hope”; it is one of goal, challenge, measure"),
        ("1,2014-09-17,,goal,Ord,,Øst,", "row 2: team is empty"),
        ("1,2014-09-18,Ås,goal,Ord,,Øst,", "row 2: Gathering 1 was on 2014-09-17, not on 2014-09-18"),
        ("1,2014-09-17,Ås,goal,Ord,42,Øst,", "row 2: No theme is called “42”"),
        ("2,2014-12-03,Ås,goal,Ord,,Øst,Noe annet", "“Noe annet” is not told by Ås in an earlier row"),
        (f"1,2014-09-17,Ås,goal,{'x' * 1001},,Øst,", "row 2: That is too long"),
    ],
)
def test_a_faulty_row_is_named_and_changes_nothing(east, write, row, told_of):
    before = told(east)
    with pytest.raises(BadInput, match=told_of):
        east.import_gatherings(write("feil.csv", HEAD + row + "\n1,2014-09-17,Ås,goal,Mer,,Øst,\n"))
    assert told(east) == before


def test_a_table_without_its_columns_is_refused(study, write):
    with pytest.raises(BadInput, match="lacks these columns: gathering, day"):
        study.import_gatherings(write("feil.csv", "team,kind,words\nÅs,goal,Ord\n"))


def test_names_do_not_come_in(east, write):
    east.learn_names(write("r.csv", "name,replacement\nRandi Prøvesen,[leder]\nPer,[leder]\n"))
    with pytest.raises(Unsure, match="Is “Per” somebody's name"):
        east.import_gatherings(write("navn.csv", HEAD + "3,2015-05-03,Ås,measure,Per leder møtene,,Øst,\n"))
    with pytest.raises(BadInput, match="names somebody"):
        east.add_note(3, "Ås", "measure", "Randi Prøvesen leder møtene", network="Øst", day="2015-05-03", sure=True)
    east.import_gatherings(write("kjent.csv", HEAD + "3,2015-05-03,Ås,measure,Randi Prøvesen leder,,Øst,\n"), sure=True)
    assert "Randi" not in str(east.progress())


def test_a_name_learnt_later_is_masked_in_what_is_kept(east, write):
    east.add_note(2, "Ås", "measure", "Solveig ringer rundt", network="Øst", sure=True)
    east.learn_names(write("r.csv", "name,replacement\nSolveig,[leder]\n"))
    assert "Solveig" not in str(east.progress())
    assert "Solveig" not in str(east.undo_gathering())


def test_a_note_is_written_changed_removed_and_brought_back(east):
    with pytest.raises(BadInput, match="on which day gathering 4 was"):
        east.add_note(4, "Ås", "goal", "Alle spørres", network="Øst")
    goal = east.add_note(4, "Ås", "goal", "Alle spørres", network="Øst", day="2015-12-02", theme="3")
    note = east.add_note(5, "Ås", "goal", "Alle blir spurt", network="Øst", day="2016-02-02", earlier=goal)
    assert told(east, "Øst")[-2:] == [(4, "Ås", "goal", "new", False), (5, "Ås", "goal", "reworded", False)]
    with pytest.raises(BadInput, match="same team told at an earlier gathering"):
        east.change_note(goal, earlier=note)
    east.change_note(note, words="Alle spørres.")
    assert told(east, "Øst")[-1] == (5, "Ås", "goal", "kept", False)
    east.remove_note(goal)
    assert [one.number for one in east.gatherings() if one.network == "Øst"] == [1, 2, 3, 5]
    assert told(east, "Øst")[-1] == (5, "Ås", "goal", "new", False)
    assert east.undo_gathering()
    assert told(east, "Øst")[-1] == (5, "Ås", "goal", "kept", False)
    assert east.redo_gathering()
    with pytest.raises(NotFound):
        east.change_note(goal, words="Noe")
    with pytest.raises(BadInput, match="no kind “hope”"):
        east.add_note(1, "Ås", "hope", "Ord", network="Øst")


def test_the_picture_tells_how_many_teams_and_notes_there_were(east):
    picture = east.progress_picture("Øst")
    assert [picture.count(words) for words in ("Gathering 3", ">2 teams<", ">1 team<", ">0 teams<")] == [1, 1, 5, 3]
    assert "<circle" in picture
    assert "Gathering" not in east.progress_picture("Nord")


def test_gatherings_by_the_command_line(study_command, write, tmp_path):
    file = write("samlinger.csv", EAST)
    assert study_command.json("gatherings", "import", file) == {"notes": 8}
    rows = study_command.json("gatherings", "list", "--network", "Øst")
    assert [row["standing"] for row in rows][-1] == "reworded"
    assert "3\tØst\tLillevik\tmeasure\treworded\tFelles møter hver måned" in study_command("gatherings", "list").stdout
    assert study_command("gatherings", "draw", "--to", tmp_path / "s.pdf").returncode == 0
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF-")
    done = study_command("gatherings", "import", write("feil.csv", HEAD + "0,2014-09-17,Ås,goal,Ord,,,\n"))
    assert done.returncode
    assert "row 2" in done.stderr
    assert "Traceback" not in done.stderr
