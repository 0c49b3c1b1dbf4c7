"""Commands on informants."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.shared import HERE, Json, PassphraseFile, StudyOption, Yes, answer, app, group_of, open_study, say
from workbench.errors import BadInput
from workbench.locale import _, ngettext
from workbench.reading import write_bytes

if TYPE_CHECKING:
    from workbench.safeguards.withdrawal import Receipt


informants = group_of("informants", _("Informants and their consent."))


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
    if held := open_study(study).set_consent(code, consent, scope):
        say(_("Taken down, as the consent no longer covers them: {editions}. Publish anew.").format(
            editions=", ".join(held)
        ))  # fmt: skip


@informants.command("quotes", help=_("Write an informant's own quotes to a file, for approval."))
def informants_quotes(
    code: str, to: Annotated[Path, typer.Option(help=_("The file to write."))], study: StudyOption = HERE
) -> None:
    found = open_study(study).quotes(code)
    write_bytes(to, ("\n\n".join(f"{s.source}: {s.quote}" for s in found) + "\n").encode())
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


def _removed(receipt: "Receipt", dry_run: bool) -> str:
    told = _("Would be removed: {what}.") if dry_run else _("Removed: {what}.")
    counted = {
        _("turns"): receipt.removed["turns"], _("codings"): receipt.removed["codings"],
        _("networks"): receipt.removed["networks"], _("courses"): receipt.removed["courses"],
        _("filled forms"): receipt.removed["forms"], _("editions"): len(receipt.editions_withdrawn),
    }  # fmt: skip
    return told.format(what=", ".join(f"{name} {n}" for name, n in counted.items()))


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
    answer(receipt, as_json, lambda: _removed(receipt, dry_run))
    if left := len(receipt.statements_without_support):
        say(ngettext(
            "{n} statement is left without support: look whether it still holds.",
            "{n} statements are left without support: look whether they still hold.",
            left,
        ).format(n=left))  # fmt: skip
    if spoken_of := [*receipt.log_entries_to_read, *receipt.hypotheses_to_read]:
        say(ngettext(
            "{n} log entry speaks of them. Read it through: {ids}",
            "{n} log entries speak of them. Read them through: {ids}",
            len(spoken_of),
        ).format(n=len(spoken_of), ids=", ".join(spoken_of)))  # fmt: skip
