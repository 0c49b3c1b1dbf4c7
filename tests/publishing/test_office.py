"""What is made for Word and Excel opens there: valid Open XML, and LibreOffice renders it."""

import subprocess

import pytest
from openxml_audit import OpenXmlValidator

from workbench.tables.rendering import render

pytestmark = pytest.mark.office


def faults(path):
    """Return what the validator says against a document."""
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def rendered(path, folder):
    """Return the pages of a document as LibreOffice prints it, as text."""
    import pypdfium2

    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pypdfium2.PdfDocument(folder / f"{path.stem}.pdf") as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.fixture
def made(coded, tmp_path):
    def make(name, form):
        path = tmp_path / f"{name}.{form}"
        path.write_bytes(render(coded.table(name), form))
        return path

    return make


@pytest.mark.parametrize(("name", "form"), [("matrix", "docx"), ("matrix", "xlsx"), ("themes", "docx")])
def test_a_table_is_valid_and_renders(made, tmp_path, name, form):
    path = made(name, form)
    assert faults(path) == []
    text = " ".join(" ".join(rendered(path, tmp_path)).split())
    assert "Relasjonell" in text or "Samarbeidskompetanse" in text


def test_a_report_is_valid_and_renders_with_its_picture(coded, tmp_path):
    import zipfile

    made = coded.publish(["matrix"])
    path = made.path / "reports" / "overview.docx"
    assert faults(path) == []
    with zipfile.ZipFile(path) as archive:
        assert any(name.endswith(".png") for name in archive.namelist())
    assert any("Prøve" in page for page in rendered(path, tmp_path))
