"""What a table is, once it has been counted."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Table"]


@dataclass(frozen=True)
class Table:
    """One table: `rows` are dicts with the same keys, named by `columns` in the reader's language.

    `data` is what the matrix needs beside its rows; `note` says what was left out.
    """

    name: str
    title: str
    columns: dict[str, str]
    rows: list[dict[str, Any]]
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def frame(self) -> DataFrame:
        """The table as a DataFrame, columns named as a reader sees them."""
        from pandas import DataFrame  # a third of a second, and needed only here

        return DataFrame(self.rows, columns=list(self.columns)).rename(columns=self.columns)

    def plain(self) -> dict[str, Any]:
        """The table as plain data: what `--json` prints and what an edition freezes."""
        return asdict(self)
