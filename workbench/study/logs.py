"""The log in and out: older logs brought in, the whole or an excerpt written out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from workbench.errors import BadInput, GateClosed, Unsure
from workbench.journal import PART_LABELS
from workbench.journal.older import Older, read_older
from workbench.journal.records import Entry, FollowUp
from workbench.locale import _, format_date, using_language
from workbench.privacy import Decide, accept_certain
from workbench.reading import defused
from workbench.safeguards import gate
from workbench.store import now
from workbench.study.base import checked_day
from workbench.study.logbook import AHEAD, Logbook
from workbench.tables.rendering import pandoc

__all__ = ["Logs"]

COLUMNS = (
    "when", "logged", "setting", "place", "present", "role", "observer", "observation", "reflection", "afterthought",
    "question", "outcome", "asked",
)  # fmt: skip


class Logs(Logbook):
    """What the researcher brings in and takes out."""

    def import_log(
        self, path: Path, *, setting: str = "", sure: bool = False, decide: Decide = accept_certain,
        tell: Callable[[str], None] = lambda _sentence: None,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> int:  # fmt: skip
        """Bring in an older log; returns how many entries are new. What was brought in before is not brought in again.

        `tell` is told what is left out, `progress` how many of how many are stored. All of it is read before any is
        stored. While the vault is locked the entries
        wait in the inbox. Raises BadInput for a file without dated entries, a wrong row, or a date that never was, and
        Unsure, unless `sure`, for one in the future.
        """
        older = read_older(path, tell)
        coming = next((one for one in older if one.happened > datetime.now(UTC) + AHEAD), None)
        if coming and not sure:
            raise Unsure(
                _("{where}: {date} lies in the future. Correct it, or say that you are sure.").format(
                    where=coming.where, date=format_date(coming.happened)
                )
            )
        there = {one.id for one in self.log_outline()} | {str(one["id"]) for one in self.waiting_log()}
        said = {_as_read(one.local, one.part("observation"), one.part("reflection")) for one in self.log_entries()}
        new = [
            (identity, one)
            for one in older
            if (identity := _identity(one)) not in there
            and _as_read(one.happened, one.observation, one.reflection) not in said
        ]
        items = [self._brought_in(identity, one, setting) for identity, one in dict(new).items()]
        self._write_all(items, decide, progress)
        return len(items)

    def _brought_in(self, identity: str, one: Older, setting: str) -> dict[str, object]:
        ahead = one.happened.utcoffset()
        return {
            "kind": "entry", "id": identity, "happened": one.happened.astimezone(UTC).isoformat(timespec="seconds"),
            "offset": int(ahead.total_seconds() // 60) if ahead else 0,
            "logged": one.written.astimezone(UTC).isoformat(timespec="milliseconds") if one.written else now(),
            "setting": one.setting or setting, "place": one.place, "role": one.role, "observer": one.observer,
            "author": self.store.actor, "present": list(one.present),
            "origin": "" if one.written else "day" if one.whole_day else "undated",
            "words": {"observation": one.observation, "reflection": one.reflection},
        }  # fmt: skip

    def export_log(
        self, form: str, *, first: str | None = None, last: str | None = None, setting: str | None = None
    ) -> bytes:  # fmt: skip
        """The log, or the days from `first` to `last`, as `csv` or `docx`; what waits to be screened is not in it.

        It goes through the gate: raises GateClosed with every finding, VaultLocked, and BadInput for another form or
        where there is nothing.
        """
        if form not in {"csv", "docx"}:
            raise BadInput(_("The log goes out as csv or docx, not as {form}.").format(form=form))
        begin, end = checked_day(first, date.min), checked_day(last, date.max)
        chosen = [
            one for one in reversed(self.log_entries(setting=setting)) if begin <= f"{one.local:%Y-%m-%d}" <= end
        ]  # fmt: skip
        if not chosen:
            raise BadInput(_("The log has no entries there."))
        with using_language(self.settings.language):
            asked = {one.passage_id: _asked(one) for one in self.follow_ups()}
            page = "".join(_as_html(one, asked) for one in chosen)
            title = escape(": ".join([self.settings.title, _("The log")]))
            days = [format_date(one.local) for one in (chosen[0], chosen[-1])]
            span = _("Entries from {first} to {last}, written out on {today}").format(
                first=days[0], last=days[1], today=format_date(date.today())
            )
            page = f"<h1>{title}</h1><p>{escape(span)}</p>{page}"
            content = _as_csv(chosen, asked) if form == "csv" else pandoc(page, "docx")
        allowed = gate.Allowed()
        if found := gate.check_bytes(f"log.{form}", content, self.register(), allowed):
            raise GateClosed(_("The log names somebody yet. Mask that first."), found)
        return content


def _identity(one: Older) -> str:
    """The same entry has the same id, however often it is brought in."""
    return str(uuid5(NAMESPACE_OID, "\n".join((one.happened.isoformat(), one.observation, one.reflection))))


def _as_read(when: datetime, *words: str) -> tuple[str, ...]:
    """An entry as a reader of a file sees it: to the minute, by the clock on the wall."""
    return (f"{when:%Y-%m-%d %H:%M}", *(one.strip() for one in words))


def _asked(one: FollowUp) -> str:
    """Whom a question goes to, and until when."""
    until = _("until {date}").format(date=format_date(date.fromisoformat(one.due))) if one.due else ""
    return " · ".join(filter(None, (one.whom, until)))


def _as_csv(entries: list[Entry], asked: Mapping[str, str]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for one in entries:
        when = f"{one.local:%Y-%m-%d}" if one.whole_day else f"{one.local:%Y-%m-%d %H:%M}"
        around = [
            when,
            f"{datetime.fromisoformat(one.logged).astimezone():%Y-%m-%d %H:%M}",
            one.setting,
            one.place,
            ", ".join(one.present),
        ]
        words = [one.part(part) for part in COLUMNS[7:12]]
        words.append("\n".join(filter(None, (asked.get(passage.id, "") for passage in one.passages))))
        writer.writerow([*map(defused, around), defused(one.role), one.observer, *map(defused, words)])
    return buffer.getvalue().encode("utf-8-sig")


def _as_html(one: Entry, asked: Mapping[str, str]) -> str:
    hidden = _("hidden observer") if one.observer == "hidden" else ""
    around = " · ".join(filter(None, (one.setting, one.place, *one.present, one.role, hidden)))
    said = "".join(
        f"<h3>{escape(str(_(PART_LABELS[passage.part])))}</h3>"
        + f"<p>{escape(asked.get(passage.id, ''))}</p>" * (passage.id in asked)
        + "".join(f"<p>{escape(line)}</p>" for line in passage.text.splitlines() if line.strip())
        for passage in one.passages
    )
    clock = "" if one.whole_day else f" {one.local:%H:%M}"
    heading = f"<h2>{escape(format_date(one.local))}{clock}</h2>"
    return f"{heading}<p>{escape(_delay(one))}</p><p>{escape(around)}</p>{said}"


def _delay(one: Entry) -> str:
    """When an entry was written: a reader must not take for written at once what was brought in years later."""
    logged = datetime.fromisoformat(one.logged).astimezone()
    told = _("Brought in from an older log on {date}") if one.origin else _("Logged on {date}")
    return told.format(date=f"{format_date(logged)} {logged:%H:%M}")
