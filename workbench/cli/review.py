"""Commands on co-research: rounds, invitations, what was said, what was settled, and the pages."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.shared import (
    HERE,
    IN_PART,
    CertificateOption,
    Json,
    KeyOption,
    PassphraseFile,
    StudyOption,
    answer,
    answer_id,
    group_of,
    open_study,
    say,
)  # fmt: skip
from workbench.errors import BadInput, NotFound
from workbench.locale import _
from workbench.reading import read_bytes, write_bytes

if TYPE_CHECKING:
    from workbench.review import Looked
    from workbench.study import Study

review = group_of("review", _("Co-research: look at codings together."))

RoundArgument = Annotated[str, typer.Argument(metavar="ROUND", help=_("A round's id."))]


@review.command("open", help=_("Open a round over codings, by theme, source or id, over statements, or over sources."))
def review_open(
    title: str,
    kind: Annotated[str, typer.Option(help="review | independent | member_check | dialogue")] = "review",
    theme: Annotated[list[str], typer.Option(help=_("Only codings of this theme. Several are possible."))] = [],  # noqa: B006
    source: Annotated[
        list[str],
        typer.Option(
            help=_("Only codings of this source; with --kind independent, a source to code. Several are possible.")
        ),
    ] = [],  # noqa: B006
    coding: Annotated[list[str], typer.Option(help=_("A coding by id. Several are possible."))] = [],  # noqa: B006
    statement: Annotated[list[str], typer.Option(help=_("A statement by id. Several are possible."))] = [],  # noqa: B006
    informant: Annotated[str | None, typer.Option(help=_("Whose own words are checked, by code."))] = None,
    belongs: Annotated[
        str | None, typer.Option("--for", help=_("The source that it belongs to, a focus group for example."))
    ] = None,
    hard: Annotated[
        list[str], typer.Option(help=_("A coding by id, or a source, that carries a note before it is shown."))
    ] = [],  # noqa: B006
    blind: Annotated[bool, typer.Option("--blind", help=_("One answers before one sees the other reading."))] = False,
    most: Annotated[int | None, typer.Option(help=_("How many excerpts at most."))] = None,
    deadline: Annotated[str | None, typer.Option(help=_("The last day, as 2026-05-31."))] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    independent = kind == "independent"
    named = coding or statement or informant or independent
    chosen = coding if named else opened.codings_to_review(theme, source)
    made = opened.open_round(
        title, chosen, statements=statement, sources=source if independent else [], kind=kind,
        informant=informant, source=belongs, blind=blind, most=most, hard=hard, deadline=deadline,
    )  # fmt: skip
    answer_id(made, as_json)


@review.command("rounds", help=_("List the rounds."))
def review_rounds(study: StudyOption = HERE, as_json: Json = False) -> None:
    rounds = open_study(study).rounds()
    answer([asdict(one) for one in rounds], as_json, lambda: "\n".join(f"{one.id}\t{one.title}" for one in rounds))


@review.command("invite", help=_("Invite somebody by a personal link, under a code or a role."))
def review_invite(
    round_id: RoundArgument,
    reviewer: Annotated[str, typer.Argument(metavar="CODE", help=_("A code or a role, never a name."))],
    days: Annotated[int | None, typer.Option(min=1, help=_("How long the link is good, in days."))] = None,
    base: Annotated[
        str | None, typer.Option(help=_("The address that links begin with, where it is not that of “review serve”."))
    ] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    from workbench.study.served import review_address

    opened = open_study(study, passphrase_file)
    served, answers = review_address(opened)
    secret = opened.invite(round_id, reviewer, days=days)
    link = f"{(base or served).rstrip('/')}/i/{secret}"
    say(_("The link is shown this once, and is for that person alone."))
    if not base and not answers:
        say(_("Nothing answers there yet: start “workbench review serve”."))
    answer({"reviewer": reviewer, "link": link}, as_json, lambda: link)


@review.command("withdraw", help=_("Let somebody's links lead nowhere from now on."))
def review_withdraw(
    round_id: RoundArgument,
    reviewer: Annotated[str, typer.Argument(metavar="CODE", help=_("Who was invited."))],
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    count = open_study(study).withdraw_invitation(round_id, reviewer)
    answer({"withdrawn": count}, as_json, lambda: str(count))


@review.command("close", help=_("Take no more answers in a round."))
def review_close(round_id: RoundArgument, study: StudyOption = HERE) -> None:
    open_study(study).close_round(round_id)


@review.command("said", help=_("What was said in a round, in the order in which it is worth a talk."))
def review_said(round_id: RoundArgument, study: StudyOption = HERE, as_json: Json = False) -> None:
    opened = open_study(study)
    looked = opened.looked_at(round_id)
    answer(
        [_plain(opened, one, round_id) for one in looked],
        as_json,
        lambda: "\n\n".join(_shown(opened, one, round_id) for one in looked),
    )


@review.command("decide", help=_("Settle one coding together: stands, theirs, new or both. Dissent stays beside it."))
def review_decide(
    item: Annotated[str, typer.Argument(metavar="ITEM", help=_("Its id, as “review said” tells it."))],
    outcome: str,
    reason: Annotated[str, typer.Option(help=_("Why."))] = "",
    present: Annotated[list[str], typer.Option(help=_("Who was there, by code or role."))] = [],  # noqa: B006
    whose: Annotated[str, typer.Option(help=_("Whose reading it is to be (theirs), by code."))] = "",
    code: Annotated[str, typer.Option(help=_("The code it is to have (new), by name."))] = "",
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    made = opened.decide(item, outcome, reason=reason, present=present, whose=whose, code=code)
    answer_id(made, as_json)


@review.command("pledge", help=_("Note that somebody pledged confidentiality."))
def review_pledge(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A code or a role, never a name."))],
    day: Annotated[str | None, typer.Option(help=_("The day, as 2026-05-01 (today if left out)."))] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
) -> None:
    open_study(study, passphrase_file).pledge(code, day)


@review.command("present", help=_("Note somebody's part in a conversation: there, leading it, or analysing it."))
def review_present(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A code or a role, never a name."))],
    source: Annotated[str, typer.Argument(metavar="SOURCE", help=_("A source's name."))],
    part: Annotated[str, typer.Option(help="present | led | analysed")] = "present",
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
) -> None:
    open_study(study, passphrase_file).take_part(code, source, part)


@review.command("account", help=_("Write what the report on participation says of a section."))
def review_account(
    section: Annotated[str, typer.Argument(help="aim | methods | results | outcomes | reflections")],
    words: Annotated[str, typer.Argument(help=_("The words, or “-” for standard input."))],
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
) -> None:
    import sys

    open_study(study, passphrase_file).account(section, sys.stdin.read() if words == "-" else words)


@review.command("words", help=_("Make a source of what somebody who consented wrote in rounds."))
def review_words(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A co-researcher's code."))],
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    made = open_study(study, passphrase_file).own_words(code)
    answer({"id": made.id, "name": made.name}, as_json, lambda: made.name)


@review.command("package", help=_("Put a round into one file that opens itself by a passphrase, for somebody offline."))
def review_package(
    round_id: RoundArgument,
    reviewer: Annotated[str, typer.Argument(metavar="CODE", help=_("A code or a role, never a name."))],
    to: Annotated[Path, typer.Option(help=_("The file to write, such as together.html."))],
    language: Annotated[str | None, typer.Option(help="nb | da | en")] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    from workbench.widgets.review.package import packed

    content, passphrase = packed(open_study(study, passphrase_file), round_id, reviewer, language)
    write_bytes(to, content)
    say(_("The passphrase is shown this once. Tell it by another way than you send the file."))
    answer({"file": str(to), "passphrase": passphrase}, as_json, lambda: passphrase)


@review.command("merge", help=_("Take in files of answers; one that was taken before adds nothing."))
def review_merge(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=_("Files that came back."))],
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    taken: list[dict[str, Any]] = []
    broken: list[dict[str, str]] = []
    for file in files:
        try:
            taken.append({"file": str(file), **asdict(opened.merge_answers(read_bytes(file)))})
        except (BadInput, NotFound) as error:  # the others are taken in all the same
            broken.append({"file": str(file), "refused": str(error)})
    answer([*taken, *broken], as_json, lambda: "\n".join(
        _("{file}: {new} new, {known} known, {gone} of what is no longer there").format(**one) for one in taken
    ))  # fmt: skip
    refused = "\n".join(f"{Path(one['file']).name}: {one['refused']}" for one in broken)
    if broken and not taken:
        raise BadInput(refused)
    if broken:
        say(refused)
        raise typer.Exit(IN_PART)


@review.command("serve", help=_("Serve the review pages until interrupted; personal links lead there."))
def review_serve(
    port: Annotated[int, typer.Option(help=_("The port to listen on."))] = 8868,
    certfile: CertificateOption = None,
    keyfile: KeyOption = None,
    study: StudyOption = HERE,
) -> None:
    import signal

    from workbench.serving.review import serve_reviews

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with serve_reviews(study, port=port, certificate=certfile, key=keyfile) as base:
            print(base, flush=True)
            say(_("Personal links come from “workbench review invite”. Stop with Ctrl+C."))
            signal.pause()
    except KeyboardInterrupt:
        return


def _plain(opened: "Study", one: "Looked", round_id: str) -> dict[str, Any]:
    return {
        "item": one.item.id, one.item.about: one.item.subject, "quote": _words_of(opened, one, round_id),
        "readings": one.readings, "said": [asdict(answered) for answered in one.said],
        "standing": {stance: one.count(stance) for stance in ("agree", "differ", "wonder")},
        "decision": asdict(one.decision) if one.decision else None,
    }  # fmt: skip


def _words_of(opened: "Study", one: "Looked", round_id: str) -> str | None:
    subject = opened.subjects_of_round(round_id).get(one.item.subject)
    return None if subject is None else str(getattr(subject, "quote", "") or getattr(subject, "text", ""))


def _shown(opened: "Study", one: "Looked", round_id: str) -> str:
    from workbench.review import OUTCOME_LABELS, STANCE_LABELS

    lines = [f"{one.item.id}", f"  «{_words_of(opened, one, round_id) or '–'}»"]
    for said in one.said:
        told = [said.reviewer, _(STANCE_LABELS[said.stance]), *(said.reading or {}).values(), said.words, said.id]
        lines.append("  " + " · ".join(filter(None, told)))
    if one.decision:
        lines.append("  → " + " · ".join(filter(None, [_(OUTCOME_LABELS[one.decision.outcome]), one.decision.reason])))
    return "\n".join(lines)
