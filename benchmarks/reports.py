"""Executing our reports, against the number of codings and against papermill's own way with an empty notebook."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import papermill

from workbench.publishing.kernel import warm_kernel
from workbench.resources import resource
from workbench.study import Study
from workbench.tables.rendering import render

sys.path.insert(0, str(Path(__file__).parent))
from matrix import fill

RUNS = 10
QUIET = {"progress_bar": False, "request_save_on_cell_execute": False, "autosave_cell_every": 0}


def frozen(folder: Path, codings: int) -> Path:
    """Return an edition folder with frozen tables only."""
    import json

    study = Study.create(folder / "study", vault=folder / "vault", passphrase=None)
    fill(study, codings, 10)
    made = study.freeze()
    edition = folder / "edition"
    (edition / "tables").mkdir(parents=True)
    for table in made.tables:
        (edition / "tables" / f"{table.name}.json").write_bytes(render(table, "json"))
    (edition / "tables" / "segments.json").write_text(json.dumps(made.segments))
    about = {"id": "x", "title": "x", "language": "nb", "as_of": "x", "tables": [t.name for t in made.tables]}
    (edition / "edition.json").write_text(json.dumps(about))
    return edition


def run(edition: Path, names: list[str]) -> None:
    with warm_kernel() as engine:
        for name in names:
            template = "overview" if name == "overview" else "theme"
            parameters = {"edition": str(edition)} | ({} if name == "overview" else {"theme": name})
            path = str(resource("templates", "reports", f"{template}.ipynb"))
            papermill.execute_notebook(path, None, parameters, engine_name=engine, **QUIET)


def seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        few, many = frozen(Path(folder) / "few", 10), frozen(Path(folder) / "many", 10_000)
        empty = Path(folder) / "empty.ipynb"
        notebook = nbformat.v4.new_notebook()
        notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
        nbformat.write(notebook, empty)
        run(few, ["overview"])
        sizes, reports = [], []
        for _ in range(RUNS):
            sizes.append(seconds(lambda: run(many, ["overview"])) / seconds(lambda: run(few, ["overview"])))
            four = seconds(lambda: run(few, ["overview", "theme-1", "theme-2", "theme-3"]))
            reports.append(four / seconds(lambda: papermill.execute_notebook(str(empty), None, progress_bar=False)))
    by_size, by_reports = statistics.median(sizes), statistics.median(reports)
    print(f"overview over 10 000 codings / over 10: {by_size:.2f} (limit 1.3), median of {RUNS}")
    print(f"overview and three themes / an empty notebook by papermill: {by_reports:.2f} (limit 2), median of {RUNS}")
    return int(by_size > 1.3 or by_reports > 2)


if __name__ == "__main__":
    sys.exit(main())
