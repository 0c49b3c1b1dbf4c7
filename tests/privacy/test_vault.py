import re
import stat
import sys
import time

import pyrage
import pytest
from pyrage import passphrase

from workbench.errors import BadInput, NotFound, VaultLocked, WrongPassphrase
from workbench.privacy import Vault, agent


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vault") / "v"
    Vault.create(folder, "korrekt hest")
    return folder


@pytest.fixture
def vault(sealed):
    yield Vault(sealed)
    agent.stop(sealed)


def test_sealing_needs_no_key_and_opening_does(vault):
    vault.seal("raw/one", b"ord")
    with pytest.raises(VaultLocked, match="locked"):
        vault.open("raw/one")
    vault.unlock("korrekt hest")
    assert vault.open("raw/one") == b"ord"
    vault.lock()
    with pytest.raises(VaultLocked):
        vault.open("raw/one")


def test_every_process_agrees_whether_it_is_open(vault, sealed):
    assert not Vault(sealed).is_open
    vault.unlock("korrekt hest")
    assert Vault(sealed).is_open
    Vault(sealed).lock()
    assert not vault.is_open


def test_the_agent_ends_when_idle_and_looking_does_not_keep_it_awake(vault):
    vault.unlock("korrekt hest", idle_seconds=1.0)
    until = time.monotonic() + 20
    while vault.is_open and time.monotonic() < until:
        pass
    assert not vault.is_open


def test_a_wrong_passphrase_is_one_sentence(vault):
    with pytest.raises(WrongPassphrase, match="does not open"):
        vault.unlock("feil")
    assert not vault.is_open


def test_a_vault_opens_without_us(vault, sealed):
    """An age file is a documented format: the key opens with the passphrase, and a file with the key."""
    vault.seal("raw/plain", "æøå".encode())
    identity = passphrase.decrypt((sealed / "key.age").read_bytes(), "korrekt hest").decode()
    key = pyrage.x25519.Identity.from_str(identity)
    assert pyrage.decrypt((sealed / "raw" / "plain.age").read_bytes(), [key]).decode() == "æøå"


def test_a_new_passphrase_opens_and_the_old_one_does_not(tmp_path):
    vault = Vault.create(tmp_path / "v", "gammel")
    vault.change_passphrase("gammel", "ny")
    with pytest.raises(WrongPassphrase):
        vault.unlock("gammel")


def test_a_machine_too_slow_is_not_told_that_the_passphrase_is_wrong(tmp_path):
    vault = Vault.create(tmp_path / "v", "riktig")
    key = tmp_path / "v" / "key.age"
    key.write_bytes(re.sub(rb"(-> scrypt \S+) \d+", rb"\1 40", key.read_bytes(), count=1))
    with pytest.raises(VaultLocked, match="too busy"):
        vault.unlock("riktig")


def test_a_moment_in_which_the_machine_was_busy_neither_refuses_nor_weakens(tmp_path, monkeypatch):
    """age measures the machine for less than a millisecond: what it then says of a busy one is asked again."""
    encrypt, really = passphrase.encrypt, passphrase.decrypt
    weak = [re.sub(rb"(-> scrypt \S+) \d+", rb"\1 9", encrypt(b"x", "riktig"), count=1)]
    busy = [pyrage.DecryptError("Excessive work parameter for passphrase.")]
    monkeypatch.setattr(passphrase, "encrypt", lambda *what: weak.pop() if weak else encrypt(*what))

    def decrypt(*what):
        if busy:
            raise busy.pop()
        return really(*what)

    monkeypatch.setattr(passphrase, "decrypt", decrypt)
    vault = Vault.create(tmp_path / "v", "riktig")
    assert not weak
    vault.unlock("riktig")
    assert vault.is_open
    assert not busy
    vault.lock()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_reads_the_vault(vault, sealed):
    vault.seal("raw/mode", b"x")
    for path in (sealed, sealed / "raw" / "mode.age", sealed / "key.age"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077


def test_a_caller_without_the_secret_gets_nothing(vault, sealed):
    vault.unlock("korrekt hest")
    secret = agent._secret_file(sealed)
    kept = secret.read_bytes()
    secret.write_bytes(b"x" * 32)
    with pytest.raises(VaultLocked):
        agent.decrypt(sealed, b"anything")
    secret.write_bytes(kept)
    assert vault.is_open, "the agent is still there for those who know"


def test_what_was_sealed_for_another_vault_is_said(vault, sealed, tmp_path):
    other = Vault.create(tmp_path / "other", None)
    other.seal("raw/x", b"ord")
    vault.unlock("korrekt hest")
    (sealed / "raw" / "foreign.age").write_bytes((tmp_path / "other" / "raw" / "x.age").read_bytes())
    with pytest.raises(Exception, match="damaged, or was sealed for another"):
        vault.open("raw/foreign")


def test_destroying_one_file_leaves_the_others(vault):
    vault.seal("register/a", b"a")
    vault.seal("register/b", b"b")
    assert vault.discard("register/a")
    assert vault.names("register") == ["register/b"]


def test_a_second_vault_in_the_same_place_is_refused(sealed):
    with pytest.raises(BadInput, match="already"):
        Vault.create(sealed, "x")


def test_no_vault_is_one_sentence(tmp_path):
    with pytest.raises(NotFound, match="no vault"):
        Vault(tmp_path / "nowhere").unlock("x")
