"""The coder against Taguette (from PyPI), on one text of 100 000 words with 2 000 codings, in one run.

    python -m venv /tmp/taguette && /tmp/taguette/bin/pip install taguette==1.5.2
    python benchmarks/coder.py --taguette /tmp/taguette/bin/python [--quick]

Prints ratios; with the limit beside each. Without --taguette only what is ours alone is measured. `--quick` draws
500 highlights in Taguette, not 2 000: it takes a quarter of a minute over them, not two.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from workbench.coding import records
from workbench.coding.anchoring import anchored
from workbench.serving.pages import page as serving
from workbench.store import new_id
from workbench.study import Study

LEXICON = re.findall(
    r"\w+",
    "vi har møter mellom kommunen og døgnposten om planen når hun skrives ut og fastlegen ringer det er ofte uklart"
    " hvem som eier oppgaven fordi gruppene møtes sjelden tillit åpenhet ventetid økonomi henvisning pårørende bolig",
)
STUB = (
    "import sys; from taguette import web; web.Application.check_messages = lambda s: s.messages_event.set(); "
    "from taguette.main import main; sys.argv[0] = 'taguette'; main()"
)


def turns(words: int, dice: random.Random) -> list[str]:
    """Return turns of a focus group of so many words."""
    made, left = [], words
    while left > 0:
        size = min(left, dice.randint(25, 90))
        left -= size
        said = " ".join(dice.choice(LEXICON) for _ in range(size)).capitalize()
        made.append(f"A{dice.randint(1, 8)}: {said}{' 👍🏽' if len(made) % 40 == 3 else ''}.")
    return made


def study_with(folder: Path, said: list[str], codings: int) -> Study:
    """Make a study of one source with so many codings, put straight into the store."""
    study = Study.create(folder / "study", title="Bench", vault=folder / "vault", passphrase=None)
    (folder / "fg.txt").write_text("\n".join(said) + "\n", "utf-8")
    study.import_files([folder / "fg.txt"], "focus_group", name="FG")
    codes = [study.add_code(theme=str(1 + n % 7), name=f"kode {n}") for n in range(30)]
    themes = {code.id: code.theme for code in study.codebook()}
    source, text = study.source("FG"), study.text("FG")
    dice = random.Random(3)
    with study.store.act("filled") as act:
        for _ in range(codings):
            start, code = dice.randrange(0, len(text) - 600), dice.choice(codes)
            values = {
                "source_id": source.id, "text_id": source.text_id, "theme": themes[code], "code_id": code,
                "effect": "promotes", "determinant": "systemic", "coder": "researcher",
                **anchored(text, start, start + dice.randint(60, 500)),
            }  # fmt: skip
            records.add_coding(act.connection, new_id(), values, [])
    return study


def open_coder(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".mf-coder[data-ready]", timeout=60_000)


def paint(page: Page) -> float:
    """Return ms from choosing the source until it is painted."""
    page.evaluate("document.querySelector('.mf-coder').removeAttribute('data-source')")
    page.click(".mf-source")
    page.wait_for_selector(".mf-coder[data-source]", timeout=60_000)
    return float(page.get_attribute(".mf-coder", "data-painted") or 0)


def add(page: Page) -> tuple[float, float]:
    """Return ms from key to answer, and from key to painted, for one coding more."""
    page.evaluate("document.querySelector('.mf-coder').removeAttribute('data-coded')")
    page.evaluate(
        """() => { window.nextRow = (window.nextRow || 4) + 1;
        const p = document.querySelectorAll('.mf-words')[window.nextRow];
        p.scrollIntoView({block: 'center'});
        const t = document.createTreeWalker(p, NodeFilter.SHOW_TEXT).nextNode();
        getSelection().setBaseAndExtent(t, 0, t, Math.min(12, t.length));
        document.querySelector('.mf-pane').focus(); }"""
    )
    page.wait_for_timeout(120)
    page.keyboard.press("1")
    page.wait_for_selector(".mf-coder[data-coded]", timeout=60_000)
    told = json.loads(page.get_attribute(".mf-coder", "data-coded") or "{}")
    return float(told["answered"]), float(told["painted"])


def scroll(page: Page) -> float:
    """Return the 95th percentile of ms from a jump in the text until the next frame is drawn."""
    took = page.evaluate(
        """async () => { const pane = document.querySelector('.mf-pane'); const took = [];
        for (let n = 0; n < 40; n += 1) {
          const began = performance.now();
          pane.scrollTop = (pane.scrollHeight * ((n * 37) % 100)) / 100;
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          took.push(performance.now() - began);
        }
        return took.sort((a, b) => a - b); }"""
    )
    return float(took[int(0.95 * len(took))])


class Ours:
    """Our page, opened on a study with so many codings, served until it is closed."""

    def __init__(self, browser, said: list[str], codings: int) -> None:
        self._open = ExitStack()
        self.study = study_with(Path(self._open.enter_context(tempfile.TemporaryDirectory())), said, codings)
        self.site = self._open.enter_context(serving(self.study.folder, "coding"))
        self.page = browser.new_page(viewport={"width": 1400, "height": 1000})
        self._open.callback(self.page.close)
        open_coder(self.page, self.site.address)
        paint(self.page)

    def csv(self) -> float:
        began = time.perf_counter()
        self.study.codings_csv()
        return (time.perf_counter() - began) * 1000

    def close(self) -> None:
        self._open.close()


class Taguette:
    """Taguette in a process of its own, driven over its HTTP interface on this machine."""

    def __init__(self, python: str) -> None:
        self.folder = Path(tempfile.mkdtemp())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.database = self.folder / "t.sqlite3"
        command = [
            python,
            "-c",
            STUB,
            "--no-browser",
            "-b",
            "127.0.0.1",
            "-p",
            str(self.port),
            "--database",
            str(self.database),
        ]
        environment = {**os.environ, "HOME": str(self.folder)}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        assert self.process.stdout
        self.token = next(m.group(1) for line in self.process.stdout if (m := re.search(r"\?token=(\S+)", line)))
        self.base = f"http://127.0.0.1:{self.port}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), urllib.request.ProxyHandler({})
        )
        self.ask(f"/?token={self.token}")
        self.ask("/project/new")
        form = {"name": "bench", "description": "", "_xsrf": self.xsrf}
        self.ask("/project/new", urllib.parse.urlencode(form).encode())
        self.project = sqlite3.connect(self.database).execute("SELECT max(id) FROM projects").fetchone()[0]

    @property
    def xsrf(self) -> str:
        return next((cookie.value or "" for cookie in self.jar if cookie.name == "_xsrf"), "")

    def ask(self, path: str, data: bytes | None = None, kind: str | None = None) -> tuple[float, bytes]:
        request = urllib.request.Request(self.base + path, data=data)
        if kind:
            request.add_header("Content-Type", kind)
        if self.xsrf:
            request.add_header("X-XSRFToken", self.xsrf)
        began = time.perf_counter()
        with self.opener.open(request, timeout=900) as answer:
            body = answer.read()
        return (time.perf_counter() - began) * 1000, body

    def api(self, path: str, value: object) -> tuple[float, dict]:
        took, body = self.ask(f"/api/project/{self.project}/{path}", json.dumps(value).encode(), "application/json")
        return took, json.loads(body)

    def document(self, said: list[str]) -> int:
        mark = uuid.uuid4().hex
        page = (
            "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>"
            + "".join(f"<p>{s}</p>\n" for s in said)
            + "</body></html>"
        )
        fields = "".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in {"name": "fg", "description": "", "text_direction": "LEFT_TO_RIGHT"}.items()
        )
        file = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="fg.html"\r\n'
        file += "Content-Type: text/html\r\n\r\n"
        body = fields.encode() + file.encode() + page.encode() + f"\r\n--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        return json.loads(self.ask(f"/api/project/{self.project}/document/new", body, kind)[1])["created"]

    def fill(self, document: int, tag: int, many: int, length: int) -> None:
        dice = random.Random(3)
        with sqlite3.connect(self.database, timeout=60) as connection:
            for _ in range(many):
                start = dice.randrange(0, length - 600)
                row = (document, start, start + dice.randint(60, 500), "<p>x</p>")
                cursor = connection.execute(
                    "INSERT INTO highlights(document_id,start_offset,end_offset,snippet) VALUES(?,?,?,?)", row
                )
                connection.execute(
                    "INSERT INTO highlight_tags(highlight_id,tag_id) VALUES(?,?)", (cursor.lastrowid, tag)
                )

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


class Theirs:
    """Taguette with the same text: one document with all codings, and one to draw with so many of them."""

    def __init__(self, python: str, said: list[str], codings: int, drawn: int) -> None:
        self.taguette, self.drawn, self._added = Taguette(python), drawn, 0
        self.document, self.few = self.taguette.document(said), self.taguette.document(said)
        self.tag = self.taguette.api("tag/new", {"path": "kode", "description": ""})[1]["id"]
        length = len("\n".join(said).encode()) - 10_000
        self.taguette.fill(self.document, self.tag, codings, length)
        self.taguette.fill(self.few, self.tag, drawn, length)

    def add(self) -> float:
        self._added += 1
        place = {"start_offset": 100 * self._added, "end_offset": 100 * self._added + 60, "tags": [self.tag]}
        return self.taguette.api(f"document/{self.document}/highlight/new", place)[0]

    def csv(self) -> float:
        return self.taguette.ask(f"/project/{self.taguette.project}/export/highlights/.csv")[0]

    def paint(self, browser) -> float:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"{self.taguette.base}/?token={self.taguette.token}")
        began = time.perf_counter()
        page.goto(f"{self.taguette.base}/project/{self.taguette.project}/document/{self.few}")
        marks = "[...document.querySelectorAll('#document-contents .highlight')]"
        seen = f"new Set({marks}.map((e) => e.dataset.highlightId)).size"
        while page.evaluate(seen) < self.drawn * 0.98 and time.perf_counter() - began < 600:
            page.wait_for_timeout(500)
        took = (time.perf_counter() - began) * 1000
        page.close()
        return took

    def close(self) -> None:
        self.taguette.close()


def tell(what: str, ratio: float, limit: str) -> None:
    print(f"{what}: {ratio:.2f} ({limit})", flush=True)


def medians(pairs: Iterable[Sequence[float]]) -> list[float]:
    """Return the median of each column. What is compared is measured in turn, for a machine is now fast, now slow."""
    return [statistics.median(column) for column in zip(*pairs, strict=True)]


def crowded(one: Ours, other: Page) -> tuple[float, float]:
    """Return ms from key to painted, alone and while another person's page opens the same source."""
    alone = add(one.page)[1]
    other.evaluate("document.querySelector('.mf-source').click()")
    return alone, add(one.page)[1]


