"""The command `workbench`, laid thinly over the façades: one function per command, no logic.

What takes time to import is imported by the command that needs it, so that `--help` is quick.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from workbench.errors import BadInput, GateClosed, WorkbenchError
from workbench.locale import _, ngettext

if TYPE_CHECKING:
    from workbench.privacy import Decide
    from workbench.study import Study

__all__ = ["app", "main"]

DONE, IN_PART, REFUSED = 0, 1, 2

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, help=_("Medforsk: research together.")
)


def _group(name: str, text: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help=text)
    app.add_typer(group, name=name)
    return group


vault = _group("vault", _("The vault: identities and raw material."))
informants = _group("informants", _("Informants and their consent."))
sources = _group("sources", _("Sources and their texts."))
references = _group("references", _("References of secondary sources."))
codebook = _group("codebook", _("The codebook."))
codings = _group("codings", _("Codings."))
statements = _group("statements", _("Statements of the matrix."))
memos = _group("memos", _("Memos."))
findings = _group("findings", _("Findings that wait for a person."))
inbox = _group("inbox", _("Words that wait to be screened."))
editions = _group("editions", _("Editions: what was published."))
audit = _group("audit", _("The audit trail."))

StudyOption = Annotated[
    Path, typer.Option("--study", envvar="WORKBENCH_STUDY", help=_("The study folder."), show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help=_("Print one JSON value and nothing else."))]
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help=_("A file whose first line is the vault's passphrase."))
]
Yes = Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))]
HERE = Path()


# --- what every command shares ----------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Tell the user something, apart from the answer."""
    typer.echo(text, err=True)


def answer(value: Any, as_json: bool, text: Callable[[], str]) -> None:
    """Print the answer: one JSON value, or words."""
    if as_json:
        typer.echo(json.dumps(value, ensure_ascii=False, default=_plain))
    elif words := text():
        typer.echo(words)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return sorted(value) if isinstance(value, frozenset | set) else str(value)


def _passphrase(file: Path | None, study_id: Callable[[], str]) -> Callable[[], str | None]:
    """Return how to get the passphrase: environment, file, the system's keyring, or a prompt."""

    def ask() -> str | None:
        if phrase := os.environ.get("WORKBENCH_PASSPHRASE"):
            return phrase
        if file is not None:
            try:
                return file.read_text("utf-8").splitlines()[0]
            except (OSError, IndexError) as error:
                raise BadInput(_("{file} holds no passphrase.").format(file=file)) from error
        if phrase := _from_keyring(study_id()):
            return phrase
        return _prompt_secret(_("The vault's passphrase")) if sys.stdin.isatty() else None

    return ask


def _prompt_secret(text: str) -> str:
    return str(typer.prompt(text, hide_input=True, err=True))


