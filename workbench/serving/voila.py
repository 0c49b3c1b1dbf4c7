"""Run Voilà standalone over a few notebooks, in a folder of its own: what dashboards and working pages share."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from workbench.errors import BadInput, WorkbenchError
from workbench.locale import _
from workbench.resources import resource

__all__ = ["Served", "Site", "free_port", "host_name", "run", "serve", "try_certificate"]

POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Site:
    """What is served: notebooks, the first of them to be opened, and what their kernels may know.

    `connection` is the class that says what a page may send to its kernel.
    """

    notebooks: tuple[Path, ...]
    first: str
    title: str
    language: str
    connection: str
    environment: Mapping[str, str]
    kernels: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Served:
    """A server: its address without and with the token."""

    base: str
    address: str
    process: subprocess.Popen[bytes]


def serve(served: AbstractContextManager[Served], told: str, *, browser: bool) -> int:
    """Serve until interrupted; prints the address first, then what is `told`. Returns the exit code."""
    # Told to end by the system, it ends as by Ctrl+C: the server it started ends too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with served as running:
            print(running.address, flush=True)
            print(told, file=sys.stderr, flush=True)
            if browser:
                webbrowser.open(running.address)
            return running.process.wait()
    except KeyboardInterrupt:  # wherever it comes: stopping is how this command ends well
        return 0


@contextmanager
def run(site: Site, *, port: int = 0, certificate: Path | None = None, key: Path | None = None) -> Iterator[Served]:
    """Run the server for the length of the block; raises BadInput for a port or certificate that can't be used.

    With a certificate it listens to other machines, else only to this one.
    """
    try_certificate(certificate, key)
    port = free_port(port)
    token = secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="workbench-pages-") as made:
        folder = Path(made)
        _lay_out(folder, site, port, certificate, key)
        scheme = "https" if certificate else "http"
        base = f"{scheme}://{host_name(certificate)}:{port}/"
        process = _start(folder, site, token)
        try:
            _wait_until_up(process, f"{scheme}://127.0.0.1:{port}/")
            yield Served(base, f"{base}voila/render/{site.first}?token={token}", process)
        finally:
            _stop(process)


def host_name(certificate: Path | None) -> str:
    """Return the name that a server is reached by: this machine's own where others may reach it."""
    return socket.getfqdn() if certificate else "127.0.0.1"


def try_certificate(certificate: Path | None, key: Path | None) -> None:
    """Raise BadInput unless both are left out, or are a certificate with its key."""
    if (certificate is None) != (key is None):
        raise BadInput(_("A certificate needs its key: give both --certfile and --keyfile."))
    if certificate is None or key is None:
        return
    for file in (certificate, key):
        if not file.is_file():
            raise BadInput(_("{file} is not there.").format(file=file))
    try:
        # A key under a passphrase is refused, not asked for: the server could not ask anybody.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: "")
    except (ssl.SSLError, OSError) as error:
        raise BadInput(
            _("{certificate} and {key} are no certificate with its key (PEM, without a passphrase).").format(
                certificate=certificate, key=key
            )
        ) from error


def _lay_out(folder: Path, site: Site, port: int, certificate: Path | None, key: Path | None) -> None:
    """Copy notebooks and template into the folder, and write Voilà's settings beside them."""
    (folder / "site").mkdir()
    for notebook in site.notebooks:
        shutil.copyfile(notebook, folder / "site" / notebook.name)
    templates = folder / "jupyter" / "voila" / "templates"
    shutil.copytree(resource("templates", "voila"), templates)
    for page in (templates / "medforsk").glob("*.html*"):
        filled = page.read_text("utf-8").replace("@language@", site.language).replace("@first@", site.first)
        page.write_text(filled.replace("@title@", escape(site.title)), "utf-8")
    (folder / "empty").mkdir()
    settings: dict[str, dict[str, object]] = {
        "Voila": {
            "ip": "0.0.0.0" if certificate else "127.0.0.1",  # noqa: S104  only with TLS
            "port": port,
            "open_browser": False,
            "port_retries": 0,
            "auto_token": True,
            "identity_provider_class": "workbench.serving.readonly.PrefixedIdentity",
            "kernel_websocket_connection_class": site.connection,
            "tornado_settings": {
                "headers": {
                    "Content-Security-Policy": POLICY,
                    "Referrer-Policy": "same-origin",
                    "X-Content-Type-Options": "nosniff",
                }
            },
        },
        "VoilaConfiguration": {
            "template": "medforsk",
            "strip_sources": True,
            "show_tracebacks": False,
            "file_allowlist": [],
            "file_denylist": [".*"],
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
        },
        "KernelManager": {"transport_encryption": "required"},
        "MappingKernelManager": {"allow_tracebacks": False, **site.kernels},
    }
    if certificate and key:
        settings["Dashboards"] = {"certfile": str(certificate.resolve()), "keyfile": str(key.resolve())}
    (folder / "empty" / "voila.json").write_text(json.dumps(settings), "utf-8")


def _start(folder: Path, site: Site, token: str) -> subprocess.Popen[bytes]:
    environment = {
        **site.environment,
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_DIR": str(folder / "empty"),
        "JUPYTER_DATA_DIR": str(folder / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "IPYTHONDIR": str(folder / "ipython"),
    }
    # Started in an empty folder: Voilà would run a voila.py that lies where it is started.
    return subprocess.Popen(
        [sys.executable, "-m", "workbench.serving.app", str(folder / "site")],
        cwd=folder / "empty",
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("WORKBENCH_DEBUG") else subprocess.DEVNULL,
        start_new_session=True,
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its kernels, where any is left


def free_port(port: int) -> int:
    """Return a port that is free, any for 0; raises BadInput."""
    if not 0 <= port <= 65535:
        raise BadInput(_("There is no port {port}: ports go from 1 to 65535, and 0 takes any.").format(port=port))
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    except OSError as error:
        raise BadInput(
            _("Port {port} is taken. Choose another with --port, or 0 for any.").format(port=port)
        ) from error


def _wait_until_up(process: subprocess.Popen[bytes], base: str, seconds: float = 60) -> None:
    ours = ssl.create_default_context()
    ours.check_hostname = False  # the certificate names the machine as others know it, and is not ours to judge
    ours.verify_mode = ssl.CERT_NONE
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{base}login", timeout=5, context=ours):  # noqa: S310  our own server
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise WorkbenchError(_("The pages did not start. Set WORKBENCH_DEBUG=1 and try again to see why."))
