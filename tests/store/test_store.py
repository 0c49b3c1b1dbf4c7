import subprocess
import sys
import threading
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import workbench.coding.records
import workbench.material.records
import workbench.privacy.records
from workbench.errors import BadInput
from workbench.store import Store
from workbench.store.records import metadata


@pytest.fixture
def store(tmp_path):
    return Store(f"sqlite:///{tmp_path / 'store.db'}")


def test_sqlite_keeps_what_it_acknowledged(store):
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL"
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_migrations_make_the_tables_that_the_rooms_use(store):
    rooms = (workbench.coding.records, workbench.material.records, workbench.privacy.records)
    assert all(rooms), "their tables are known once they are imported"
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_table_with_text_is_answered_for_by_a_room(store):
    """A table that can hold somebody's words must be named here, with the room whose `forget` empties it."""
    answered = {
        "texts": "material", "turns": "material", "speakers": "material",
        "codings": "coding", "statements": "coding", "codes": "coding",
        "memos": "store", "revisions": "store", "links": "store: ids",
        "audit_payload": "store",
        "audit": "store: no words, a test of its own",
        "log_entries": "journal", "log_present": "journal", "log_passages": "journal: ids",
        "log_wordings": "journal: the researcher reads them through", "log_follow_ups": "journal",
        "hypotheses": "reflection: no words", "hypothesis_turns": "reflection: no words",
        "log_attachments": "journal: names are screened, files lie in the vault",
        "prompts_asked": "reflection: no words",
        "hypothesis_texts": "reflection: the researcher reads them through",
        "review_rounds": "review: titles are screened", "review_items": "review: ids",
        "review_invitations": "review: hashes", "review_answers": "review: ids", "review_texts": "review",
        "review_decisions": "review: ids", "review_pledges": "review: codes", "review_presences": "review: codes",
        "review_codings": "review: ids",
        "networks": "pathways", "network_sectors": "pathways", "network_actors": "pathways", "network_maps": "pathways",
        "network_places": "pathways: ids", "network_ties": "pathways: ids",
        "courses": "pathways", "course_episodes": "pathways", "course_holders": "pathways", "course_events": "pathways",
        "gatherings": "pathways: screened", "gathering_notes": "pathways: screened",
        "form_answers": "forms", "form_marks": "forms: numbers", "form_words": "forms",
        "masks": "privacy: no words", "findings": "privacy: no words",
        "sources": "material: names are screened", "informants": "material: codes",
        "informant_scopes": "material: no words", "references": "material: published",
        "coding_speakers": "coding: ids", "statement_codings": "coding: ids", "alembic_version": "no words",
    }  # fmt: skip
    with store.read() as connection:
        assert set(inspect(connection).get_table_names()) == set(answered)


def test_another_process_sees_a_change_within_two_seconds(store, tmp_path):
    waiting = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom workbench.store import Store\n"
            f"store = Store('sqlite:///{tmp_path / 'store.db'}')\n"
            "print('ready', flush=True)\n"
            "for change in store.follow(0, 20):\n    print(change.kind, flush=True)\n    break\n",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert waiting.stdout.readline() == "ready\n"
    began = time.monotonic()
    with store.act("something happened"):
        pass
    assert waiting.stdout.readline() == "something happened\n"
    assert time.monotonic() - began < 2
    waiting.wait(10)


def test_many_writers_at_once_make_one_chain(store, tmp_path):
    def write():
        mine = Store(f"sqlite:///{tmp_path / 'store.db'}")
        for _ in range(10):
            with mine.act("by one of many"):
                pass

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.changes()) == 40
    assert store.verify().ok


def test_a_damaged_store_is_one_sentence(tmp_path):
    (tmp_path / "store.db").write_bytes(b"this is no database at all, whatever it is called" * 50)
    with pytest.raises(BadInput, match="can't be opened"):
        Store(f"sqlite:///{tmp_path / 'store.db'}")
