"""What every command shares: its groups and options, how it opens a study, asks and answers."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.spoken import Commands
from workbench.errors import BadInput
from workbench.locale import _

if TYPE_CHECKING:
    from workbench.privacy import Decide
    from workbench.study import Study

__all__ = [
    "DONE",
    "HERE",
    "IN_PART",
    "REFUSED",
    "CertificateOption",
    "Json",
    "KeyOption",
    "PassphraseFile",
    "StudyOption",
    "Yes",
    "answer",
    "app",
    "decider",
    "first_line",
    "group_of",
    "open_study",
    "pairs",
    "passphrase",
    "say",
    "tell_findings",
]

DONE, IN_PART, REFUSED = 0, 1, 2

app = Commands(_("Medforsk: research together."))


def group_of(name: str, text: str) -> Commands:
    """Add a group of commands to the command line."""
    group = Commands(text)
    app.add_typer(group, name=name)
    return group


StudyOption = Annotated[
    Path, typer.Option("--study", envvar="WORKBENCH_STUDY", help=_("The study folder."), show_default=False)
]
CertificateOption = Annotated[
    Path | None, typer.Option("--certfile", help=_("TLS certificate, to reach the page from elsewhere."))
]
KeyOption = Annotated[Path | None, typer.Option("--keyfile", help=_("TLS key."))]
Json = Annotated[bool, typer.Option("--json", help=_("Print one JSON value and nothing else."))]
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help=_("A file whose first line is the vault's passphrase."))
]
Yes = Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))]
HERE = Path()


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


def passphrase(file: Path | None, study_id: Callable[[], str]) -> Callable[[], str | None]:
    """Return how to get the passphrase: environment, file, the system's keyring, or a prompt."""

    def ask() -> str | None:
        if phrase := os.environ.get("WORKBENCH_PASSPHRASE"):
            return phrase
        if file is not None:
            return first_line(file)
        if phrase := _from_keyring(study_id()):
            return phrase
        return _prompt_secret(_("The vault's passphrase")) if sys.stdin.isatty() else None

    return ask


def first_line(file: Path) -> str:
    """Return the passphrase in a file; raises BadInput where there is none."""
    try:
        return file.read_text("utf-8").splitlines()[0]
    except FileNotFoundError as error:
        raise BadInput(_("{file} is not there.").format(file=file)) from error
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise BadInput(_("{file} holds no passphrase.").format(file=file)) from error


def _prompt_secret(text: str) -> str:
    return str(typer.prompt(text, hide_input=True, err=True))


def _from_keyring(study_id: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password("medforsk", study_id)
    except KeyringError:
        return None


def open_study(folder: Path, passphrase_file: Path | None = None) -> "Study":
    """Open the study that a command works on."""
    from workbench.study import Study

    study = Study(folder, actor=os.environ.get("WORKBENCH_ACTOR", "researcher"))
    study.vault.ask_with(passphrase(passphrase_file, lambda: study.settings.id))
    return study


def decider(yes: bool) -> "Decide":
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
        typed = typer.prompt(question, default=str(default), err=True).strip().lower()
        if typed in choices:
            return choices[typed]


def tell_findings(findings: list[dict[str, Any]]) -> None:
    """Say what the gate found, one line each."""
    from workbench.safeguards.gate import sentence

    say(sentence(findings))


def pairs(given: list[str]) -> dict[str, str]:
    """Return LABEL=CODE arguments by label; raises BadInput for one of another shape."""
    found = {}
    for pair in given:
        label, equals, code = pair.rpartition("=")
        if not (label and equals and code):
            raise BadInput(_("“{pair}” is not LABEL=CODE.").format(pair=pair))
        found[label] = code
    return found


def answer_id(identity: str | None, as_json: bool) -> None:
    """Answer with the id of what was made, or say that its words wait."""
    answer({"id": identity}, as_json, lambda: identity or _("The words wait in the inbox until the vault is unlocked."))
