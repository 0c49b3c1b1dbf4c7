"""How far coders, and readers of a round, agree; and the same figures for data from anywhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench import review
from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound
from workbench.locale import _
from workbench.material import records as material_records
from workbench.reading import read_rows
from workbench.review import compared, independent, records
from workbench.review.agreed import Agreement, Span, Spread
from workbench.review.compared import Passage
from workbench.safeguards import excerpts
from workbench.store.records import Connection
from workbench.study.packages import Packages

__all__ = ["Comparing", "agreement_of_file", "plain"]


class Comparing(Packages):
    """What the researcher asks about agreement."""

    def agreement(self, by: str = "theme", round_id: str | None = None) -> list[tuple[str, Agreement]]:
        """How far coders agree, by `theme`, `effect`, `determinant` or `code`: its id, and the figures.

        Over the characters of the sources that several coded, each theme by itself; in a round over its passages, with
        one row for all readings. In a round of independent coding it is over the characters that its coders were
        shown, the study's codings beside theirs. Raises BadInput for another `by`, or for codes of other rounds, whose
        readings have none.
        """
        from workbench.review.agreement import of_layer, of_units  # slow to import: it takes numpy

        if by not in compared.BY:
            raise BadInput(_("Agreement is by {known}, not by {by}.").format(known=", ".join(compared.BY), by=by))
        if round_id is None:
            with self.store.read() as connection:
                return [(value, of_layer(layer)) for value, layer in compared.layers(connection, by).items()]
        made = self.round(round_id)
        if made.kind == review.INDEPENDENT:
            with self.store.read() as connection:
                found = compared.layers(connection, by, made=made, shown=self._shown_in(connection, made))
            return [(value, of_layer(layer)) for value, layer in found.items()]
        if by == "code":
            raise BadInput(_("Readings of a round have a theme, an effect and a determinant, but no code."))
        with self.store.read() as connection:
            return [("", of_units(compared.readings(connection, made, by)))]

    def count_independent(self) -> Counter[str]:
        """How many passages were coded independently, by round."""
        with self.store.read() as connection:
            of_item = {one.id: one.round_id for one in records.items_of(connection)}
            return Counter(of_item[one.item_id] for one in independent.own_codings(connection))

    def side_by_side(self, round_id: str) -> list[Passage]:
        """What people coded in a round of independent coding, beside the study's codings, by passage.

        Those read in most ways come first.
        """
        made = self.round(round_id)
        with self.store.read() as connection:
            return compared.passages(connection, made, self._shown_in(connection, made))

    def take_up(self, own_id: str, *, edit: str | None = None) -> str:
        """Take what somebody coded independently among the study's codings, as theirs; returns the coding's id.

        Raises NotFound, and BadInput where it stands among them already.
        """
        with self.store.read() as connection:
            found = independent.own_codings(connection, id=own_id)
        if not found:
            raise NotFound(_("That coding is no longer there: somebody has removed it."))
        one = found[0]
        place, claim = (one.source_id, one.start, one.end, one.text_id), review.reading_of(one)
        with self.store.read() as connection:
            known = coding_records.claimed(
                connection, text_id=one.text_id, start=one.start, end=one.end, code_id=one.code_id, coder=one.coder,
                **claim,
            )  # fmt: skip
        if known:
            raise BadInput(_("That stands among the codings already."))
        made = self.code_passages(
            [place], theme=one.theme, effect=one.effect, determinant=one.determinant, code=one.code_id,
            coder=one.coder, edit=edit,
        )  # fmt: skip
        return made[0].id

    def _shown_in(self, connection: Connection, made: review.Round) -> dict[str, compared.Spans]:
        """Which parts of a round's sources its coders are shown, by the source's id."""
        shown: dict[str, compared.Spans] = {}
        newest = {one.id: one.text_id for one in material_records.list_sources(connection)}
        for item in records.items_of(connection, made.id):
            if text_id := newest.get(item.subject):
                rows, _text = excerpts.readable_rows(connection, item.subject, text_id)
                shown[item.subject] = [(row.start, row.end) for row in rows if row.start < row.end]
        return shown


def plain(made: Agreement) -> dict[str, Any]:
    """Return figures as plain data; what is undefined is null, with its reason."""
    values = asdict(made)
    values["coders"] = list(made.coders)
    values["ci"] = list(made.ci) if made.ci else None
    return values if made.reason else {key: value for key, value in values.items() if key != "reason"}


def agreement_of_file(path: Path, level: str = "nominal", length: int | None = None) -> Agreement | Spread:
    """Return how far coders agree in a CSV file from anywhere.

    It has the columns coder, unit, value: one row for each value given; or, where a `length` of the continuum is said,
    coder, start, end, value. Raises BadInput with file and row.
    """
    from workbench.review.agreement import of_spans, of_units  # slow to import: it takes numpy

    wanted = ("coder", "unit", "value") if length is None else ("coder", "start", "end", "value")
    units: dict[str, dict[str, str]] = {}
    spans: list[Span] = []
    for number, cells in read_rows(path):
        if missing := [column for column in wanted if column not in cells]:
            raise BadInput(
                _("{file} has no column {column}. It needs {all}.").format(
                    file=path.name, column=missing[0], all=", ".join(wanted)
                )
            )
        coder, value = cells["coder"].strip(), cells["value"].strip()
        if not value:
            continue  # not given
        if length is not None:
            spans.append(_span(path, number, cells, coder, value))
            continue
        by = units.setdefault(cells["unit"].strip(), {})
        if coder in by:
            raise BadInput(
                _("{file}, row {row}: {coder} gave this unit a value before.").format(
                    file=path.name, row=number, coder=coder
                )
            )
        by[coder] = value
    return of_units(units, level) if length is None else of_spans(spans, length)


def _span(path: Path, number: int, cells: dict[str, str], coder: str, value: str) -> Span:
    try:
        return Span(coder, int(cells["start"]), int(cells["end"]), value)
    except ValueError as error:
        raise BadInput(
            _("{file}, row {row}: start and end must be whole numbers.").format(file=path.name, row=number)
        ) from error
