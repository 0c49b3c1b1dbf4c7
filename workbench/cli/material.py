"""Commands on sources and references."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.shared import (
    HERE,
    IN_PART,
    Json,
    PassphraseFile,
    StudyOption,
    answer,
    app,
    decider,
    group_of,
    open_study,
    pairs,
    say,
)
from workbench.locale import _, ngettext

if TYPE_CHECKING:
    pass


sources = group_of("sources", _("Sources and their texts."))
references = group_of("references", _("References of secondary sources."))


@app.command("import", help=_("Read material into the study, pseudonymised."))
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=_("Text, Markdown, DOCX, PDF or VTT."))],
    kind: Annotated[str, typer.Option(help="interview | focus_group | observation | co_research | meeting | document")],
    informant: Annotated[list[str], typer.Option(help=_("Code of an informant behind the files."))] = [],  # noqa: B006  Typer copies it
    speaker: Annotated[list[str], typer.Option(help=_("LABEL=CODE: who a speaker is."))] = [],  # noqa: B006  Typer copies it
    register: Annotated[Path | None, typer.Option(help=_("CSV of names and what replaces them."))] = None,
    reference: Annotated[str | None, typer.Option(help=_("Key of the reference of a secondary source."))] = None,
    name: Annotated[str | None, typer.Option(help=_("What the source is to be called."))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Mask the certain findings, leave the rest open."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    done = opened.import_files(
        files, kind, informants=informant, speakers=pairs(speaker), register=register, reference=reference,
        name=name, decide=decider(yes), progress=lambda file: say(_("Reading {file} …").format(file=file.name)),
    )  # fmt: skip
    for one in done:
        for notice in one.notices:
            say(notice)
        if one.already:
            say(_("This content is in the study already, as {name}.").format(name=one.name))
        if not one.turns and kind in {"interview", "focus_group"}:
            say(_("{name}: no speakers found, though this kind has some.").format(
                name=one.name
            ))  # fmt: skip
        for voice in one.speakers:
            if voice["role"] == "informant" and not voice["informant"]:
                text = _("{name}: {label} is nobody's informant yet. Tell who it is with “workbench sources speakers”.")
                say(text.format(
                    name=one.name, label=voice["label"]
                ))  # fmt: skip
    answer(done, as_json, lambda: "\n".join(
        _("{name}: {words} words, {turns} turns, {masked} masked, {to_review} to review").format(**asdict(one))
        for one in done
    ))  # fmt: skip
    if any(one.already for one in done):
        raise typer.Exit(IN_PART)


@sources.command("list", help=_("List the sources."))
def sources_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    found = open_study(study).sources()
    rows = [{"id": s.id, "name": s.name, "kind": s.kind, "words": s.words} for s in found]
    answer(rows, as_json, lambda: "\n".join(f"{s.name}\t{s.kind}\t{s.words}" for s in found))


@sources.command("show", help=_("Print a source's pseudonymised text."))
def sources_show(name: str, study: StudyOption = HERE, as_json: Json = False) -> None:
    opened = open_study(study)
    text = opened.text(name)
    answer({"name": opened.source(name).name, "text": text}, as_json, lambda: text.rstrip("\n"))


@sources.command("speakers", help=_("Say which informants a source's speakers are."))
def sources_speakers(
    name: str,
    speaker: Annotated[list[str], typer.Option(help=_("LABEL=CODE: who a speaker is."))],
    study: StudyOption = HERE,
) -> None:
    open_study(study).map_speakers(name, pairs(speaker))


@sources.command("correct", help=_("Store a corrected transcript; its codings move along."))
def sources_correct(
    name: str,
    file: Path,
    yes: Annotated[bool, typer.Option("--yes", help=_("Mask the certain findings, leave the rest open."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    moved, lost = open_study(study, passphrase_file).correct(name, file, decider(yes))
    result = {"moved": moved, "lost": [{"id": c.id, "text": c.quote} for c in lost]}
    answer(result, as_json, lambda: _("{moved} codings moved along, {lost} to be placed by hand.").format(
        moved=moved, lost=len(lost)
    ))  # fmt: skip
    if lost:
        raise typer.Exit(IN_PART)


@references.command("import", help=_("Read references from BibTeX or CSL JSON."))
def references_import(
    file: Path, study: StudyOption = HERE, passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    count = open_study(study, passphrase_file).import_references(file)
    answer({"imported": count}, as_json, lambda: ngettext("{n} reference", "{n} references", count).format(n=count))


@references.command("list", help=_("List the references."))
def references_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    found = open_study(study).references()
    answer(found, as_json, lambda: "\n".join(f"{r.key}\t{r.author} ({r.year}). {r.title}" for r in found))
