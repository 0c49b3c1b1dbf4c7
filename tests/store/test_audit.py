import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.store import Store
from workbench.store.audit import AuditRow, Head, chain_hash, verify_chain


@pytest.fixture
def store(tmp_path):
    (tmp_path / "vault").mkdir()
    made = Store(f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "vault" / "head")
    for number in range(12):
        with made.act("something", None, number=number):
            pass
    return made


def _tamper(store, tmp_path, *statements):
    store.close()
    with sqlite3.connect(tmp_path / "store.db") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_an_untouched_trail_verifies(store):
    verdict = store.verify()
    assert verdict.ok
    assert verdict.rows == 12


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET kind = 'something else' WHERE seq = 5",
        "UPDATE audit SET actor = 'somebody' WHERE seq = 12",
        "UPDATE audit SET at = '1999' WHERE seq = 1",
        "UPDATE audit_payload SET payload = '{}' WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 12",
        "DELETE FROM audit WHERE seq > 2",
    ],
)
def test_a_changed_or_dropped_row_is_detected(store, tmp_path, statement):
    _tamper(store, tmp_path, "PRAGMA foreign_keys=OFF", statement)
    assert not store.verify().ok


def test_reordered_rows_are_detected(store, tmp_path):
    _tamper(
        store,
        tmp_path,
        "PRAGMA foreign_keys=OFF",
        "UPDATE audit SET seq = 100 WHERE seq = 5",
        "UPDATE audit SET seq = 5 WHERE seq = 6",
        "UPDATE audit SET seq = 6 WHERE seq = 100",
    )
    assert not store.verify().ok


def test_a_consistent_rewriting_of_the_last_ten_is_detected_by_the_head(store, tmp_path):
    """Whoever holds the store can compute every hash anew; only the head in the vault folder tells."""
    with store.read() as connection:
        from workbench.store.records import audit_rows

        rows = audit_rows(connection)
    forged, previous = [], rows[1].hash
    for row in rows[2:]:
        covered = (row.seq, row.id, row.at, "somebody else", row.kind, row.subject, row.commitment, previous)
        forged.append(AuditRow(*covered, chain_hash(covered)))
        previous = forged[-1].hash
    changes = [
        f"UPDATE audit SET actor='{r.actor}', previous='{r.previous}', hash='{r.hash}' WHERE seq={r.seq}"
        for r in forged
    ]
    _tamper(store, tmp_path, *changes)
    assert verify_chain([*rows[:2], *forged], {}, None).ok, "the forgery is consistent in itself"
    assert not store.verify().ok


def test_a_store_ahead_of_the_head_passes(store, tmp_path):
    head = tmp_path / "vault" / "head"
    before = head.read_text()
    with store.act("one more"):
        pass
    head.write_text(before)  # as if the machine had stopped between the act and the note of it
    assert store.verify().ok


def test_a_missing_head_is_said(store, tmp_path):
    (tmp_path / "vault" / "head").unlink()
    verdict = store.verify()
    assert verdict.ok
    assert verdict.remarks


def test_erased_details_leave_the_chain_whole(store):
    with store.act("about somebody", "x" * 36, secret=1):
        pass
    with store.act("erased") as act:
        from workbench.store.records import erase_payloads

        assert erase_payloads(act.connection, ["x" * 36]) == 1
    assert store.verify().ok


def test_an_act_that_fails_leaves_nothing(store):
    before = store.newest

    def fail():
        with store.act("fails"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.newest == before


@given(st.lists(st.text(max_size=5), min_size=2, max_size=8), st.data())
@settings(max_examples=50, deadline=None)
def test_any_single_change_of_any_column_is_detected(kinds, data):
    rows, previous = [], "0" * 64
    for seq, kind in enumerate(kinds, start=1):
        covered = (seq, f"id-{seq}", "now", "me", kind, None, "c", previous)
        rows.append(AuditRow(*covered, chain_hash(covered)))
        previous = rows[-1].hash
    index = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.sampled_from(["id", "at", "actor", "kind", "subject", "commitment", "previous", "hash"]))
    forged = rows.copy()
    forged[index] = rows[index]._replace(**{column: "forged"})
    assert not verify_chain(forged, {}, Head(len(rows), rows[-1].hash)).ok
