"""The researcher's façade: everything that she may do with a study, one method each, in parts by what it is about.

A co-researcher's façade is `workbench.study.desk.Desk`, built from one invitation and nothing else. The reader's is
`workbench.publishing.edition.Edition`, built from an edition folder and nothing else.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from workbench.errors import BadInput
from workbench.framework import read_framework
from workbench.locale import _
from workbench.privacy import Vault
from workbench.resources import resource
from workbench.settings import Settings, write_settings
from workbench.store import new_id
from workbench.study.attaching import Attaching
from workbench.study.codebook import Codebook
from workbench.study.coding import Coding
from workbench.study.filling import Filling
from workbench.study.gatherings import Gatherings
from workbench.study.logs import Logs
from workbench.study.material import Imported
from workbench.study.observing import Observing
from workbench.study.participating import Participating
from workbench.study.pathways import Pathways
from workbench.study.reading import Reading
from workbench.study.reflection import Reflection
from workbench.study.results import Results
from workbench.study.statements import Statements
from workbench.study.words import Words

__all__ = ["Imported", "Study"]


class Study(
    Pathways,
    Filling,
    Gatherings,
    Observing,
    Logs,
    Attaching,
    Participating,
    Words,
    Coding,
    Codebook,
    Statements,
    Reflection,
    Reading,
    Results,
):
    """One study: a folder with its store, and its vault elsewhere."""

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        title: str = "",
        language: str = "nb",
        framework: str = "collaboration",
        store: str = "sqlite:///study.db",
        vault: Path | None = None,
        passphrase: str | None,
    ) -> Study:
        """Make a study folder and its vault; nothing is left behind when that fails."""
        if (folder / "study.toml").exists():
            raise BadInput(_("There is a study in {folder} already.").format(folder=folder))
        chosen = read_framework(framework)
        identity = new_id()
        title = title or folder.resolve().name
        settings = Settings.model_validate(
            {"id": identity, "title": title, "language": language, "store": store,
             "vault": str(vault.resolve()) if vault else ""}
        )  # fmt: skip
        place = settings.vault_folder(folder)
        was_there = folder.exists()
        Vault.create(place, passphrase)
        try:
            (folder / "exports").mkdir(parents=True, exist_ok=True)
            shipped = resource("templates", "frameworks", f"{framework}.yaml")
            shutil.copyfile(shipped if shipped.is_file() else framework, folder / settings.framework)
            write_settings(folder, settings)
            study = cls(folder)
            with study.store.act("study created", identity, framework=chosen.id):
                pass
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            (folder / "study.toml").unlink(missing_ok=True)
            if not was_there:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        return study

    @classmethod
    def here(cls) -> Study:
        """The study that a notebook was started in: `WORKBENCH_STUDY`, else the folder it runs in."""
        return cls(Path(os.environ.get("WORKBENCH_STUDY", ".")), actor=os.environ.get("WORKBENCH_ACTOR", "researcher"))
