"""`workbench serve` as a supervisor meets it: the address first; from another machine by TLS only."""

import ssl
import subprocess
import sys
from urllib.request import HTTPSHandler, build_opener

import pytest

from workbench.errors import BadInput
from workbench.serving.dashboards import dashboards

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run(
        [*command, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True
    )
    return folder / "cert.pem", folder / "key.pem"


def test_with_a_certificate_it_answers_by_tls(edition, certificate):
    cert, key = certificate
    with dashboards(edition, certificate=cert, key=key) as served:
        assert served.base.startswith("https://")
        trusted = ssl.create_default_context(cafile=str(cert))
        port = served.base.rstrip("/").rpartition(":")[2]
        query = served.address.partition("?")[2]
        opener = build_opener(HTTPSHandler(context=trusted))
        with opener.open(f"https://localhost:{port}/voila/render/overview.ipynb?{query}", timeout=60) as page:
            assert b"matrix-title" in page.read()


def test_without_one_it_listens_to_this_machine_only(served):
    assert served.base.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("given", [{"certificate": True}, {"key": True}])
def test_a_certificate_needs_its_key(edition, certificate, given):
    chosen = {name: certificate[name == "key"] for name in given}
    with pytest.raises(BadInput, match="both"), dashboards(edition, **chosen):
        pass


def test_a_port_that_is_taken_is_said(edition, served):
    port = int(served.base.rstrip("/").rpartition(":")[2])
    with pytest.raises(BadInput, match=str(port)), dashboards(edition, port=port):
        pass


def test_the_address_is_printed_first_and_the_server_ends_with_the_command(coded):
    coded.publish(["matrix"])
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", "serve", "--port", "0", "--no-browser"],
        cwd=coded.folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    first = process.stdout.readline()
    assert first.startswith("http://127.0.0.1:")
    assert "token=" in first
    process.terminate()
    assert process.wait(30) == 0
    with pytest.raises(OSError, match="refused"):
        build_opener().open(first.strip(), timeout=5)


def test_a_certificate_that_is_none_is_said(edition, certificate, tmp_path):
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no certificate")
    for cert, key in ((wrong, certificate[1]), (certificate[0], wrong), (certificate[1], certificate[0])):
        with (
            pytest.raises(BadInput, match="no certificate with its key"),
            dashboards(edition, certificate=cert, key=key),
        ):
            pass


@pytest.mark.parametrize("port", [99999, -1])
def test_a_port_that_there_is_not_is_said(edition, port):
    with pytest.raises(BadInput, match=str(port)), dashboards(edition, port=port):
        pass
