import base64
import io
import json
import zipfile
from urllib.parse import quote

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


# Names of people that are words of the formats too.
WORDS = Register(
    [Entry(n, n) for n in ("Hans", "Roman", "Normal", "Data", "Sans", "Office", "Strong", "Calibri", "Alt")]
)


def packed(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return buffer.getvalue()


THEME = '<a:theme xmlns:a="a" name="Office Theme"><a:font script="Hans" typeface="Times New Roman"/></a:theme>'


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "json", "csv"])
def test_words_of_the_formats_are_nobodys_name(coded, form):
    from workbench.tables.rendering import render

    assert check_bytes(f"a.{form}", render(coded.table("matrix"), form), WORDS) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", word(["Hei."])),
        ("a.docx", packed(word__theme__theme1=THEME)),
        ("a.xlsx", sheet("Hei")),
        ("a.html", "<style>p { font: 1em Helvetica, 'DejaVu Sans' }</style><p style='font-family: Sans'>Hei</p>"),
        ("a.svg", '<svg><text font-family="DejaVu Sans">Hei</text></svg>'),
        (
            "a.ipynb",
            json.dumps({"cells": [{"outputs": [{"output_type": "display_data", "data": {"text/plain": "a"}}]}]}),
        ),
    ],
)
def test_boilerplate_passes(name, content):
    assert check_bytes(name, content if isinstance(content, bytes) else content.encode(), WORDS) == []


def sheet_called(title):
    book = openpyxl.Workbook()
    book.active.title = title
    book.active.append(["Hei"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def styled(name):
    document = docx.Document()
    document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("who", ["Hans", "Roman", "Normal", "Data", "Sans"])
def test_but_the_same_name_where_a_person_wrote_it_is_found(who):
    hidden = {
        "paragraph.docx": word([f"Hei {who}."]),
        "author.docx": word(["Hei."], author=who),
        "comment.docx": word(["Hei på deg."], comment=f"spør {who}"),
        "style.docx": styled(f"{who} sitert"),
        "alt.docx": packed(word__document=f'<d><docPr xmlns="x" descr="{who.lower()}"/></d>'),
        "custom.docx": packed(customXml__item1=f"<d>{who}</d>"),
        "defined.xlsx": packed(xl__workbook=f'<d><definedName name="{who.lower()}">1</definedName></d>'),
        "cell.xlsx": sheet(who),
        "sheet.xlsx": sheet_called(who),
        "title.html": f"<title>{who}</title>",
        "attribute.html": f'<p title="{who.lower()}">Hei</p>',
        "alt.html": f'<img alt="{who.lower()}">',
        "css.html": f"<style>p {{ color: red }} /* {who.lower()} */</style>",
        "rule.html": f"<style>p::after {{ content: '{who}' }}</style>",
        "key.json": json.dumps({who: 1}),
        "value.ipynb": json.dumps({"cells": [{"source": [who.lower()]}]}),
    }  # fmt: skip
    for name, content in hidden.items():
        made = content if isinstance(content, bytes) else content.encode()
        assert check_bytes(name, made, WORDS), name


@pytest.mark.parametrize(
    "divided", ["Ka\u200bri", "Ka\u2060ri", "\ufeffKari", "Kari_Nordmann", "Kari\u2011Nordmann", "x_Kari_y"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv"])
def test_what_a_screen_does_not_show_divides_no_name(name, divided):
    assert found(name, f"<p>Hei {divided} hei</p>")


def test_a_number_divided_by_what_a_screen_does_not_show_is_found():
    assert found("a.txt", "ring 68\u200b05\u200b12\u200b34")


@pytest.mark.parametrize(
    ("kind", "body"), [("text/plain", "Hei Kari."), ("image/svg+xml", "<svg><title>Kari</title></svg>")]
)
def test_files_inside_a_page_are_unpacked(kind, body):
    for written in (f";base64,{base64.b64encode(body.encode()).decode()}", f",{quote(body)}"):
        assert found("a.html", f'<a href="data:{kind}{written}">vedlegg</a>')
        assert found("a.html", f"<style>p {{ background: url(data:{kind}{written}) }}</style>")


def test_a_link_is_somewhere_a_reader_is_sent():
    assert found("a.html", '<a href="mailto:noen@eksempel.test">skriv</a>')


def test_a_place_is_told_without_the_name():
    (finding,) = found("a.json", json.dumps({"Kari": 1}))
    assert "Kari" not in str(finding)
