"""The review pages: how soon the first passage stands there, and how twenty people at once fare against one alone."""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from workbench.store import new_id
from workbench.study import Study

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
COMMAND = str(Path(sys.executable).parent / "workbench")
OPENINGS, PEOPLE, TURNS, PAUSE = 7, 20, 10, 2.0


def made(folder: Path) -> tuple[Study, str]:
    """Return a study of one long interview, and a round over forty of its passages."""
    study = Study.create(folder / "study", title="Måling", vault=folder / "vault", passphrase=None)
    study.add_informant("B1", "bruker", given="anonymous", scopes=["interview", "quotes", "co_researchers"])
    said = "Vi ventet lenge på svar, og ingen visste hvem som skulle ringe. " * 8
    (folder / "lang.txt").write_text("".join(f"I: Hva da?\nB1: {n} {said}\n" for n in range(400)), "utf-8")
    study.import_files([folder / "lang.txt"], "interview", informants=["B1"], name="Lang")
    text, at, codings = study.text("Lang"), 0, []
    for _n in range(40):
        at = text.index("Vi ventet", at + 500)
        claim = {"theme": "1", "effect": "hemmer", "determinant": "systemisk"}
        codings.append(study.code_passage("Lang", at, at + 40, **claim).id)
    return study, study.open_round("Runde", codings)


def bound(base: str, link: str) -> str:
    """Press the button, and return the cookie."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_given: object) -> None:
            return None

    try:
        urllib.request.build_opener(Stay).open(urllib.request.Request(f"{base}i/{link}", b""))
    except urllib.error.HTTPError as answer:
        return answer.headers["Set-Cookie"].split(";")[0]
    raise AssertionError


def place_of(base: str, cookie: str) -> str:
    """The address of the round's page for whom the cookie is."""
    return f"{base}r/{cookie.partition('=')[0].removeprefix('medforsk-review-')}/"


def ask(base: str, cookie: str, what: str, **values: object) -> object:
    body = json.dumps({"id": new_id(), "ask": what, "with": values}).encode()
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    request = urllib.request.Request(f"{place_of(base, cookie)}ask", body, headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        told = json.loads(answer.read())
    assert "value" in told, told
    return told["value"]


def answering(base: str, cookie: str, times: list[float]) -> None:
    """Answer a passage every two seconds, as somebody who reads fast does."""
    items = ask(base, cookie, "items")
    for turn in range(TURNS):
        began = time.perf_counter()
        ask(base, cookie, "answer", edit=new_id(), item=items[turn]["id"], stance="wonder", words="Hva skjedde da?")
        took = time.perf_counter() - began
        times.append(took)
        time.sleep(max(0, PAUSE - took))


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def opened(playwright: object, base: str, cookie: str, static: str) -> float:
    """Return the time until the first passage stands on the page, against a static page of that size and content."""
    from tests.browser.chromium import launch_options

    browser = playwright.chromium.launch(**launch_options())
    name, value = cookie.split("=", 1)
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": value, "url": base}])
    ours, theirs = [], []
    for _n in range(OPENINGS):
        ways = ((place_of(base, cookie), ".mf-passage-lines mark", ours), (static, "mark", theirs))
        for address, shown, times in ways:
            page = context.new_page()
            began = time.perf_counter()
            page.goto(address)
            page.wait_for_selector(shown)
            times.append(time.perf_counter() - began)
            page.close()
    browser.close()
    return statistics.median(ours) / statistics.median(theirs)


def static_page(folder: Path, base: str) -> tuple[ThreadingHTTPServer, str]:
    """Serve a page of the same script, style and words, with the first passage in it already."""
    (folder / "static").mkdir()
    for name in ("review.js", "review.css"):
        with urllib.request.urlopen(f"{base}{name}") as answer:
            (folder / "static" / name).write_bytes(answer.read())
    words = "<p>Vi ventet lenge på svar.</p>" * 40
    head = (
        '<meta charset="utf-8"><link rel="stylesheet" href="review.css"><script type="module" src="review.js"></script>'
    )
    (folder / "static" / "index.html").write_text(f"<!doctype html>{head}<p><mark>Vi ventet</mark></p>{words}", "utf-8")
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_given: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(folder / "static")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


def main() -> int:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        study, made_round = made(folder)
        serving = subprocess.Popen(
            [COMMAND, "review", "serve", "--port", "0", "--study", str(study.folder)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            base = serving.stdout.readline().strip()
            cookies = [bound(base, study.invite(made_round, f"M{n}")) for n in range(PEOPLE + 1)]
            server, static = static_page(folder, base)
            with sync_playwright() as playwright:
                opening = opened(playwright, base, cookies[0], static)
            server.shutdown()
            alone: list[float] = []
            answering(base, cookies[0], alone)
            together: list[float] = []
            people = [threading.Thread(target=answering, args=(base, one, together)) for one in cookies[1:]]
            for n, person in enumerate(people):
                person.start()
                time.sleep(PAUSE / len(people) if n + 1 < len(people) else 0)
            for person in people:
                person.join()
        finally:
            serving.terminate()
            serving.wait(10)
    many = p95(together) / p95(alone)
    print(f"to the first passage, review page / static page: {opening:.2f} (limit 2)")
    print(f"answering p95, {PEOPLE} people / one alone: {many:.2f} (limit 3)")
    return int(opening > 2 or many > 3)


if __name__ == "__main__":
    sys.exit(main())
