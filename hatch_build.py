"""Compile the catalogues when the package is built or installed, so that no compiled file is kept in the repository."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in Path(self.root, "workbench", "locale").glob("*/LC_MESSAGES/workbench.po"):
            target = source.with_suffix(".mo")
            with source.open("rb") as readable, target.open("wb") as writable:
                write_mo(writable, read_po(readable))
            build_data["artifacts"].append(str(target.relative_to(self.root)))