def against_themselves(browser, said: list[str]) -> None:
    none, few, usual, many = (Ours(browser, said, n) for n in (0, 200, 2_000, 20_000))
    jumps = medians((scroll(usual.page), scroll(none.page)) for _ in range(3))
    tell("scroll-jump p95, 2 000 codings / none", jumps[0] / jumps[1], "limit 2")
    opened = medians((paint(many.page), paint(few.page)) for _ in range(7))
    tell("opening, 20 000 / 200 codings", opened[0] / opened[1], "limit 1.5")
    added = medians((add(many.page)[1], add(few.page)[1]) for _ in range(15))
    tell("adding, 20 000 / 200 codings", added[0] / added[1], "limit 1.5")
    other = browser.new_page(viewport={"width": 1400, "height": 1000})
    open_coder(other, many.site.address)
    waits = medians(crowded(many, other) for _ in range(7))
    tell("adding while another's page opens 20 000 codings / alone", waits[1] / waits[0], "limit 2")
    other.close()
    for one in (none, few, usual, many):
        one.close()


def against_taguette(browser, said: list[str], python: str, drawn: int) -> None:
    ours, theirs = Ours(browser, said, 2_000), Theirs(python, said, 2_000, drawn)
    try:
        added = medians((theirs.add(), *add(ours.page)) for _ in range(15))
        tell("Taguette's request / ours from key to painted, adding one", added[0] / added[2], "at least 3")
        tell("Taguette's request / ours from key to answered, adding one", added[0] / added[1], "at least 6")
        csv = medians((theirs.csv(), ours.csv()) for _ in range(3))
        tell("Taguette / ours, CSV of all", csv[0] / csv[1], "at least 5")
        painted = medians([paint(ours.page)] for _ in range(7))[0]
        told = f"Taguette ({drawn} drawn) / ours (2 000), until painted"
        tell(told, theirs.paint(browser) / painted, "at least 100" if drawn == 2_000 else "fewer drawn: no limit")
    finally:
        theirs.close()
        ours.close()


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--taguette")
    asked.add_argument("--quick", action="store_true")
    options = asked.parse_args()
    said = turns(100_000, random.Random(7))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        against_themselves(browser, said)
        if options.taguette:
            against_taguette(browser, said, options.taguette, 500 if options.quick else 2_000)
        browser.close()


if __name__ == "__main__":
    main()
