"""Commands on the log."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.shared import HERE, Json, PassphraseFile, StudyOption, answer, answer_id, group_of, open_study, say
from workbench.errors import BadInput
from workbench.locale import _, format_date, format_span, ngettext

if TYPE_CHECKING:
    from workbench.journal import Entry

log = group_of("log", _("The log: entries, afterthoughts, questions to go back with."))

Words = Annotated[str, typer.Argument(help=_("The words, or “-” for standard input."))]


@log.command("add", help=_("Log what you observed, and apart from it what you thought."))
def log_add(
    observation: Annotated[str, typer.Option(help=_("What you saw and heard, or “-” for standard input."))] = "",
    reflection: Annotated[str, typer.Option(help=_("What you thought and felt, or “-” for standard input."))] = "",
    when: Annotated[
        str | None, typer.Option(help=_("When it happened, as 2026-05-01 14:30; now where left out."))
    ] = None,
    setting: Annotated[str, typer.Option(help=_("What kind of situation it was."))] = "",
    place: Annotated[str, typer.Option(help=_("Where it was."))] = "",
    present: Annotated[
        list[str] | None, typer.Option(help=_("Who was there: a group or a pseudonym; repeatable."))
    ] = None,
    role: Annotated[str, typer.Option(help=_("Your own role in the situation."))] = "",
    hidden: Annotated[bool, typer.Option("--hidden", help=_("The others did not know that you observed."))] = False,
    sure: Annotated[bool, typer.Option("--sure", help=_("The date is right, though it is unlikely."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    identity = opened.log(
        _read(observation), _read(reflection), happened=when, setting=setting, place=place, present=present or (),
        role=role, observer="hidden" if hidden else "open", sure=sure,
    )  # fmt: skip
    answer_id(identity, as_json)


@log.command("afterthought", help=_("Add what came to mind later to an entry; it gets its own date."))
def log_afterthought(
    entry: str, words: Words = "-", study: StudyOption = HERE, passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    answer_id(open_study(study, passphrase_file).add_afterthought(entry, _read(words)), as_json)


@log.command("reword", help=_("Word a passage of an entry anew; its earlier wordings are kept."))
def log_reword(
    passage: str, words: Words = "-", study: StudyOption = HERE, passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    answer_id(open_study(study, passphrase_file).word_anew(passage, _read(words)), as_json)


@log.command("ask", help=_("Note what to go back and ask."))
def log_ask(
    entry: str,
    question: Words = "-",
    whom: Annotated[str, typer.Option(help=_("Whom to ask: a group or a pseudonym."))] = "",
    due: Annotated[str | None, typer.Option(help=_("Until when, as 2026-05-01."))] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    answer_id(open_study(study, passphrase_file).ask_back(entry, _read(question), whom=whom, due=due), as_json)


@log.command("answer", help=_("Note what came of a question; it is settled by that."))
def log_answer(
    question: str, outcome: Words = "-", study: StudyOption = HERE, passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    answer_id(open_study(study, passphrase_file).answer_back(question, _read(outcome)), as_json)


@log.command("source", help=_("Make an observation source of an entry, or of part of it, to be coded."))
def log_source(
    entry: str,
    passage: Annotated[list[str] | None, typer.Option(help=_("Only this passage of it, by id; repeatable."))] = None,
    words: Annotated[str, typer.Option(help=_("Only these words of it, or “-” for standard input."))] = "",
    name: Annotated[str | None, typer.Option(help=_("What the source is to be called."))] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    made = open_study(study, passphrase_file).observe(entry, passages=passage, words=_read(words), name=name)
    answer(made, as_json, lambda: made.name)


@log.command("import", help=_("Bring in an older log: dated text, DOCX, CSV, Day One's export, a folder of notes."))
def log_import(
    file: Path,
    setting: Annotated[str, typer.Option(help=_("The kind of situation of entries that name none."))] = "",
    sure: Annotated[bool, typer.Option("--sure", help=_("The dates are right, future ones too."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    bars: list[Any] = []
    with ExitStack() as shown:

        def progress(stored: int, of: int) -> None:
            if not bars:
                bars.append(shown.enter_context(typer.progressbar(length=of, file=sys.stderr, label=file.name)))
            bars[0].update(stored - bars[0].pos)

        try:
            count = opened.import_log(file, setting=setting, sure=sure, tell=say, progress=progress)
        except KeyboardInterrupt as stop:
            done = bars[0].pos if bars else 0
            raise BadInput(_("Stopped: {n} entries are in. Run it again for the others.").format(n=done)) from stop
    told = ngettext("{n} entry", "{n} entries", count).format(n=count)
    if not count:
        say(_("Everything in it was here already."))
    answer({"imported": count}, as_json, lambda: told)


@log.command("export", help=_("Write the log, or an excerpt, as DOCX or CSV, through the gate."))
def log_export(
    to: Annotated[Path, typer.Option(help=_("The file to write."))],
    first: Annotated[str | None, typer.Option("--from", help=_("The first day, as 2026-05-01."))] = None,
    last: Annotated[str | None, typer.Option("--until", help=_("The last day, as 2026-05-31."))] = None,
    setting: Annotated[str | None, typer.Option(help=_("Only entries of this kind of situation."))] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
) -> None:
    from workbench.reading import write_bytes

    opened = open_study(study, passphrase_file)
    write_bytes(to, opened.export_log(to.suffix.lstrip("."), first=first, last=last, setting=setting))


@log.command("list", help=_("List the log, the newest first, with what waits."))
def log_list(
    setting: Annotated[str | None, typer.Option(help=_("Only entries of this kind of situation."))] = None,
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    opened = open_study(study)
    found = opened.log_entries(setting=setting)
    if waiting := len(opened.waiting_log()):
        say(_("Waiting to be screened: {n}").format(n=waiting))
    answer([_plain(entry) for entry in found], as_json, lambda: "\n\n".join(_shown(entry) for entry in found))


def _read(words: str) -> str:
    return sys.stdin.read() if words == "-" else words


def _plain(entry: "Entry") -> dict[str, Any]:
    passages = [
        {
            "id": one.id, "part": one.part, "about": one.about_id, "created": one.created, "text": one.text,
            "wordings": [{"id": said.id, "written": said.written, "text": said.text} for said in one.wordings],
        }
        for one in entry.passages
    ]  # fmt: skip
    return {
        "id": entry.id, "happened": entry.local.isoformat(), "logged": entry.logged, "setting": entry.setting,
        "place": entry.place, "role": entry.role, "observer": entry.observer, "present": list(entry.present),
        "author": entry.author, "origin": entry.origin, "delay_minutes": int(entry.delay.total_seconds() // 60),
        "passages": passages,
    }  # fmt: skip


def _delay(entry: "Entry") -> str:
    if entry.origin:
        return _("Brought in from an older log")
    return _("Logged {span} after").format(span=format_span(entry.delay))


def _shown(entry: "Entry") -> str:
    from workbench.journal import PART_LABELS

    when = entry.local
    clock = "" if entry.whole_day else f" {when:%H:%M}"
    hidden = _("hidden observer") if entry.observer == "hidden" else ""
    about = [_delay(entry), entry.setting, entry.place, *entry.present, entry.role, hidden]
    head = " · ".join(filter(None, [f"{format_date(when)}{clock}", *about]))
    return "\n".join([head, entry.id, *(f"  {_(PART_LABELS[one.part])}: {one.text}" for one in entry.passages)])