def _from_keyring(study_id: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password("medforsk", study_id)
    except KeyringError:
        return None


def open_study(folder: Path, passphrase_file: Path | None = None) -> Study:
    """Open the study that a command works on."""
    from workbench.study import Study

    study = Study(folder, actor=os.environ.get("WORKBENCH_ACTOR", "researcher"))
    study.vault.ask_with(_passphrase(passphrase_file, lambda: study.settings.id))
    return study


def _decider(yes: bool) -> Decide:
    """Return who decides on findings: the rule, or the person at the prompt."""
    from workbench.privacy import accept_certain

    if yes:
        return accept_certain
    if not sys.stdin.isatty() and not os.environ.get("WORKBENCH_PROMPT"):
        raise BadInput(
            _("Each finding is put to you at a prompt, but there is none here. Add --yes to mask the certain ones.")
        )
    return _ask_about


def _ask_about(text: str, finding: Any) -> Any:
    """Show a finding in its place and let the person decide. Shown on the screen, kept nowhere."""
    before, word, after = (text[slice(*span)] for span in (
        (max(0, finding.start - 40), finding.start), (finding.start, finding.end), (finding.end, finding.end + 40)
    ))  # fmt: skip
    around = f"{before}»{word}«{after}"
    say("… " + " ".join(around.split()) + " …")
    choices = {_("m"): "mask", _("k"): "keep", _("l"): "open"}
    question = _("{type} → {replacement}: (m)ask, (k)eep, decide (l)ater").format(
        type=finding.type, replacement=finding.replacement
    )
    default = _("m") if finding.status == "auto" else _("l")
    while True:
        typed = typer.prompt(question, default=default, err=True).strip().lower()
        if typed in choices:
            return choices[typed]


def main() -> NoReturn:
    """Run the command; what a user meets when something is wrong is one sentence, never a traceback."""
    try:
        left = app(prog_name="workbench", standalone_mode=False)
        code = left if isinstance(left, int) else DONE
    except GateClosed as error:
        say(str(error))
        _tell_findings(error.findings)
        if "--json" in sys.argv:
            typer.echo(json.dumps(error.findings, ensure_ascii=False))
        code = REFUSED
    except WorkbenchError as error:
        say(str(error))
        code = REFUSED
    except Exception as error:  # noqa: BLE001  Typer's own errors share no public base class
        code = _told_by_typer(error)
    sys.exit(code)


def _told_by_typer(error: Exception) -> int:
    if hasattr(error, "format_message"):
        say(error.format_message())
        return REFUSED
    if type(error).__name__ == "Abort":
        say(_("Stopped. Nothing was changed."))
        return REFUSED
    raise error


def _tell_findings(findings: list[dict[str, Any]]) -> None:
    from workbench.safeguards.gate import sentence

    say(sentence(findings))


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = {}
    for pair in given:
        label, equals, code = pair.rpartition("=")
        if not (label and equals and code):
            raise BadInput(_("“{pair}” is not LABEL=CODE.").format(pair=pair))
        pairs[label] = code
    return pairs


# --- the study --------------------------------------------------------------------------------------------------------


@app.command(help=_("Make a study folder, and its vault apart from it."))
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("The folder to make."))],
    title: Annotated[str, typer.Option(help=_("The study's title."))] = "",
    language: Annotated[str, typer.Option(help="nb | da | en")] = "nb",
    framework: Annotated[str, typer.Option(help=_("A framework's name, or a file."))] = "collaboration",
    store: Annotated[str, typer.Option(help=_("The store's address."))] = "sqlite:///study.db",
    vault: Annotated[Path | None, typer.Option(help=_("Where the vault is to lie."))] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    from workbench.locale import LANGUAGES
    from workbench.study import Study

    if language not in LANGUAGES:
        raise BadInput(_("There is no language {language}. There are: nb, da, en.").format(language=language))
    phrase = _passphrase(passphrase_file, lambda: "")()
    if not phrase:
        raise BadInput(_("A new vault needs a passphrase: set WORKBENCH_PASSPHRASE or give --passphrase-file."))
    study = Study.create(
        folder, title=title, language=language, framework=framework, store=store, vault=vault, passphrase=phrase
    )
    result = {"study": str(study.folder.resolve()), "id": study.settings.id}
    answer(result, as_json, lambda: _("The study is in {folder}, its vault in {vault}.").format(
        folder=result["study"], vault=study.vault.folder
    ))  # fmt: skip


@vault.command("unlock", help=_("Open the vault until it is locked or idle."))
def vault_unlock(study: StudyOption = HERE, passphrase_file: PassphraseFile = None) -> None:
    opened = open_study(study, passphrase_file)
    if not opened.vault.is_open and not _passphrase(passphrase_file, lambda: opened.settings.id)():
        raise BadInput(
            _("There is no passphrase: set WORKBENCH_PASSPHRASE, give --passphrase-file, or run in a terminal.")
        )
    opened.vault.require_open()
    say(_("The vault is open. “workbench vault lock” closes it."))


@vault.command("lock", help=_("Close the vault."))
def vault_lock(study: StudyOption = HERE) -> None:
    open_study(study).vault.lock()
    say(_("The vault is locked."))


@vault.command("status", help=_("Say whether the vault is open."))
def vault_status(study: StudyOption = HERE, as_json: Json = False) -> None:
    is_open = open_study(study).vault.is_open
    answer({"open": is_open}, as_json, lambda: _("The vault is open.") if is_open else _("The vault is locked."))


@vault.command("passphrase", help=_("Change the vault's passphrase."))
def vault_passphrase(
    new_file: Annotated[Path, typer.Option("--new-passphrase-file", help=_("A file whose first line is the new one."))],
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
) -> None:
    opened = open_study(study)
    old = _passphrase(passphrase_file, lambda: opened.settings.id)()
    lines = new_file.read_text("utf-8").splitlines() if new_file.is_file() else []
    if not lines or not old:
        raise BadInput(_("{file} holds no passphrase.").format(file=new_file))
    opened.vault.change_passphrase(old, lines[0])
    say(_("The vault has a new passphrase. Copies of the old key file still open with the old one."))


