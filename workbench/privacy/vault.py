"""The vault: identities and raw material, apart from the study, as age files that open without us.

A folder with `key.age` (the identity, sealed by a passphrase), `recipient.txt` (the public key: sealing needs no
passphrase), `register/`, `raw/`, `inbox/`, and `head` (the newest audit hash, in clear).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pyrage
from pyrage import passphrase as age_passphrase
from pyrage import x25519

from workbench.errors import BadInput, NotFound, VaultLocked, WrongPassphrase
from workbench.locale import _
from workbench.privacy import agent

__all__ = ["Vault"]

_LEAST_WORK = 16
"""The least work, as a power of two, that a guesser of a passphrase should meet at each guess; age itself asks 18."""

_MEASUREMENTS = 12
"""How often age may measure a machine that seems too slow."""


class Vault:
    """One study's vault. It is open while its agent holds the key, in whatever process the agent was asked."""

    def __init__(self, folder: Path, passphrase: Callable[[], str | None] = lambda: None) -> None:
        """Use the vault in `folder`; `passphrase` is asked when the key is needed and no agent holds it."""
        self.folder = folder
        self._passphrase = passphrase

    @classmethod
    def create(cls, folder: Path, passphrase: str | None) -> Vault:
        """Make a new vault.

        Without a passphrase the key lies unsealed in `key.txt`: for tests and programs that keep their own secrets.
        """
        if (folder / "recipient.txt").exists():
            raise BadInput(_("There is a vault in {folder} already.").format(folder=folder))
        for name in ("register", "raw", "inbox"):
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        identity = x25519.Identity.generate()
        if passphrase is None:
            _write(folder / "key.txt", str(identity).encode())
        else:
            _write(folder / "key.age", _sealed_by(passphrase, str(identity).encode()))
        _write(folder / "recipient.txt", str(identity.to_public()).encode())
        return cls(folder)

    def ask_with(self, passphrase: Callable[[], str | None]) -> None:
        """Ask for the passphrase this way when the key is needed."""
        self._passphrase = passphrase

    @property
    def head(self) -> Path:
        """The file that remembers the newest audit hash."""
        return self.folder / "head"

    @property
    def is_open(self) -> bool:
        """True while an agent holds the key."""
        return (self.folder / "key.txt").exists() or agent.is_running(self.folder)

    def unlock(self, passphrase: str, idle_seconds: float | None = None) -> None:
        """Open the key with its passphrase (about two seconds) and hand it to an agent of its own.

        Raises WrongPassphrase, VaultLocked where the machine is too slow, or NotFound where there is no vault.
        """
        try:
            sealed = (self.folder / "key.age").read_bytes()
        except FileNotFoundError as error:
            raise NotFound(_("There is no vault in {folder}.").format(folder=self.folder)) from error
        agent.start(self.folder, _opened_by(passphrase, sealed), idle_seconds)

    def lock(self) -> None:
        """Let the agent forget the key."""
        agent.stop(self.folder)

    def change_passphrase(self, old: str, new: str) -> None:
        """Seal the key by another passphrase; raises WrongPassphrase when `old` does not open it."""
        identity = _opened_by(old, (self.folder / "key.age").read_bytes())
        _write(self.folder / "key.age", _sealed_by(new, identity))

    def seal(self, name: str, content: bytes, writer: str | None = None) -> None:
        """Write `content` under `name`, sealed; needs no open vault. Its `writer` can open it while that is locked."""
        recipients = [x25519.Recipient.from_str((self.folder / "recipient.txt").read_text("ascii").strip())]
        if writer is not None:
            recipients.append(self._identity_of(writer).to_public())
        (self.folder / name).parent.mkdir(exist_ok=True)
        _write(self.folder / f"{name}.age", pyrage.encrypt(content, recipients))

    def open(self, name: str) -> bytes:
        """Return what was sealed under `name`; raises VaultLocked, or NotFound where there is nothing."""
        try:
            sealed = (self.folder / f"{name}.age").read_bytes()
        except FileNotFoundError as error:
            raise NotFound(_("The vault holds nothing under {name}.").format(name=name)) from error
        return self._decrypt(sealed)

    def open_as(self, writer: str, name: str) -> bytes | None:
        """Return what was sealed under `name` for its writer too, None where it was not; needs no open vault."""
        try:
            return bytes(pyrage.decrypt((self.folder / f"{name}.age").read_bytes(), [self._identity_of(writer)]))
        except (pyrage.DecryptError, FileNotFoundError):
            return None

    def _identity_of(self, writer: str) -> x25519.Identity:
        """A key of a writer's own, kept in clear in the vault folder: it opens nothing but what that person wrote."""
        path = self.folder / f"{hashlib.sha256(writer.encode()).hexdigest()[:16]}.identity"
        if not path.exists():
            _write(path, str(x25519.Identity.generate()).encode("ascii"))
        return x25519.Identity.from_str(path.read_text("ascii"))

    def own_key(self, name: str) -> str:
        """Return a random key kept in clear in the vault folder under a name, made when first asked for; base64."""
        safe = hashlib.sha256(name.encode()).hexdigest()[:16]
        path = self.folder / f"{safe}.key"
        if not path.exists():
            _write(path, base64.b64encode(secrets.token_bytes(32)))
        return path.read_text("ascii")

    def names(self, room: str) -> list[str]:
        """Return the names in one of the vault's rooms, such as `register`."""
        return sorted(f"{room}/{path.stem}" for path in (self.folder / room).glob("*.age"))

    def discard(self, name: str) -> bool:
        """Destroy what was sealed under `name`; says whether there was anything."""
        path = self.folder / f"{name}.age"
        there = path.exists()
        path.unlink(missing_ok=True)
        return there

    def require_open(self) -> None:
        """Open the vault with the passphrase at hand; raises VaultLocked where there is none."""
        if self.is_open:
            return
        phrase = self._passphrase()
        if phrase is None:
            raise VaultLocked(_("The vault is locked. Run “workbench vault unlock” and try again."))
        self.unlock(phrase)

    def _decrypt(self, sealed: bytes) -> bytes:
        unsealed_key = self.folder / "key.txt"
        if unsealed_key.exists():
            identity = x25519.Identity.from_str(unsealed_key.read_text("ascii"))
            return bytes(pyrage.decrypt(sealed, [identity]))
        try:
            return agent.decrypt(self.folder, sealed)
        except VaultLocked:
            self.require_open()
            return agent.decrypt(self.folder, sealed)

    def inbox(self) -> Iterator[tuple[str, dict[str, object]]]:
        """Give what waits in the inbox, oldest first: name and content."""
        for name in self.names("inbox"):
            yield name, json.loads(self.open(name))


