"""The main job on the example study, by the same façade as everything else."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from workbench.errors import BadInput
from workbench.framework import read_yaml
from workbench.locale import _
from workbench.publishing.building import Published
from workbench.resources import resource
from workbench.store import new_id
from workbench.study import Study
from workbench.study.desk import Desk
from workbench.study.seat import bind, invitation_of_device

__all__ = ["make_demo"]

MARK = ".example-study"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Informant(_Strict):
    code: str
    group: str
    recruitment: str
    consent: str | None = None
    scopes: tuple[str, ...] = ()
    declined: bool = False


class _Source(_Strict):
    file: str
    kind: str
    informants: tuple[str, ...] = ()
    speakers: dict[str, str] = {}
    reference: str | None = None


class _Codings(_Strict):
    file: str
    coder: str


class _Turn(_Strict):
    standing: str
    day: date
    words: str = ""
    grounds: str = ""


class _Hypothesis(_Strict):
    words: str
    effect: str
    determinant: str
    grounds: str
    day: date
    new: bool = False
    turns: tuple[_Turn, ...] = ()


class _Answer(_Strict):
    who: str
    stance: str
    words: str = ""
    reading: dict[str, str] = {}


class _Looked(_Strict):
    answers: tuple[_Answer, ...]
    outcome: str = ""
    reason: str = ""


class _Together(_Strict):
    pledged: dict[str, date]
    present: tuple[tuple[str, str, str], ...]
    title: str
    source: str
    passages: tuple[_Looked, ...]
    accounts: dict[str, str]


class _Actor(_Strict):
    label: str
    sector: str
    distance: float
    bearing: float
    level: str = ""
    kind: str = "person"
    coordinates: bool = False


class _Network(_Strict):
    informant: str
    day: date
    actors: tuple[_Actor, ...]
    ties: tuple[tuple[str, str], ...]


class _Coordinator(_Strict):
    case: str
    holder: str
    start: date


class _Courses(_Strict):
    file: str
    closed: dict[str, date]
    coordinators: tuple[_Coordinator, ...]


class _Example(_Strict):
    title: str
    language: str
    informants: tuple[_Informant, ...]
    register_file: str
    references_file: str
    sources: tuple[_Source, ...]
    codings: tuple[_Codings, ...]
    log_file: str
    hypotheses: tuple[_Hypothesis, ...]
    together: _Together
    networks: tuple[_Network, ...]
    courses: _Courses


def make_demo(folder: Path, progress: Callable[[str], None]) -> Published:
    """Make the example study in `folder`, its vault and passphrase beside it, and publish it.

    An example study that is there already is made anew; any other folder with something in it is refused.
    """
    vault, secret = _places(folder)
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise BadInput(_("{folder} is not empty, and no example study. Choose another folder.").format(folder=folder))
    study = _new_study(folder, vault, secret, progress)
    example = read_yaml(resource("example", "example.yaml"), _Example)
    _fill(study, example, progress)
    progress(_("Publishing …"))
    return study.publish(progress=progress)


def _places(folder: Path) -> tuple[Path, Path]:
    given = os.environ.get("WORKBENCH_VAULT")
    beside = folder.with_name(f"{folder.name}-vault")
    return Path(given) if given else beside, folder.with_name(f"{folder.name}-passphrase")


def _new_study(folder: Path, vault: Path, secret: Path, progress: Callable[[str], None]) -> Study:
    if (folder / MARK).exists():
        shutil.rmtree(folder)
        if (vault / MARK).exists():
            shutil.rmtree(vault)
    phrase = os.environ.get("WORKBENCH_PASSPHRASE")
    if not phrase:
        phrase = secrets.token_urlsafe(12)
        secret.parent.mkdir(parents=True, exist_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(phrase + "\n", "utf-8")
        progress(_("The vault's passphrase is in {file}.").format(file=secret))
    example = read_yaml(resource("example", "example.yaml"), _Example)
    study = Study.create(folder, title=example.title, language=example.language, vault=vault, passphrase=phrase)
    for place in (folder, vault):
        (place / MARK).touch()
    study.vault.unlock(phrase)
    return study


def _fill(study: Study, example: _Example, progress: Callable[[str], None]) -> None:
    for person in example.informants:
        study.add_informant(
            person.code, person.group, recruitment=person.recruitment, given=person.consent,
            scopes=person.scopes, declined=person.declined,
        )  # fmt: skip
    study.learn_names(resource("example", example.register_file))
    study.import_references(resource("example", example.references_file))
    for source in example.sources:
        progress(_("Reading {file} …").format(file=source.file))
        study.import_files(
            [resource("example", "material", source.file)], source.kind, informants=source.informants,
            speakers=source.speakers, reference=source.reference,
        )  # fmt: skip
    for codings in example.codings:
        added, refused = study.import_codings(resource("example", codings.file), coder=codings.coder)
        progress(_("{file}: {n} codings").format(file=codings.file, n=added))
        if refused:
            raise BadInput(_("The example study's {file} does not fit its texts.").format(file=codings.file))
    _reflect(study, example)
    _research_together(study, example.together)
    _draw(study, example)


def _reflect(study: Study, example: _Example) -> None:
    study.import_log(resource("example", example.log_file))
    for held in example.hypotheses:
        made = study.add_hypothesis(
            held.words, effect=held.effect, determinant=held.determinant, grounds=held.grounds, new=held.new,
            day=held.day.isoformat(),
        )  # fmt: skip
        for turn in held.turns:
            study.turn_hypothesis(
                made, turn.standing, words=turn.words, grounds=turn.grounds, day=turn.day.isoformat()
            )  # fmt: skip


def _research_together(study: Study, together: _Together) -> None:
    """Who took part, and a round of review with what was said and settled."""
    for code, day in together.pledged.items():
        study.pledge(code, day.isoformat())
    for code, source, part in together.present:
        study.take_part(code, source, part)
    codings = study.codings_to_review([], [together.source])
    made = study.open_round(together.title, codings, most=len(together.passages), source=together.source)
    people = {one.who for looked in together.passages for one in looked.answers}
    desks = {
        who: Desk(study, invitation_of_device(study, bind(study, study.invite(made, who)))) for who in sorted(people)
    }
    items = [seen.item.id for seen in next(iter(desks.values())).items()]
    for item, looked in zip(items, together.passages, strict=True):
        for one in looked.answers:
            reading = one.reading or None
            desks[one.who].answer(item, one.stance, words=one.words, reading=reading, id=new_id())
        if looked.outcome:
            study.decide(item, looked.outcome, reason=looked.reason, present=sorted(people))
    study.close_round(made)
    for section, words in together.accounts.items():
        study.account(section, words)


def _draw(study: Study, example: _Example) -> None:
    """Networks as they were drawn, and courses as they went."""
    for network in example.networks:
        made = study.add_network(informant=network.informant, day=network.day.isoformat())
        (drawn,) = study.network_maps(made)
        sectors = {one.label: one.id for one in study.network(made).sectors}
        ids = {}
        for one in network.actors:
            ids[one.label] = study.add_actor(
                drawn.id, one.label, sectors[one.sector], distance=one.distance, bearing=one.bearing, level=one.level,
                kind=one.kind,
            )  # fmt: skip
            if one.coordinates:
                study.change_actor(drawn.id, ids[one.label], coordinates=True)
        for tie in network.ties:
            study.tie(drawn.id, ids[tie[0]], ids[tie[1]])
    made_courses = study.import_courses(resource("example", example.courses.file))
    courses = {study.course(one).course.title: one for one in made_courses}
    for held in example.courses.coordinators:
        study.add_to_course(
            courses[held.case], "holder", role="coordinator", holder=held.holder, start=held.start.isoformat()
        )
    for case, day in example.courses.closed.items():
        study.change_course(courses[case], closed=day.isoformat())
