"""Every notebook we ship runs, in the place it is meant for."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def nbval(notebooks, **environment):
    options = ["-q", "-p", "no:cacheprovider", "-o", "addopts=", "--nbval-lax", "--nbval-current-env"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *map(str, notebooks)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_dashboards_run_on_an_edition(edition):
    notebooks = sorted((ROOT / "notebooks" / "dashboards").glob("*.ipynb"))
    done = nbval(notebooks, WORKBENCH_EDITION=str(edition))
    assert done.returncode == 0, done.stdout
    assert len(notebooks) == 7


def test_the_working_notebooks_run_in_a_study(coded):
    done = nbval(sorted((ROOT / "notebooks").glob("*.ipynb")), WORKBENCH_STUDY=str(coded.folder))
    assert done.returncode == 0, done.stdout
