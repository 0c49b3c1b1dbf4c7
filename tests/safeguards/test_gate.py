import io
import json
import zipfile

import docx
import openpyxl
import pytest

from workbench.privacy import Entry, Register
from workbench.safeguards.gate import check_bytes

REGISTER = Register([Entry("k", "Kari Nordmann", ("Karianne",), replacement="U1"), Entry("v", "Val Dor")])


def found(name, content):
    return check_bytes(name, content if isinstance(content, bytes) else content.encode(), REGISTER)


def word(paragraphs, author="x", comment=None, runs=()):
    document = docx.Document()
    document.core_properties.author = author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if runs:
        paragraph = document.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    if comment:
        document.add_comment(document.paragraphs[0].runs, comment, author="x", initials="x")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def sheet(value):
    book = openpyxl.Workbook()
    book.active.append([value, 2012, 0.018590123])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "Hei Kari."),
        ("a.txt", "Hei Kari\nNordmann."),
        ("a.md", "**Ka**riannes"),
        ("a.html", "<p>Hei <b>Ka</b>ri.</p>"),
        ("a.html", '<img alt="Kari">'),
        ("a.html", "<!-- Kari -->"),
        ("a.html", "<p>K&#97;ri</p>"),
        ("a.html", '<script>const who = "Kari"</script>'),
        ("a.svg", "<svg><title>Kari</title></svg>"),
        ("a.json", json.dumps({"a": ["Kari"]})),
        ("a.json", json.dumps({"Kari": 1})),
        ("a.json", '{"a": "K\\u0061ri"}'),
        ("a.csv", "a,b\n1,Kari\n"),
        ("a.ipynb", json.dumps({"cells": [{"outputs": [{"data": {"text/html": "<p>K<i>ari</i></p>"}}]}]})),
        ("Kari.txt", "Hei."),
        ("kari_nordmann.csv", "a"),
        ("a.docx", word(["Hei Kari."])),
        ("a.docx", word(["Hei."], author="Kari Nordmann")),
        ("a.docx", word(["Hei på deg."], comment="spør Kari")),
        ("a.docx", word(["Hei."], runs=("Ka", "ri"))),
        ("a.xlsx", sheet("Kari")),
        ("a.txt", "ring 68 05 12 34"),
        ("a.txt", "fnr 018590 12345"),
        ("a.html", "<td>a@b.test</td>"),
        ("a.docx", word(["ring 68 05 12 34"])),
    ],
)
def test_found_wherever_it_hides(name, content):
    findings = found(name, content)
    assert findings
    assert all(set(f) == {"file", "where", "type", "why"} for f in findings)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "Hei Karin og Nordmannsdalen. 2012-2013."),
        ("a.html", '<p id="68051234" data-x="1">Hei</p><svg><path d="M018590 12345"/></svg>'),
        ("a.html", "<style>.val { color: red }</style>"),
        ("a.json", json.dumps({"id": "01a20147-a3de-749d-a8ed-f54cdce8d7dc", "sha": "a" * 64})),
        ("a.txt", "6805123468051234"),
        ("a.docx", word(["Hei."])),
        ("a.xlsx", sheet("Hei")),
        ("a.png", b"\x89PNG\r\n\x1a\nKari"),
    ],
)
def test_our_own_ids_coordinates_and_keywords_pass(name, content):
    assert found(name, content) == []


def test_a_zip_inside_a_zip_is_unpacked():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("inner.txt", "Hei Kari.")
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    assert found("a.zip", outer.getvalue())
