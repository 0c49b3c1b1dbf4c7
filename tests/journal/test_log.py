"""The log: entries and their wordings, through the façade and the command line."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import BadInput, NotFound
from workbench.store import new_id
from workbench.study import Study


@pytest.fixture
def entry(study):
    return study.log("Alle så på klokka.", "Jeg ble utålmodig.", happened=datetime.now().astimezone(), setting="kurs")


def parts(study, entry):
    return {passage.part: passage.text for passage in study.log_entry(entry).passages}


def test_observation_and_reflection_stand_apart_with_all_that_was_around_them(study):
    identity = study.log(
        "Legen sa «vi venter».", "Jeg tenkte på ventelista.", happened="2026-11-02T09:30+01:00", setting="møte",
        place="rådhuset", present=["DPS", "B1", " "], role="tidligere kollega", observer="hidden", sure=True,
    )  # fmt: skip
    entry = study.log_entry(identity)
    assert (entry.setting, entry.place, entry.role, entry.observer) == (
        "møte",
        "rådhuset",
        "tidligere kollega",
        "hidden",
    )
    assert entry.present == ("DPS", "B1")
    assert entry.local.isoformat() == "2026-11-02T09:30:00+01:00"
    assert parts(study, identity) == {"observation": "Legen sa «vi venter».", "reflection": "Jeg tenkte på ventelista."}


def test_a_draft_that_two_devices_finish_keeps_the_words_of_both(study):
    draft = new_id()
    assert study.log("Delt. Pc-ord.", id=draft) == draft
    assert study.log("Delt. Telefonord.", "Bare tenkt på telefonen.", id=draft) == draft
    study.log("Delt. Telefonord.", "Bare tenkt på telefonen.", id=draft)  # sent again
    (entry,) = study.log_entries()
    assert [one.text for one in entry.passages[0].standing] == ["Delt. Pc-ord.", "Delt. Telefonord."]
    assert [one.text for one in entry.passages[1].standing] == ["Bare tenkt på telefonen."]


def test_two_devices_finish_a_draft_while_the_vault_is_locked_and_it_keeps_the_words_of_both(tmp_path):
    study = Study.create(tmp_path / "locked", title="Låst", vault=tmp_path / "v", passphrase="lang nok setning")
    draft = new_id()
    for words in ("Delt. Pc-ord.", "Delt. Telefonord.", "Delt. Telefonord."):
        assert study.log(words, id=draft) is None
    study.vault.unlock("lang nok setning")
    study.screen_inbox()
    study.vault.lock()
    (entry,) = study.log_entries()
    assert [one.text for one in entry.passages[0].standing] == ["Delt. Pc-ord.", "Delt. Telefonord."]


@pytest.mark.parametrize("when", ["0001-01-01 00:00", "9999-12-31 23:59", "0026-11-20 10:00"])
def test_a_year_that_is_none_of_ours_is_refused_though_somebody_is_sure(study, when):
    with pytest.raises(BadInput, match="is no time"):
        study.log("x", happened=when, sure=True)


def test_an_hour_that_never_was_is_refused(study, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    try:
        with pytest.raises(BadInput, match="clocks went forward"):
            study.log("x", happened="2026-03-29 02:30", sure=True)
        assert study.log("x", happened="2026-10-25 02:30", sure=True), "an hour that was twice is one of the two"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_afterthought_that_two_devices_finish_keeps_the_words_of_both(study, entry):
    made = new_id()
    assert study.add_afterthought(entry, "Fra telefonen.", id=made) == made
    study.add_afterthought(entry, "Fra pc-en.", id=made)
    study.add_afterthought(entry, "Fra pc-en.", id=made)
    (thought,) = [one for one in study.log_entry(entry).passages if one.part == "afterthought"]
    assert [one.text for one in thought.standing] == ["Fra telefonen.", "Fra pc-en."]


def test_what_waited_for_contact_tells_when_it_was_written(study):
    earlier = datetime.now(UTC) - timedelta(hours=5)
    waited = study.log("Skrevet uten dekning.", happened=earlier, finished=earlier.isoformat())
    assert study.log_entry(waited).delay < timedelta(seconds=1)
    ahead = study.log("En klokke går for fort.", finished="2999-01-01T00:00:00Z")
    assert study.log_entry(ahead).delay < timedelta(minutes=1)
    with pytest.raises(BadInput, match="is no time"):
        study.log("x", finished="i går")


def test_where_one_was_last_in_such_a_situation_is_known(study):
    study.log("x", setting="kurs", place="rådhuset", happened="2026-01-02 10:00")
    study.log("x", setting="kurs", place="biblioteket", happened="2026-01-03 10:00")
    study.log("x", setting="kurs", happened="2026-01-04 10:00")
    assert study.places_used() == {"kurs": "biblioteket"}


def test_the_first_wording_is_kept_and_dated(study, entry):
    passage = study.log_entry(entry).passages[0]
    study.word_anew(passage.id, "Alle så på klokka, også lederen.")
    now = study.log_entry(entry).passages[0]
    assert [one.text for one in now.wordings] == ["Alle så på klokka.", "Alle så på klokka, også lederen."]
    assert now.wordings[0] == passage.wordings[0]
    assert now.wordings[0].written <= now.wordings[1].written
    assert now.text == "Alle så på klokka, også lederen."


def test_what_two_devices_worded_at_once_both_stands_until_somebody_joins_it(study, entry):
    passage = study.log_entry(entry).passages[0]
    seen = [passage.wordings[0].id]
    study.word_anew(passage.id, "Fra telefonen.", after=seen)
    study.word_anew(passage.id, "Fra pc-en.", after=seen)
    both = study.log_entry(entry).passages[0]
    assert [one.text for one in both.standing] == ["Fra telefonen.", "Fra pc-en."]
    study.word_anew(passage.id, "Fra begge.")
    assert study.log_entry(entry).passages[0].text == "Fra begge."
    with pytest.raises(NotFound):
        study.word_anew(passage.id, "Ukjent.", after=["nothing"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from("12"), st.sampled_from(["edit", "afterthought", "look"])), max_size=12))
def test_no_order_of_edits_and_afterthoughts_from_two_devices_loses_a_word(study, acts):
    entry = study.log("ord0", happened=datetime.now().astimezone())
    passage = study.log_entry(entry).passages[0]
    seen = {"1": [passage.wordings[0].id], "2": [passage.wordings[0].id]}
    said = {"1": "ord0", "2": "ord0"}
    words = ["ord0"]
    for number, (device, what) in enumerate(acts, 1):
        new = f"ord{number}"
        if what == "look":
            now = study.log_entry(entry).passages[0]
            seen[device], said[device] = [one.id for one in now.standing], now.text
            continue
        words.append(new)
        if what == "afterthought":
            study.add_afterthought(entry, new)
            continue
        said[device] = f"{said[device]} {new}"
        seen[device] = [study.word_anew(passage.id, said[device], after=seen[device])]
    now = study.log_entry(entry)
    everything = " ".join(passage.text for passage in now.passages).split()
    assert set(words) <= set(everything)
    assert now.passages[0].wordings[0].text == "ord0"


def test_afterthoughts_have_their_own_date_and_questions_are_settled_by_what_came_of_them(study, entry):
    study.add_afterthought(entry, "Kanskje var det jeg som så på klokka.")
    question = study.ask_back(entry, "Hvem bestemte tiden?", whom="kommune", due="2026-12-01")
    assert [(one.whom, one.due, one.settled) for one in study.follow_ups()] == [("kommune", "2026-12-01", None)]
    study.answer_back(question, "Lederen gjorde det.")
    assert study.follow_ups()[0].settled
    assert list(parts(study, entry)) == ["observation", "reflection", "afterthought", "question", "outcome"]
    with pytest.raises(BadInput):
        study.answer_back(study.log_entry(entry).passages[0].id, "nei")


def test_an_unlikely_date_is_asked_about(study):
    for when in (datetime.now() + timedelta(days=1), datetime.now() - timedelta(days=800)):
        with pytest.raises(BadInput, match="sure"):
            study.log("ord", happened=when)
        assert study.log("ord", happened=when, sure=True)
    with pytest.raises(BadInput, match="no time"):
        study.log("ord", happened="i går")
    with pytest.raises(BadInput, match="needs words"):
        study.log("  ", "\n")


def test_the_hour_that_comes_twice_keeps_its_order(study):
    late = study.log("etter", happened="2026-10-25T02:10+01:00", sure=True)
    early = study.log("før", happened="2026-10-25T02:50+02:00", sure=True)
    assert [one.id for one in study.log_entries()] == [late, early]
    assert study.log_entry(early).local.strftime("%H:%M") == "02:50"


def test_what_is_sent_twice_is_logged_once(study):
    for _again in range(2):
        assert study.log("ord", id="a" * 36) == "a" * 36
        study.add_afterthought("a" * 36, "mer", id="b" * 36)
    assert [len(one.passages) for one in study.log_entries()] == [2]


def test_names_are_masked_when_logged_and_in_every_wording_when_known_later(study, write):
    study.add_informant("B1", "bruker", given="anonymous")
    study.learn_names(write("r.csv", "name,replacement\nKari Vik,B1\n"))
    entry = study.log("Kari Vik sa lite.", place="hos Kari Vik", present=["Kari Vik"])
    assert parts(study, entry) == {"observation": "B1 sa lite."}
    assert (study.log_entry(entry).place, study.log_entry(entry).present) == ("hos B1", ("B1",))
    passage = study.log_entry(entry).passages[0].id
    study.word_anew(passage, "B1 sa lite, Torunn Lid sa mye.")
    study.word_anew(passage, "B1 sa lite.")
    study.learn_names(write("r2.csv", "name,replacement\nTorunn Lid,[leder]\n"))
    assert [one.text for one in study.log_entry(entry).passages[0].wordings] == [
        "B1 sa lite.", "B1 sa lite, [leder] sa mye.", "B1 sa lite."
    ]  # fmt: skip
    assert b"Torunn" not in (study.folder / "study.db").read_bytes()


def test_withdrawal_tells_which_entries_speak_of_somebody(study):
    study.add_informant("B1", "bruker", given="anonymous")
    there = study.log("Møte.", present=["B1", "DPS"])
    spoken = study.log("B1 ble nevnt.")
    study.log("B12 er en annen.")
    receipt = study.withdraw("B1")
    assert sorted(receipt.log_entries_to_read) == sorted([there, spoken])
    assert study.log_entry(there).present == ("DPS",)


def test_while_the_vault_is_locked_words_wait_and_their_writer_can_read_them(tmp_path):
    study = Study.create(tmp_path / "study", title="Låst", vault=tmp_path / "vault", passphrase="hemmelig")
    assert study.log("Petra sa nei.", "Jeg ble lei meg.", id="c" * 36) is None
    assert study.log_entries() == []
    assert [item["words"]["observation"] for item in study.waiting_log()] == ["Petra sa nei."]
    study.store.actor = "somebody"
    assert study.waiting_log() == [], "nobody else can"
    study.store.actor = "researcher"
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Petra" not in everything
    study.vault.unlock("hemmelig")
    assert study.screen_inbox() == 1
    assert parts(study, "c" * 36)["reflection"] == "Jeg ble lei meg."
    assert study.waiting_log() == []
    study.vault.lock()


def test_by_the_command_line(study_command):
    run = study_command
    made = run("log", "add", "--observation", "-", "--reflection", "tanker", "--setting", "kurs", "--present", "DPS",
               "--present", "B1", "--json", stdin="sett og hørt\n")  # fmt: skip
    entry = json.loads(made.stdout)["id"]
    question = run.json("log", "ask", entry, "hvem?", "--whom", "DPS")["id"]
    run.json("log", "answer", question, "de selv")
    run.json("log", "afterthought", entry, "mer")
    (told,) = run.json("log", "list")
    order = ["observation", "reflection", "question", "outcome", "afterthought"]
    assert [one["part"] for one in told["passages"]] == order
    run.json("log", "reword", told["passages"][1]["id"], "andre tanker")
    (told,) = run.json("log", "list", "--setting", "kurs")
    assert [one["text"] for one in told["passages"][1]["wordings"]] == ["tanker", "andre tanker"]
    refused = run("log", "add", "--observation", "x", "--when", "2031-01-01")
    assert (refused.returncode, "--sure" in refused.stderr, "Traceback" in refused.stderr) == (2, True, False)
    assert "sett og hørt" in run("log", "list").stdout
    assert run("log", "afterthought", "nothing", "mer").returncode == 2


def test_an_id_that_would_name_another_file_is_refused(study):
    for identity in ("../../somewhere/else", "x" * 36, ""):
        with pytest.raises(BadInput):
            study.keep_log_draft(identity, {"observation": "ord"})
    with pytest.raises(BadInput):
        study.log("ord", id="../../somewhere/else")
    assert study.log_entries() == []


def test_words_are_found_whatever_their_case(study):
    study.log("ÆRLIG talt, Øyvind-huset var fullt.")
    assert len(study.log_entries(words="ærlig ØYVIND")) == 1
    assert study.log_entries(words="uærlig") == []


def test_the_log_is_narrowed_by_delay_day_and_reflection(study):
    now = datetime.now().astimezone()
    study.log("Straks.", "Tenkt.", happened=now)
    late = study.log("Sent.", happened=now - timedelta(days=3))
    assert [one.id for one in study.log_entries(slower=timedelta(days=1))] == [late]
    assert [one.id for one in study.log_entries(unreflected=True)] == [late]
    day = f"{(now - timedelta(days=3)):%Y-%m-%d}"
    assert [one.id for one in study.log_entries(day=day)] == [late]
    study.add_afterthought(late, "Nå tenkt.")
    assert study.log_entries(unreflected=True) == []


def test_what_is_attached_is_sealed_and_goes_with_its_entry(study, entry):
    made = study.attach(entry, "/tmp/notat.png", b"\x89PNG...", "image/png")
    assert study.attach(entry, "notat.png", b"\x89PNG...", "image/png", id=made) == made
    known, content = study.attachment(made)
    assert (known.name, content) == ("notat.png", b"\x89PNG...")
    sealed = study.vault.folder / "attachments" / f"{made}.age"
    assert b"PNG..." not in sealed.read_bytes()
    with pytest.raises(BadInput):
        study.attach(entry, "tom.png", b"", "image/png")
    study.cite(study.add_hypothesis("Tid.", effect="promotes", determinant="systemic"), entry)
    study.remove_entry(entry)
    assert not sealed.exists()
    assert study.log_entries() == []
    assert study.links() == []
    with pytest.raises(NotFound):
        study.attachment(made)


def test_what_is_added_to_an_entry_that_waits_comes_in_after_it(study_command, tmp_path):
    study_command("vault", "lock")
    locked = {"WORKBENCH_PASSPHRASE": ""}
    study_command("log", "add", "--observation", "Det gikk fort.", **locked)
    study = Study(tmp_path / "study")
    (waiting,) = study.waiting_log()
    assert study.add_afterthought(waiting["id"], "For fort.") is None
    file = study.attach(waiting["id"], "Kari Testvik.png", b"bilde", "image/png")
    assert study.attachments(file)[0].name.endswith(".png")
    assert "Testvik" not in study.attachments(file)[0].name
    assert study_command("inbox", "screen", "--yes").returncode == 0
    (entry,) = study.log_entries()
    assert [(one.part, one.text) for one in entry.passages] == [
        ("observation", "Det gikk fort."), ("afterthought", "For fort.")
    ]  # fmt: skip
    assert [one.entry_id for one in study.attachments()] == [entry.id]


def test_names_are_noticed_while_they_are_written(study, write):
    study.learn_names(write("n.csv", "name,replacement\nKari Testvik,[nabo]\n"))
    assert study.notice("Så kom Kari Testvik, og Kari Testvik gikk.") == [("Kari Testvik", "[nabo]")]