def _sealed_by(passphrase: str, content: bytes) -> bytes:
    """Seal by a passphrase; never by less work than `_LEAST_WORK`, unless the machine is truly that slow.

    age chooses the work by a measurement of under a millisecond, which a busy machine spoils.
    """
    strongest = age_passphrase.encrypt(content, passphrase)
    for _try in range(_MEASUREMENTS):
        if _work(strongest) >= _LEAST_WORK:
            break
        strongest = max(strongest, age_passphrase.encrypt(content, passphrase), key=_work)
    return bytes(strongest)


def _work(sealed: bytes) -> int:
    """The work factor in the header of a file that age sealed by a passphrase (`-> scrypt SALT WORK`)."""
    return int(sealed.split(b"\n")[1].split()[-1])


def _opened_by(passphrase: str, sealed: bytes) -> bytes:
    """Open what a passphrase sealed; raises WrongPassphrase, or VaultLocked where the machine is too slow for it.

    age measures the machine here too, and refuses what would take too long: on a busy one it is asked again.
    """
    for _try in range(_MEASUREMENTS):
        try:
            return bytes(age_passphrase.decrypt(sealed, passphrase))
        except pyrage.DecryptError as error:
            if "Excessive work" not in str(error):
                raise WrongPassphrase(_("The passphrase does not open the vault. Nothing was changed.")) from error
    raise VaultLocked(_("This machine is too busy to open the vault now. Close other programs and try again."))


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
