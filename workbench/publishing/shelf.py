"""The editions of a study: list them, hold each against its manifest, take one down."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from workbench.errors import NotFound
from workbench.locale import _
from workbench.privacy import Register
from workbench.safeguards.gate import check_file

__all__ = ["editions", "editions_saying", "editions_with", "newest", "shelf", "take_down", "verify"]


def shelf(study: Path) -> Path:
    """Return the folder that a study's editions stand in."""
    return study / "exports" / "editions"


def editions(study: Path) -> list[dict[str, Any]]:
    """Return the manifests of all editions, the oldest first."""
    found = sorted(shelf(study).glob("*/manifest.json"), key=lambda path: (path.stat().st_mtime_ns, path.parent.name))
    return [json.loads(path.read_text("utf-8")) for path in found]


def newest(study: Path) -> Path:
    """Return the folder of the newest edition; raises NotFound where there is none."""
    found = editions(study)
    if not found:
        raise NotFound(_("There is no edition yet. Make one with “workbench publish”."))
    return shelf(study) / str(found[-1]["edition"])


def verify(study: Path, edition: str) -> list[str]:
    """Return what differs between an edition and its manifest, in words; empty when nothing does."""
    folder = shelf(study) / edition
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    except OSError as error:
        raise NotFound(_("There is no edition {id}.").format(id=edition)) from error
    there = {str(p.relative_to(folder).as_posix()) for p in folder.rglob("*") if p.is_file()} - {"manifest.json"}
    faults = [_("{file} is missing").format(file=name) for name in sorted(set(manifest["files"]) - there)]
    faults += [_("{file} is not in the manifest").format(file=name) for name in sorted(there - set(manifest["files"]))]
    for name in sorted(there & set(manifest["files"])):
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != manifest["files"][name]:
            faults.append(_("{file} has been changed").format(file=name))
    return faults


def editions_with(study: Path, sources: Iterable[str]) -> list[str]:
    """Return the ids of the editions made from any of these sources."""
    wanted = set(sources)
    return [str(manifest["edition"]) for manifest in editions(study) if wanted & set(manifest["sources"])]


def editions_saying(study: Path, register: Register) -> list[str]:
    """Return the ids of the editions that hold a name of the register in some file."""
    return [
        str(manifest["edition"])
        for manifest in editions(study)
        if any(check_file(shelf(study) / str(manifest["edition"]) / name, register) for name in manifest["files"])
    ]


def take_down(study: Path, ids: Iterable[str]) -> None:
    """Remove editions whose words may no longer be shown."""
    for identity in ids:
        shutil.rmtree(shelf(study) / identity, ignore_errors=True)