# --- material ---------------------------------------------------------------------------------------------------------


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
        files, kind, informants=informant, speakers=_pairs(speaker), register=register, reference=reference,
        name=name, decide=_decider(yes), progress=lambda file: say(_("Reading {file} …").format(file=file.name)),
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
    open_study(study).map_speakers(name, _pairs(speaker))


@sources.command("correct", help=_("Store a corrected transcript; its codings move along."))
def sources_correct(
    name: str,
    file: Path,
    yes: Annotated[bool, typer.Option("--yes", help=_("Mask the certain findings, leave the rest open."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    moved, lost = open_study(study, passphrase_file).correct(name, file, _decider(yes))
    result = {"moved": moved, "lost": [{"id": c.id, "text": c.quote} for c in lost]}
    answer(result, as_json, lambda: _("{moved} codings moved along, {lost} to be placed by hand.").format(
        moved=moved, lost=len(lost)
    ))  # fmt: skip
    if lost:
        raise typer.Exit(IN_PART)


@references.command("import", help=_("Read references from BibTeX or CSL JSON."))
def references_import(file: Path, study: StudyOption = HERE, as_json: Json = False) -> None:
    count = open_study(study).import_references(file)
    answer({"imported": count}, as_json, lambda: ngettext("{n} reference", "{n} references", count).format(n=count))


@references.command("list", help=_("List the references."))
def references_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    found = open_study(study).references()
    answer(found, as_json, lambda: "\n".join(f"{r.key}\t{r.author} ({r.year}). {r.title}" for r in found))


# --- people -----------------------------------------------------------------------------------------------------------


@informants.command("add", help=_("Add an informant. Names come from a CSV file, never as an argument."))
def informants_add(
    code: str,
    group: Annotated[str, typer.Option(help=_("user, next of kin, DPS, municipality, GP …"))],
    consent: Annotated[str | None, typer.Option(help="anonymous | reserved | named")] = None,
    scope: Annotated[list[str], typer.Option(help="interview | audio | quotes | co_researchers | sharing")] = [],  # noqa: B006  Typer copies it
    recruitment: Annotated[str, typer.Option(help=_("How the informant was recruited."))] = "",
    declined: Annotated[bool, typer.Option("--declined", help=_("Was asked, and said no."))] = False,
    register: Annotated[Path | None, typer.Option(help=_("CSV of names and what replaces them."))] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    identity = open_study(study, passphrase_file).add_informant(
        code, group, recruitment=recruitment, given=consent, scopes=scope, declined=declined, register=register
    )
    answer({"id": identity, "code": code}, as_json, lambda: code)


@informants.command("list", help=_("List the informants with their consent."))
def informants_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    found = open_study(study).informants()
    answer(found, as_json, lambda: "\n".join(
        f"{p.code}\t{p.group}\t{p.consent or '–'}\t{' '.join(sorted(p.scopes))}" for p in found
    ))  # fmt: skip


@informants.command("consent", help=_("Record an informant's consent."))
def informants_consent(
    code: str,
    consent: Annotated[str, typer.Option(help="anonymous | reserved | named")],
    scope: Annotated[list[str], typer.Option(help="interview | audio | quotes | co_researchers | sharing")] = [],  # noqa: B006  Typer copies it
    study: StudyOption = HERE,
) -> None:
    open_study(study).set_consent(code, consent, scope)


@informants.command("quotes", help=_("Write an informant's own quotes to a file, for approval."))
def informants_quotes(
    code: str, to: Annotated[Path, typer.Option(help=_("The file to write."))], study: StudyOption = HERE
) -> None:
    found = open_study(study).quotes(code)
    to.write_text("\n\n".join(f"{s.source}: {s.quote}" for s in found) + "\n", "utf-8")
    say(ngettext("{n} quote", "{n} quotes", len(found)).format(n=len(found)))


@informants.command("register", help=_("Add names to the register; they are masked wherever they stand."))
def informants_register(
    file: Path,
    informant: Annotated[str | None, typer.Option(help=_("Code of the informant they belong to."))] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    masked = open_study(study, passphrase_file).learn_names(file, informant)
    answer(
        {"masked": masked}, as_json, lambda: ngettext("{n} place masked", "{n} places masked", masked).format(n=masked)
    )


@app.command(help=_("Take an informant's words out of everything."))
def withdraw(
    code: str,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only say what would be removed."))] = False,
    yes: Yes = False,
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    opened = open_study(study)
    if not (yes or dry_run):
        raise BadInput(_("Withdrawal can't be undone. Look with --dry-run, then add --yes."))
    receipt = opened.withdraw(code, dry_run=dry_run)
    answer(receipt, as_json, lambda: _("Removed: {turns} turns, {codings} codings, {editions} editions.").format(
        turns=receipt.removed["turns"], codings=receipt.removed["codings"], editions=len(receipt.editions_withdrawn)
    ))  # fmt: skip


# --- coding -----------------------------------------------------------------------------------------------------------


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
        say(_("row {row}: the quote stands in {matches} places; name the source or give more of it").format(**row))
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
    answer({"id": identity}, as_json, lambda: identity or _("The words wait in the inbox until the vault is unlocked."))


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
    answer(found, as_json, lambda: "\n".join(f"{c['theme']}\t{c['name']}\t{c['definition'] or ''}" for c in found))


@codebook.command("export", help=_("Write the codebook as CSV."))
def codebook_export(to: Annotated[Path, typer.Option(help=_("The file to write."))], study: StudyOption = HERE) -> None:
    import csv

    with to.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, ["theme", "name", "definition"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(open_study(study).codebook())


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
    answer({"id": identity}, as_json, lambda: identity or _("The words wait in the inbox until the vault is unlocked."))


@inbox.command("screen", help=_("Screen and store the words that wait."))
def inbox_screen(
    yes: Annotated[bool, typer.Option("--yes", help=_("Mask the certain findings, leave the rest open."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    count = open_study(study, passphrase_file).screen_inbox(_decider(yes))
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
    count = open_study(study).settle(_decider(False), source)
    answer({"settled": count}, as_json, lambda: ngettext("{n} finding settled", "{n} findings settled", count).format(
        n=count
    ))  # fmt: skip


# --- what comes out ---------------------------------------------------------------------------------------------------


@app.command(
    help=_("Print a thesis table: matrix, themes, theme-1 …, primary-secondary, informants, sources, methods.")
)
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
        to.write_bytes(content)
    elif format_ in {"xlsx", "docx"}:
        raise BadInput(_("A {format} file can't be shown here. Name one with --to.").format(format=format_.upper()))
    else:
        typer.echo(content.decode("utf-8-sig").rstrip("\n"))


@app.command(help=_("Find what identifies in a file; touches no study."))
def deidentify(
    file: Annotated[Path | None, typer.Argument(help=_("A text file."))] = None,
    register: Annotated[Path | None, typer.Option(help=_("CSV of names and what replaces them."))] = None,
    language: Annotated[str, typer.Option(help="nb | da | en")] = "nb",
    batch: Annotated[Path | None, typer.Option(help=_("JSON lines to work through instead."))] = None,
    to: Annotated[Path | None, typer.Option(help=_("The file to write."))] = None,
    as_json: Json = False,
) -> None:
    from workbench.privacy.batch import deidentify_batch, deidentify_file

    if batch is not None and to is not None:
        count = deidentify_batch(batch, to)
        say(ngettext("{n} line", "{n} lines", count).format(n=count))
        return
    if file is None:
        raise BadInput(_("Name a file, or --batch and --to."))
    result = deidentify_file(file, register, language)
    answer(result, as_json, lambda: str(result["text"]))


@app.command(help=_("Hold files against the gate: would anything in them identify somebody?"))
def check(
    files: list[Path],
    show: Annotated[bool, typer.Option("--show", help=_("Print the words themselves."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    found, unread = [], []
    for file in files:
        try:
            found += opened.check([file], show=show)
        except BadInput as error:
            unread.append(str(error))
            say(str(error))
    answer(found, as_json, lambda: "")
    if found:
        _tell_findings(found)
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
    certfile: Annotated[Path | None, typer.Option(help=_("TLS certificate, for readers on other machines."))] = None,
    keyfile: Annotated[Path | None, typer.Option(help=_("TLS key."))] = None,
    study: StudyOption = HERE,
) -> None:
    from workbench.publishing.shelf import newest
    from workbench.serving.dashboards import serve as serve_edition

    raise typer.Exit(serve_edition(newest(study), port=port, browser=not no_browser, certificate=certfile, key=keyfile))


@app.command(help=_("Run JupyterLab on the study."))
def lab(
    study: StudyOption = HERE,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=_("Do not open a browser."))] = False,
) -> None:
    from workbench.serving.lab import run

    raise typer.Exit(run(study, browser=not no_browser))


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
    if not verdict.ok:
        raise typer.Exit(IN_PART)


if __name__ == "__main__":
    main()
