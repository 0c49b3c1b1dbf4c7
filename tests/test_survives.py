"""What was acknowledged is there, whatever is killed when."""

import os
import random
import signal
import subprocess
import sys
import textwrap

from workbench.study import Study

WORKER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from workbench.study import Study

    folder, first = Path(sys.argv[1]), int(sys.argv[2])
    study = Study(folder / "study")
    for number in range(first, first + 100000):
        file = folder / f"n{number}.txt"
        file.write_text(f"Notat nummer {number}. Her står det om samarbeid.\\n")
        study.import_files([file], "observation", name=f"Notat {number}")
        print(f"source {number}", flush=True)
        rows = folder / f"c{number}.csv"
        rows.write_text(f"quote,theme,effect,determinant,source\\nom samarbeid,1,fremmer,relasjonell,Notat {number}\\n")
        study.import_codings(rows)
        print(f"coding {number}", flush=True)
    """
)


def test_nothing_acknowledged_is_lost_by_kill_9_during_two_hundred_acts(tmp_path):
    Study.create(tmp_path / "study", vault=tmp_path / "vault", passphrase=None).store.close()
    acknowledged, chance = [], random.Random(20261122)
    while len(acknowledged) < 200:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(tmp_path), str(10_000 * (1 + len(acknowledged)))],
            stdout=subprocess.PIPE,
            text=True,
        )
        wanted = chance.randint(10, 50)
        while len(acknowledged) < 200 and wanted:
            acknowledged.append(process.stdout.readline().strip())
            wanted -= 1
        # Some part of the next act's work later, wherever that finds it.
        for _ in range(chance.randint(0, 200_000)):
            pass
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read().splitlines()
        process.wait()
        acknowledged += [line for line in rest if line]
    study = Study(tmp_path / "study")
    names = {source.name for source in study.sources()}
    coded = {study.source(c.source_id).name for c in study.codings()}
    assert study.verify().ok
    for line in acknowledged:
        kind, number = line.split()
        assert f"Notat {number}" in (names if kind == "source" else coded), line
