"""Networks and courses out of files, and what is refused, by the command line."""

import networkx as nx
import pytest

LOG = """case,service,helper,start,end,kind
Rosa,DPS,Psykolog,2026-01-01,2026-01-01,contact
Rosa,DPS,Psykolog,2026-01-08,2026-01-08,contact
Rosa,Kommune,Koordinator,2026-03-01,2026-03-01,meeting
"""
DECLARED = '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.fixture
def kite():
    names = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]
    return nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate(names)))


@pytest.mark.parametrize("kind", ["csv", "graphml", "gexf"])
def test_the_same_network_from_every_format(command, kite, tmp_path, kind):
    path = tmp_path / f"kite.{kind}"
    if kind == "csv":
        path.write_text("Source;Target\n" + "\n".join(f"{one};{other}" for one, other in kite.edges))
    else:
        {"graphml": nx.write_graphml, "gexf": nx.write_gexf}[kind](kite, path)
    made = command.json("map", "measures", path)
    assert (made["nodes"], made["ties"], made["hubs"]) == (10, 18, ["Heather"])
    assert sorted(made["articulation"]) == ["Heather", "Ike"]
    assert (made["contacts"], made["coc"], made["breaks"]) == (None, None, [])
    told = command("map", "measures", path, WORKBENCH_LANGUAGE="nb").stdout
    assert "Heather 0" in told


def test_a_course_from_an_event_log(command, write):
    made = command.json("map", "measures", write("log.csv", LOG))
    assert (made["contacts"], made["helpers"], made["handovers"], made["too_few"]) == (3, 2, 1, True)
    assert made["secon"] == 0.5
    assert [(one["kind"], one["days"]) for one in made["breaks"]] == [("gap", 51)]
    assert made["nodes"] is None
    assert command.json("map", "measures", write("log.csv", LOG), "--gap", 60)["breaks"] == []
    assert command.json("map", "measures", write("log.csv", LOG), "--by", "service")["helpers"] == 2
    two = command.json("map", "measures", write("to.csv", LOG + "Ola,DPS,Psykolog,2026-01-01,2026-01-02,\n"))
    assert (two["contacts"], two["helpers"], two["upc"], sorted(two["cases"])) == (4, 2, None, ["Ola", "Rosa"])


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "source,target\na,b\na,a\n", "a.csv, row 3: “a” has a tie to themselves"),
        ("a.csv", "source,target\na,b\nb,a\n", "a.csv, row 3: the tie between “b” and “a” is told twice"),
        ("a.csv", "from,to\na,b\n", "lacks these columns: source, target"),
        ("a.csv", LOG.replace("2026-03-01,2026-03-01", "2026-03-02,2026-03-01"), "row 4: it ends on 2026-03-01"),
        ("a.csv", LOG.replace("2026-03-01,2026", "2026-02-30,2026"), "row 4: start is “2026-02-30”, not a date"),
        ("a.csv", LOG.replace("2026-01-08,2026-01-08", "2026-01-01,2026-01-09"), "row 3 shares days with row 2"),
        ("a.csv", LOG.replace("meeting", "prat"), "row 4: kind is “prat”; it is one of contact"),
        ("a.graphml", "<graphml><graph></graphml>", "a.graphml, line 1: this is not well-formed XML"),
        ("a.graphml", f"{DECLARED}<graphml>&x;</graphml>", "declares a document type"),
        ("a.graphml", "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'/>", "can't be read as a network"),
        ("a.gexf", "<html/>", "can't be read as a network"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence(command, write, name, content, told):
    done = command("map", "measures", write(name, content))
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
