"""Commands on what comes out: tables, the gate, editions, dashboards, the audit."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.shared import (
    HERE,
    IN_PART,
    REFUSED,
    CertificateOption,
    Json,
    KeyOption,
    PassphraseFile,
    StudyOption,
    answer,
    app,
    group_of,
    open_study,
    say,
)
from workbench.errors import BadInput
from workbench.locale import _, ngettext
from workbench.reading import write_bytes

if TYPE_CHECKING:
    pass


editions = group_of("editions", _("Editions: what was published."))
audit = group_of("audit", _("The audit trail."))


@app.command(help=_("Print a thesis table, by its name; a name that is none lists those there are."))
def table(
    name: str,
    format_: Annotated[str, typer.Option("--format", help="json | csv | md | html | xlsx | docx | latex")] = "md",
    to: Annotated[Path | None, typer.Option(help=_("The file to write."))] = None,
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    from workbench.locale import using_language
    from workbench.tables.rendering import render

    opened = open_study(study)
    made = opened.table(name)
    if made.note:
        say(made.note)
    if as_json:
        answer({**made.plain(), **made.data}, True, str)
        return
    with using_language(opened.settings.language):
        content = render(made, format_)
    if to is not None:
        write_bytes(to, content)
    elif format_ in {"xlsx", "docx"}:
        raise BadInput(_("A {format} file can't be shown here. Name one with --to.").format(format=format_.upper()))
    else:
        typer.echo(content.decode("utf-8-sig").rstrip("\n"))


@app.command(help=_("Find what identifies in a file; touches no study."))
def deidentify(
    file: Annotated[Path | None, typer.Argument(help=_("Text, Markdown, DOCX, PDF or VTT."))] = None,
    register: Annotated[Path | None, typer.Option(help=_("CSV of names and what replaces them."))] = None,
    language: Annotated[str, typer.Option(help="nb | da | en")] = "nb",
    batch: Annotated[Path | None, typer.Option(help=_("JSON lines to work through instead."))] = None,
    to: Annotated[Path | None, typer.Option(help=_("The file to write."))] = None,
    as_json: Json = False,
) -> None:
    from workbench.material.readers import SUFFIXES, read
    from workbench.privacy import batch as apart
    from workbench.reading import decode, read_bytes

    if batch is not None and to is not None:
        count = apart.deidentify_batch(batch, to)
        say(ngettext("{n} line", "{n} lines", count).format(n=count))
        return
    if file is None:
        raise BadInput(_("Name a file, or --batch and --to."))
    readable = file.suffix.lower() in SUFFIXES
    text = read(file).text if readable else decode(read_bytes(file), file.name)
    result = apart.deidentify(text, register, language)
    answer(result, as_json, lambda: str(result["text"]))


@app.command(help=_("Hold files against the gate: would anything in them identify somebody?"))
def check(
    files: list[Path],
    show: Annotated[bool, typer.Option("--show", help=_("Print the words themselves."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    from workbench.safeguards.gate import sentence

    opened = open_study(study, passphrase_file)
    found, unread = [], []
    for file in files:
        try:
            found += opened.check([file], show=show)
        except BadInput as error:
            unread.append(str(error))
            say(str(error))
    answer(found, as_json, lambda: sentence(found))
    if found or unread:
        raise typer.Exit(IN_PART if found else REFUSED)
    say(_("Nothing found that identifies somebody."))


@app.command(help=_("Publish an anonymised edition."))
def publish(
    tables: Annotated[str, typer.Option(help=_("Names of tables, with commas between."))] = "",
    title: Annotated[str, typer.Option(help=_("The edition's title."))] = "",
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    made = opened.publish([n.strip() for n in tables.split(",") if n.strip()], title, progress=say)
    answer(made, as_json, lambda: _("Edition {id}: {path}").format(id=made.edition, path=made.path))


@editions.command("list", help=_("List the editions."))
def editions_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    from workbench.publishing.shelf import editions as on_shelf

    rows = [{"edition": m["edition"], "title": m["title"], "files": len(m["files"])} for m in on_shelf(study)]
    answer(rows, as_json, lambda: "\n".join(f"{row['edition']}\t{row['title']}" for row in rows))


@editions.command("verify", help=_("Hold an edition against its manifest."))
def editions_verify(edition: str, study: StudyOption = HERE, as_json: Json = False) -> None:
    from workbench.publishing.shelf import verify

    faults = verify(study, edition)
    answer(
        {"ok": not faults, "faults": faults}, as_json, lambda: "\n".join(faults) or _("The edition is as it was made.")
    )
    if faults:
        raise typer.Exit(IN_PART)


@app.command(help=_("Serve the newest edition's dashboards: read-only."))
def serve(
    port: Annotated[int, typer.Option(help=_("The port to listen on."))] = 8866,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=_("Do not open a browser."))] = False,
    certfile: CertificateOption = None,
    keyfile: KeyOption = None,
    study: StudyOption = HERE,
) -> None:
    from workbench.publishing.shelf import newest
    from workbench.serving.dashboards import serve as serve_edition

    raise typer.Exit(serve_edition(newest(study), port=port, browser=not no_browser, certificate=certfile, key=keyfile))


@app.command("open", help=_("Open a working page: coding, logbook, review or pathways."))
def open_(
    name: Annotated[str, typer.Argument(metavar="PAGE", help="coding, logbook, review, pathways")],
    port: Annotated[int, typer.Option(help=_("The port to listen on."))] = 8867,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=_("Do not open a browser."))] = False,
    certfile: CertificateOption = None,
    keyfile: KeyOption = None,
    study: StudyOption = HERE,
) -> None:
    from workbench.serving.pages import open_page

    raise typer.Exit(open_page(study, name, port=port, browser=not no_browser, certificate=certfile, key=keyfile))


@app.command(help=_("Run JupyterLab on the study."))
def lab(
    jupyter: Annotated[
        list[str] | None, typer.Argument(metavar="…", help=_("After “--”: options for Jupyter."))
    ] = None,
    study: StudyOption = HERE,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=_("Do not open a browser."))] = False,
) -> None:
    from workbench.serving.lab import run

    raise typer.Exit(run(study, jupyter or [], browser=not no_browser))


@app.command(help=_("The whole way on the example study: tables, edition, dashboards."))
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("The folder to make."))] = Path("exports/demo"),
    headless: Annotated[bool, typer.Option("--headless", help=_("Stop after the edition and print it."))] = False,
    port: Annotated[int, typer.Option(help=_("The port to listen on."))] = 8866,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=_("Do not open a browser."))] = False,
    as_json: Json = False,
) -> None:
    from workbench.demo import make_demo

    made = make_demo(folder, progress=say)
    answer(made, as_json, lambda: _("Edition {id}: {path}").format(id=made.edition, path=made.path))
    if not headless:
        from workbench.serving.dashboards import serve as serve_edition

        raise typer.Exit(serve_edition(made.path, port=port, browser=not no_browser))


@audit.command("verify", help=_("Hold the audit trail against itself and against the vault folder."))
def audit_verify(study: StudyOption = HERE, as_json: Json = False) -> None:
    verdict = open_study(study).verify()
    for remark in verdict.remarks:
        say(remark)
    answer({"ok": verdict.ok, "rows": verdict.rows, "faults": verdict.faults}, as_json, lambda: "\n".join(
        verdict.faults
    ) or _("The audit trail is whole: {n} acts.").format(n=verdict.rows))  # fmt: skip
    if not verdict.ok or verdict.remarks:
        raise typer.Exit(IN_PART)
