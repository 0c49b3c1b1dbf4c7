"""The agent: a small process that holds one vault's key in memory until it is told to stop, or is idle too long.

It never hands out the key: it opens what it is given. It listens where only its user can reach it (a Unix socket in a
folder of the user's own, a named pipe on Windows), and each side must know a random secret from a file of that folder.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

import pyrage
from pyrage import x25519

from workbench.errors import VaultLocked, WorkbenchError
from workbench.locale import _
from workbench.resources import runtime_folder

__all__ = ["decrypt", "is_running", "start", "stop"]

IDLE_SECONDS = 30 * 60
OPEN, STOP, PING = b"o", b"s", b"p"
DONE, FAILED = b"+", b"-"


def start(vault: Path, identity: bytes, idle_seconds: float | None = None) -> None:
    """Start the vault's agent with the key; one that runs already is replaced."""
    stop(vault)
    seconds = idle_seconds or float(os.environ.get("WORKBENCH_VAULT_IDLE", IDLE_SECONDS))
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench.privacy.agent", str(vault), str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=tempfile.gettempdir(),
        env={k: v for k, v in os.environ.items() if k != "WORKBENCH_PASSPHRASE"},
        start_new_session=True,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(identity + b"\n")
    process.stdin.close()
    ready = process.stdout.readline()
    process.stdout.close()
    if ready != b"ready\n":
        raise WorkbenchError(_("The vault's agent did not start, so the vault stays locked."))


def stop(vault: Path) -> None:
    """Let the vault's agent forget the key and end; does nothing where none runs."""
    with suppress(VaultLocked):
        _ask(vault, STOP)


def is_running(vault: Path) -> bool:
    """Say whether an agent holds this vault's key."""
    try:
        _ask(vault, PING)
    except VaultLocked:
        return False
    return True


def decrypt(vault: Path, sealed: bytes) -> bytes:
    """Let the agent open an age file; raises VaultLocked where no agent runs."""
    answer = _ask(vault, OPEN + sealed)
    if answer[:1] == FAILED:
        raise WorkbenchError(_("A file in the vault is damaged, or was sealed for another vault."))
    return answer[1:]


def _ask(vault: Path, message: bytes) -> bytes:
    secret = _secret_file(vault)
    try:
        with Client(_address(vault), authkey=secret.read_bytes()) as connection:
            connection.send_bytes(message)
            return connection.recv_bytes()
    except (OSError, EOFError, AuthenticationError) as error:
        raise VaultLocked(_("The vault is locked. Run “workbench vault unlock” and try again.")) from error


def _mark(vault: Path) -> str:
    """Return a short mark of a vault: its place and its key, for another vault may come to lie in the same place."""
    public = vault / "recipient.txt"
    key = public.read_bytes() if public.exists() else b""
    return hashlib.sha256(str(vault.resolve()).encode() + key).hexdigest()[:16]


def _secret_file(vault: Path) -> Path:
    return runtime_folder() / f"{_mark(vault)}.secret"


def _address(vault: Path) -> str:
    if sys.platform == "win32":
        return rf"\\.\pipe\workbench-{_mark(vault)}"
    return str(runtime_folder() / f"{_mark(vault)}.socket")


def _serve(vault: Path, idle_seconds: float) -> None:
    _keep_out_of_core_files()
    identity = x25519.Identity.from_str(sys.stdin.readline().strip())
    secret, address = _secret_file(vault), _address(vault)
    secret.touch(mode=0o600)
    secret.write_bytes(secrets.token_bytes(32))
    if sys.platform != "win32":
        Path(address).unlink(missing_ok=True)
    with Listener(address, authkey=secret.read_bytes()) as listener:
        print("ready", flush=True)
        idle = _Idle(idle_seconds)
        while True:
            try:
                with listener.accept() as connection:
                    asked = _answer(connection, identity)
                    if asked == STOP:
                        break
                    if asked == OPEN:  # a page that only looks whether the vault is open does not keep it open
                        idle.begin_again()
            except (OSError, EOFError, AuthenticationError):
                continue  # a caller that went away, or did not know the secret
    secret.unlink(missing_ok=True)


def _answer(connection: Connection, identity: x25519.Identity) -> bytes:
    message = connection.recv_bytes()
    kind, body = message[:1], message[1:]
    if kind == OPEN:
        try:
            connection.send_bytes(DONE + pyrage.decrypt(body, [identity]))
        except pyrage.DecryptError:
            connection.send_bytes(FAILED)
    else:
        connection.send_bytes(DONE)
    return kind


class _Idle:
    """Ends the process when nothing was asked for so long."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._timer: threading.Timer | None = None
        self.begin_again()

    def begin_again(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(self._seconds, os._exit, [0])
        self._timer.daemon = True
        self._timer.start()


def _keep_out_of_core_files() -> None:
    """Where the system lets us: no core file, and no debugger of the same user reads the key."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), float(sys.argv[2]))
