"""The matrix over a million codings, against the SQL that returns the same columns from the same file."""

import gc
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import insert, text

from workbench.coding.records import coding_speakers, codings, statement_codings, statements
from workbench.material.records import informant_scopes, informants, sources, speakers, texts
from workbench.store import new_id, now
from workbench.study import Study

PLAIN = """
SELECT c.determinant, c.effect, COUNT(DISTINCT c.id), COUNT(DISTINCT c.source_id), COUNT(DISTINCT s.informant_id)
FROM codings c
JOIN sources o ON o.id = c.source_id
LEFT JOIN coding_speakers cs ON cs.coding_id = c.id
LEFT JOIN speakers s ON s.id = cs.speaker_id
GROUP BY c.determinant, c.effect
"""
STATEMENTS = """
SELECT sc.statement_id, COUNT(DISTINCT c.id), COUNT(DISTINCT c.source_id), COUNT(DISTINCT s.informant_id)
FROM statement_codings sc
JOIN codings c ON c.id = sc.coding_id
LEFT JOIN coding_speakers cs ON cs.coding_id = c.id
LEFT JOIN speakers s ON s.id = cs.speaker_id
GROUP BY sc.statement_id
"""


def fill(study: Study, codings_wanted: int, sources_wanted: int) -> None:
    """Write rows straight into the store: the benchmark is of counting them."""
    framework = study.framework
    when = now()
    cells = [(d.id, e.id) for d in framework.determinants for e in framework.effects]
    with study.store.act("filled for a benchmark") as act:
        run = act.connection.execute
        people = [new_id() for _ in range(sources_wanted)]
        origins, versions, voices = ([new_id() for _ in people] for _ in range(3))
        given = {"group": "x", "declined": False, "created": when, "recruitment": None, "consent": "anonymous"}
        run(insert(informants), [{"id": i, "code": f"B{n}", **given} for n, i in enumerate(people)])
        run(
            insert(informant_scopes), [{"informant_id": i, "scope": s} for i in people for s in ("interview", "quotes")]
        )
        alike = {"kind": "interview", "created": when, "reference_id": None}
        run(insert(sources), [{"id": i, "name": f"S{n}", "content_hash": f"{n:064}", **alike}
                              for n, i in enumerate(origins)])  # fmt: skip
        version = {"number": 1, "text": "x", "words": 1, "repairs": "{}", "created": when}
        run(insert(texts), [{"id": v, "source_id": o, **version}
                            for v, o in zip(versions, origins, strict=True)])  # fmt: skip
        run(insert(speakers), [{"id": v, "source_id": o, "label": "B", "interviewer": False, "informant_id": p}
                               for v, o, p in zip(voices, origins, people, strict=True)])  # fmt: skip
        written = [new_id() for _ in range(90)]
        run(insert(statements), [{"id": s, "text": f"s{n}", "theme": "resources", "determinant": cells[n % 9][0]}
                                 | {"effect": cells[n % 9][1], "position": n, "created": when}
                                 for n, s in enumerate(written)])  # fmt: skip
        for start in range(0, codings_wanted, 50_000):
            numbers = range(start, min(start + 50_000, codings_wanted))
            ids = [new_id() for _ in numbers]
            run(insert(codings), [
                {"id": i, "source_id": origins[n * 7 % sources_wanted], "text_id": versions[n * 7 % sources_wanted],
                 "start": 0, "end": 1, "quote": "x", "before": "", "after": "", "theme": framework.themes[n % 7].id,
                 "code_id": None, "determinant": cells[n % 9][0], "effect": cells[n % 9][1], "coder": "r",
                 "created": when}
                for n, i in zip(numbers, ids, strict=True)
            ])  # fmt: skip
            run(insert(coding_speakers), [{"coding_id": i, "speaker_id": voices[n * 7 % sources_wanted]}
                                          for n, i in zip(numbers, ids, strict=True)])  # fmt: skip
            pairs = [{"statement_id": written[n % 90], "coding_id": i}
                     for n, i in zip(numbers, ids, strict=True) if n % 100 < 9]  # fmt: skip
            run(insert(statement_codings), pairs)


def timed(work) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def plain(study: Study) -> None:
    with study.store.read() as connection:
        connection.execute(text(PLAIN)).all()
        connection.execute(text(STATEMENTS)).all()


def make(folder: Path, codings_wanted: int, sources_wanted: int) -> Study:
    study = Study.create(folder / "study", vault=folder / "vault", passphrase=None)
    fill(study, codings_wanted, sources_wanted)
    return study


def main() -> int:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        small = make(Path(one), 10_000, 100)
        large = make(Path(other), 1_000_000, 10_000)
        large.table("matrix")
        plain(large)
        pairs = [(timed(lambda: large.table("matrix").frame), timed(lambda: plain(large))) for _ in range(3)]
        few = statistics.median(timed(lambda: small.table("matrix").frame) for _ in range(10))
        many = statistics.median(a for a, _b in pairs)
        against_sql = statistics.median(a / b for a, b in pairs)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"matrix over 1 000 000 codings / plain SQL: {against_sql:.2f} (limit 2), {many:.1f} s, median of 3 pairs")
    print(f"matrix over 1 000 000 / over 10 000: {many / few:.0f} (limit 110), {few * 1000:.0f} ms for 10 000")
    print(f"peak memory: {peak:.2f} GB (limit 1)")
    return int(against_sql > 2 or many / few > 110 or peak > 1)


if __name__ == "__main__":
    sys.exit(main())
