"""What waits in the inbox while the vault is locked, and comes in when it is opened."""

import pytest

from workbench.privacy.vault import Vault
from workbench.study import Study


@pytest.fixture
def locked(tmp_path, write):
    study = Study.create(tmp_path / "study", title="Låst", vault=tmp_path / "vault", passphrase="hemmelig")
    study.vault.unlock("hemmelig")
    study.import_files([write("i.txt", "A: Ingen har tid. Ingen eier planen.\n")], "interview", name="I")
    study.vault.lock()
    return study


def test_each_memo_of_an_import_comes_in_once(locked, write):
    rows = write("rows.csv", "source,quote,theme,effect,determinant,memo\nI,Ingen har tid,2,inhibits,systemic,om tid\n"
                 "I,Ingen eier planen,2,inhibits,systemic,om plan\n")  # fmt: skip
    assert locked.import_codings(rows)[0] == 2
    locked.vault.unlock("hemmelig")
    assert locked.screen_inbox() == 2
    assert sorted(memo.text for memo in locked.memos()) == ["om plan", "om tid"]


def test_what_came_in_before_a_crash_does_not_come_in_twice(locked, monkeypatch):
    locked.write_memo("resources", "første", edit="e" * 36)
    locked.vault.unlock("hemmelig")
    with monkeypatch.context() as patched:
        patched.setattr(Vault, "discard", lambda *_names: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            locked.screen_inbox()
    assert locked.screen_inbox() == 1
    assert [memo.text for memo in locked.memos()] == ["første"]
    assert locked.write_memo("resources", "første, ordet anderledes", edit="e" * 36)
    assert [memo.text for memo in locked.memos()] == ["første, ordet anderledes"]
