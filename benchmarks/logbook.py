"""Opening the logbook and saving an entry: with 20 000 entries against 200, through what the page asks.

Prints ratios of medians, measured in turn in one run; absolute times are of this machine and mean nothing elsewhere.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from workbench.journal import records
from workbench.store import new_id
from workbench.study import Study
from workbench.widgets.logbook.conversation import Conversation

WORDS = (
    "møtet", "begynte", "sent", "og", "ingen", "hadde", "planen", "med", "lederen", "ventet", "brukeren", "spurte",
)  # fmt: skip
ROUNDS = 15


def study_with(folder: Path, entries: int) -> Study:
    """Return a study with so many entries of two and a half years, every third without a reflection."""
    study = Study.create(folder / "study", title="Logg", vault=folder / "vault", passphrase=None)
    dice = random.Random(entries)
    began = datetime(2024, 1, 1).astimezone()
    with study.store.act("entries made for the benchmark") as act:
        rows = []
        for n in range(entries):
            happened = (began + timedelta(minutes=n * 1_300_000 // entries)).isoformat(timespec="seconds")
            rows.append({
                "id": new_id(), "happened": happened, "offset": 60, "logged": happened, "setting": f"møte {n % 7}",
                "place": "", "role": "", "observer": "open", "author": "researcher",
            })  # fmt: skip
        act.connection.execute(insert(records.entries), rows)
        parts = [
            {"id": new_id(), "entry_id": row["id"], "part": part, "author": "researcher", "created": row["logged"]}
            for n, row in enumerate(rows)
            for part in (("observation",) if n % 3 else ("observation", "reflection"))
        ]
        act.connection.execute(insert(records.passages), parts)
        said = [
            {"id": new_id(), "passage_id": part["id"], "text": " ".join(dice.choices(WORDS, k=60)), "after": "[]",
             "author": "researcher", "written": part["created"]}
            for part in parts
        ]  # fmt: skip
        act.connection.execute(insert(records.wordings), said)
    return study


def took(conversation: Conversation, *asked: dict[str, object]) -> float:
    """Return the seconds until all of it is answered."""
    began = time.perf_counter()
    for message in asked:
        answer = conversation.answer(message)
        assert "error" not in answer, answer
    return time.perf_counter() - began


def ratio(what: str, many: Conversation, few: Conversation, *asked: str) -> None:
    """Print how much longer it takes with many entries."""
    pairs = [(took(many, *messages(asked)), took(few, *messages(asked))) for _round in range(ROUNDS)]
    large, small = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{what}, 20 000 / 200 entries: {large / small:.2f} (limit 2)")


def messages(asked: tuple[str, ...]) -> list[dict[str, object]]:
    """Return the page's messages, an entry with an id of its own."""
    entry = {"observation": "Alle så på klokka.", "reflection": "Jeg ble utålmodig."}
    values: dict[str, dict[str, object]] = {
        "log": {"edit": str(uuid.uuid4()), "item": entry},
    }
    return [{"ask": name, "with": values.get(name, {})} for name in asked]


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        many, few = (Conversation(study_with(Path(f), n)) for f, n in ((one, 20_000), (other, 200)))
        ratio("opening the page", many, few, "open")
        ratio("opening the log", many, few, "entries")
        ratio("saving an entry", many, few, "log")


if __name__ == "__main__":
    main()
