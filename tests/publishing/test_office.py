"""What is made for Word and Excel opens there: valid Open XML, and LibreOffice renders it."""

import subprocess

import pytest
from openxml_audit import validate

from workbench.tables.rendering import render

pytestmark = pytest.mark.office


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
    result = validate(str(path))
    assert result.is_valid, [str(e) for e in result.errors][:5]
    text = " ".join(" ".join(rendered(path, tmp_path)).split())
    assert "Relasjonell" in text or "Samarbeidskompetanse" in text


def test_a_report_is_valid_and_renders_with_its_picture(coded, tmp_path):
    import zipfile

    made = coded.publish(["matrix"])
    path = made.path / "reports" / "overview.docx"
    assert validate(str(path)).is_valid
    with zipfile.ZipFile(path) as archive:
        assert any(name.endswith(".png") for name in archive.namelist())
    assert any("Prøve" in page for page in rendered(path, tmp_path))
