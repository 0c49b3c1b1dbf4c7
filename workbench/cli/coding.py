"""Commands on codings, statements, codebook, memos, and words that wait."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.shared import (
    HERE,
    IN_PART,
    REFUSED,
    Json,
    PassphraseFile,
    StudyOption,
    answer,
    answer_id,
    decider,
    group_of,
    open_study,
    say,
)
from workbench.locale import _, ngettext

if TYPE_CHECKING:
    pass


codebook = group_of("codebook", _("The codebook."))
codings = group_of("codings", _("Codings."))
statements = group_of("statements", _("Statements of the matrix."))
memos = group_of("memos", _("Memos."))
inbox = group_of("inbox", _("Words that wait to be screened."))
findings = group_of("findings", _("Findings that wait for a person."))


@codings.command("import", help=_("Code passages by a CSV file; each refused row is told with its number."))
def codings_import(
    file: Path,
    source: Annotated[str | None, typer.Option(help=_("The source of rows that name none."))] = None,
    coder: Annotated[str, typer.Option(help=_("Who coded."))] = "researcher",
    partial: Annotated[
        bool, typer.Option("--partial", help=_("Store the good rows even if some are refused."))
    ] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    added, refused = open_study(study, passphrase_file).import_codings(
        file, source=source, coder=coder, partial=partial
    )
    for row in refused.invalid:
        say(_("row {row}: {why}").format(**row))
    for row in refused.not_found:
        say(_("row {row}: the quote is not in the text").format(**row))
    for row in refused.ambiguous:
        say(_("row {row}: the quote stands in {matches} places; give more of it, or name its source").format(**row))
    if refused.already:
        say(ngettext("{n} coding was there already", "{n} codings were there already", refused.already).format(
            n=refused.already
        ))  # fmt: skip
    answer({"added": added, **asdict(refused)}, as_json, lambda: ngettext(
        "{n} coding added", "{n} codings added", added
    ).format(n=added))  # fmt: skip
    if refused and not added:
        say(_("Nothing was stored."))
        raise typer.Exit(REFUSED)
    if refused:
        raise typer.Exit(IN_PART)


@codings.command("export", help=_("Write all codings as CSV, in the form that “codings import” reads."))
def codings_export(
    to: Annotated[Path, typer.Option(help=_("The file to write."))],
    study: StudyOption = HERE,
) -> None:
    from workbench.reading import write_bytes

    write_bytes(to, open_study(study).codings_csv().encode("utf-8-sig"))


@codings.command("list", help=_("List codings, narrowed by theme, source, effect, determinant or statement."))
def codings_list(
    theme: Annotated[str | None, typer.Option(help=_("A theme, by number or name."))] = None,
    source: Annotated[str | None, typer.Option(help=_("A source's name."))] = None,
    effect: Annotated[str | None, typer.Option(help=_("An effect."))] = None,
    determinant: Annotated[str | None, typer.Option(help=_("A determinant."))] = None,
    statement: Annotated[str | None, typer.Option(help=_("A statement's id."))] = None,
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    opened = open_study(study)
    where = {}
    if effect:
        where["effect"] = opened.framework.effect(effect).id
    if determinant:
        where["determinant"] = opened.framework.determinant(determinant).id
    found = opened.codings(source=source, theme=theme, **where)
    if statement:
        supporting = {c for s in opened.statements() if s.id == statement for c in s.codings}
        found = [c for c in found if c.id in supporting]
    names = {s.id: s.name for s in opened.sources()}
    rows = [{**asdict(c), "text": c.quote, "source": names[c.source_id]} for c in found]
    answer(rows, as_json, lambda: "\n".join(
        f"{row['source']}\t{row['start']}–{row['end']}\t{row['theme']}\t{row['effect']}\t{row['determinant']}\t{row['text']!r}"
        for row in rows
    ))  # fmt: skip


@statements.command("list", help=_("List the statements in the order of their cells."))
def statements_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    found = open_study(study).statements()
    rows = [{**asdict(s), "order": s.position} for s in found]
    answer(rows, as_json, lambda: "\n".join(f"{s.determinant}\t{s.effect}\t{s.position}. {s.text}" for s in found))


@statements.command("add", help=_("Write a statement into a cell."))
def statements_add(
    text: str,
    theme: Annotated[str, typer.Option(help=_("A theme, by number or name."))],
    effect: Annotated[str, typer.Option(help=_("An effect."))],
    determinant: Annotated[str, typer.Option(help=_("A determinant."))],
    coding: Annotated[list[str], typer.Option(help=_("Id of a coding that supports it."))] = [],  # noqa: B006  Typer copies it
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    identity = open_study(study, passphrase_file).add_statement(
        text, theme=theme, effect=effect, determinant=determinant, codings=coding
    )
    answer_id(identity, as_json)


@statements.command("order", help=_("Put the statements of a cell in order, by their ids."))
def statements_order(
    ids: list[str],
    effect: Annotated[str, typer.Option(help=_("An effect."))],
    determinant: Annotated[str, typer.Option(help=_("A determinant."))],
    study: StudyOption = HERE,
) -> None:
    open_study(study).order_statements(effect, determinant, ids)


@codebook.command("list", help=_("List the codes under their themes."))
def codebook_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    found = open_study(study).codebook()
    answer(found, as_json, lambda: "\n".join(f"{c.theme}\t{c.name}\t{c.definition or ''}" for c in found))


@codebook.command("export", help=_("Write the codebook as CSV."))
def codebook_export(
    to: Annotated[Path, typer.Option(help=_("The file to write."))],
    at: Annotated[str | None, typer.Option(help=_("A date: the codebook as it was then."))] = None,
    study: StudyOption = HERE,
) -> None:
    from workbench.reading import write_bytes

    write_bytes(to, open_study(study).codebook_csv(at).encode("utf-8-sig"))


@codebook.command("import", help=_("Read codes from CSV: theme, name, definition."))
def codebook_import(file: Path, study: StudyOption = HERE, as_json: Json = False) -> None:
    count = open_study(study).import_codebook(file)
    answer({"imported": count}, as_json, lambda: ngettext("{n} code", "{n} codes", count).format(n=count))


@memos.command("list", help=_("List the memos."))
def memos_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    found = open_study(study).memos()
    answer(found, as_json, lambda: "\n\n".join(f"{m.created} {m.author}\n{m.text}" for m in found))


@memos.command("add", help=_("Add a memo on anything that has an id; the words are read from a file or “-”."))
def memos_add(
    about: str,
    text: Annotated[Path, typer.Argument(help=_("A file, or “-” for standard input."))],
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    words = sys.stdin.read() if str(text) == "-" else text.read_text("utf-8")
    identity = open_study(study, passphrase_file).add_memo(about, words)
    answer_id(identity, as_json)


@inbox.command("screen", help=_("Screen and store the words that wait."))
def inbox_screen(
    yes: Annotated[bool, typer.Option("--yes", help=_("Mask the certain findings, leave the rest open."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    count = open_study(study, passphrase_file).screen_inbox(decider(yes))
    answer({"screened": count}, as_json, lambda: ngettext("{n} item stored", "{n} items stored", count).format(n=count))


@findings.command("list", help=_("List what holds findings that nobody has settled."))
def findings_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    waiting = open_study(study).waiting()
    answer(
        [{"id": i, "name": name} for i, name, _text in waiting], as_json, lambda: "\n".join(n for _i, n, _t in waiting)
    )


@findings.command("settle", help=_("Decide on the open findings, one by one at a prompt."))
def findings_settle(
    source: Annotated[str | None, typer.Option(help=_("A source's name."))] = None,
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    count = open_study(study).settle(decider(False), source)
    answer({"settled": count}, as_json, lambda: ngettext("{n} finding settled", "{n} findings settled", count).format(
        n=count
    ))  # fmt: skip
