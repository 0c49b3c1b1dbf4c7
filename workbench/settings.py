"""study.toml: what a study folder says of itself."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, ValidationError

from workbench.errors import BadInput, NotFound
from workbench.locale import _
from workbench.reading import fault

__all__ = ["Settings", "default_vault", "read_settings", "write_settings"]

FILE = "study.toml"


class Settings(BaseModel):
    """The keys of study.toml. `framework` is a file in the study folder, `vault` is empty for the usual place.

    `log_settings` are the situations that log entries are of; without any, the logbook offers the usual ones.
    `own_organisation` says that the researcher studies the organisation that she works in. `review_contact` is whom
    co-researchers can talk to when a passage is hard; it stands on their page, so it is no secret.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    language: Literal["nb", "da", "en"] = "nb"
    framework: str = "framework.yaml"
    store: str = "sqlite:///study.db"
    vault: str = ""
    log_settings: tuple[str, ...] = ()
    own_organisation: bool = True
    review_contact: str = ""

    def store_url(self, folder: Path) -> str:
        """Return the store's address with a relative SQLite file placed in the study folder.

        Raises BadInput for one that can't be opened here: another database, or a folder that is not there.
        """
        prefix = "sqlite:///"
        place = folder / self.store.removeprefix(prefix)
        if not self.store.startswith(prefix):  # an address may hold a password: only its beginning is repeated
            kind = self.store.partition(":")[0]
            raise BadInput(
                _("A store of the kind {kind} can't be opened here; sqlite:///study.db can.").format(kind=kind)
            )
        if place.is_dir() or not place.parent.is_dir():
            raise BadInput(_("There is no folder {folder} to write in.").format(folder=place.parent))
        return prefix + str(place)

    def vault_folder(self, folder: Path) -> Path:
        """Return where the vault is: `WORKBENCH_VAULT`, else study.toml's, else the user's data directory.

        Raises BadInput for a place inside the study folder: the two must not travel together.
        """
        chosen = os.environ.get("WORKBENCH_VAULT") or self.vault
        vault = (folder / Path(chosen).expanduser()).resolve() if chosen else default_vault(self.id)
        if vault.is_relative_to(folder.resolve()):
            raise BadInput(
                _(
                    "The vault must lie outside the study folder, so that the two never travel together: {vault}."
                ).format(vault=vault)
            )
        return vault


def default_vault(study_id: str) -> Path:
    """Return the place of a study's vault in the user's data directory."""
    return user_data_path("medforsk", appauthor=False) / "vaults" / study_id


def read_settings(folder: Path) -> Settings:
    """Return what study.toml says; raises NotFound where there is no study, BadInput with the faulty key."""
    file = folder / FILE
    try:
        return Settings.model_validate(tomllib.loads(file.read_text("utf-8")))
    except FileNotFoundError as error:
        raise NotFound(
            _("{folder} is no study folder: it has no study.toml. Go to one, name it with --study, or make one with "
              "“workbench init”.").format(folder=folder.resolve())
        ) from error  # fmt: skip
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(_("{file} can't be read: {reason}.").format(file=file, reason=error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise BadInput(_("{file}, key {key}: {reason}.").format(file=file, key=key, reason=fault(first))) from error


def write_settings(folder: Path, settings: Settings) -> None:
    """Write study.toml."""
    # A JSON string is a TOML basic string, and a list of them a TOML array: there is nothing else here.
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.model_dump().items() if value
    ]
    (folder / FILE).write_text("\n".join(lines) + "\n", "utf-8")
