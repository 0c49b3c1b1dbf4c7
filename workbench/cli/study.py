"""Commands on the study and its vault."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.shared import (
    HERE,
    Json,
    PassphraseFile,
    StudyOption,
    answer,
    app,
    first_line,
    group_of,
    open_study,
    passphrase,
    say,
)
from workbench.errors import BadInput
from workbench.locale import _

if TYPE_CHECKING:
    pass


vault = group_of("vault", _("The vault: identities and raw material."))


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
    phrase = passphrase(passphrase_file, lambda: "")()
    if not phrase:
        raise BadInput(_("A new vault needs a passphrase: set WORKBENCH_PASSPHRASE or give --passphrase-file."))
    try:
        study = Study.create(
            folder, title=title, language=language, framework=framework, store=store, vault=vault, passphrase=phrase
        )
    except OSError as error:
        raise BadInput(
            _("{file} can't be written: {reason}.").format(file=error.filename or folder, reason=error.strerror)
        ) from error
    result = {"study": str(study.folder.resolve()), "id": study.settings.id}
    answer(result, as_json, lambda: _("The study is in {folder}, its vault in {vault}.").format(
        folder=result["study"], vault=study.vault.folder
    ))  # fmt: skip


@vault.command("unlock", help=_("Open the vault until it is locked or idle."))
def vault_unlock(study: StudyOption = HERE, passphrase_file: PassphraseFile = None) -> None:
    opened = open_study(study, passphrase_file)
    if not opened.vault.is_open and not passphrase(passphrase_file, lambda: opened.settings.id)():
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
    old = passphrase(passphrase_file, lambda: opened.settings.id)()
    if not old:
        raise BadInput(
            _("There is no passphrase: set WORKBENCH_PASSPHRASE, give --passphrase-file, or run in a terminal.")
        )
    opened.vault.change_passphrase(old, first_line(new_file))
    say(_("The vault has a new passphrase. Copies of the old key file still open with the old one."))
