"""The network map: dragging somebody against cytoscape.js (from npm) on the same graph, and measures against networkx.

    npm install --no-save --prefix /tmp/cytoscape cytoscape@3.35.0
    python benchmarks/map.py --cytoscape /tmp/cytoscape

Prints ratios with the limit beside each, and fails where one is over it. Without --cytoscape only the measures are
compared. Latency is from the pointer's event to the end of the frame that shows it. With 300 both pages are slowed down
alike, to the pace of a tablet: on a fast machine either draws so few within one frame, and only frames are compared.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import networkx as nx
from playwright.sync_api import Browser, Page, sync_playwright

from workbench.pathways import PERSON_SECTORS
from workbench.pathways.graphs import graph_of
from workbench.serving.pages import page as serving
from workbench.study import Study

MOVES = 60
SLOWED = {300: 4, 3_000: 1}  # how many times, by how many stand on the map
CALM = 2_000  # ms until what a move led to, labels laid anew for example, is over
PROBE = """() => { window.took ??= watch(); function watch() { window.addEventListener("pointermove", (event) => {
  const began = event.timeStamp;
  requestAnimationFrame(() => { const after = new MessageChannel();
    after.port1.onmessage = () => window.took.push(performance.now() - began); after.port2.postMessage(0); });
}, true); return []; } }"""
OURS = """() => { const box = document.querySelector('.mf-map-rest').getBoundingClientRect();
  return { width: box.width, height: box.height, nodes: [...document.querySelectorAll('.mf-actor')].map((group) => {
    const at = group.querySelector('.mf-hit').getBoundingClientRect();
    return { id: group.dataset.id, label: group.querySelector('text').textContent,
      x: at.left + at.width / 2 - box.left, y: at.top + at.height / 2 - box.top }; }) }; }"""
THEIRS = """({ width, height, nodes, ties }) => { const box = document.createElement('div');
  Object.assign(box.style, { width: `${width}px`, height: `${height}px`, position: 'absolute', left: 0, top: 0 });
  document.body.append(box);
  window.drawn = cytoscape({ container: box, layout: { name: 'preset' }, userZoomingEnabled: false,
    style: [{ selector: 'node', style: { width: 18, height: 18, label: 'data(label)', 'font-size': 13 } }],
    elements: [...nodes.map(({ id, label, x, y }) => ({ data: { id, label }, position: { x, y } })),
      ...ties.map(([source, target], n) => ({ data: { id: `t${n}`, source, target } }))] });
  window.drawn.zoom(1); window.drawn.pan({ x: 0, y: 0 }); }"""

OURS_AT = """(id) => { const at = document.querySelector(`[data-id="${id}"] .mf-hit`).getBoundingClientRect();
  return [at.left + at.width / 2, at.top + at.height / 2]; }"""
THEIRS_AT = "(id) => { const { x, y } = window.drawn.getElementById(id).renderedPosition(); return [x, y]; }"


def study_with(folder: Path, many: int) -> tuple[Study, str]:
    """Make a study with a map of so many people, two lines for each."""
    dice = random.Random(5)
    graph = nx.gnm_random_graph(many, many * 2, seed=5)
    nx.relabel_nodes(graph, {n: f"hjelper {n}" for n in graph}, copy=False)
    for node in graph:
        graph.add_node(node, distance=dice.random(), bearing=dice.random(), sector=dice.choice(PERSON_SECTORS))
    nx.write_graphml(graph, folder / "kart.graphml")
    study = Study.create(folder / "study", title="Bench", vault=folder / "vault", passphrase=None)
    return study, study.import_map(folder / "kart.graphml")[0]


def dragged(page: Page, x: float, y: float) -> float:
    """Return the median latency in ms while whoever stands there is dragged about."""
    page.evaluate(PROBE)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 6)  # past what counts as a slip
    page.evaluate("window.took.length = 0")
    for n in range(MOVES):
        page.mouse.move(x + 12 + 40 * (n % 7) / 7, y + 6 + 30 * (n % 5) / 5)
    page.wait_for_function(f"window.took.length >= {MOVES // 2}")
    took = page.evaluate("window.took")
    page.mouse.move(x, y)
    page.mouse.up()
    return statistics.median(took)


def drags(browser: Browser, cytoscape: Path, many: int) -> tuple[float, float]:
    """Return the medians of ours and cytoscape.js on the same graph, in windows of the same size."""
    with ExitStack() as stack:
        study, map_id = study_with(Path(stack.enter_context(tempfile.TemporaryDirectory())), many)
        site = stack.enter_context(serving(study.folder, "pathways"))
        ours, theirs = (browser.new_page(viewport={"width": 1400, "height": 1000}) for _ in range(2))
        ours.goto(site.address)
        ours.wait_for_selector(".mf-pathways[data-ready]", timeout=120_000)
        ours.wait_for_function(f"document.querySelectorAll('.mf-actor').length === {many}", timeout=120_000)
        ours.locator(".mf-map").scroll_into_view_if_needed()
        shown: dict[str, Any] = ours.evaluate(OURS)
        theirs.set_content("<!DOCTYPE html><body style='margin:0'></body>")
        theirs.add_script_tag(path=cytoscape / "node_modules" / "cytoscape" / "dist" / "cytoscape.min.js")
        theirs.evaluate(THEIRS, {**shown, "ties": [[tie.one, tie.other] for tie in study.drawn(map_id).ties]})
        for page in (ours, theirs):
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED[many]})
        chosen = shown["nodes"][-1]["id"]  # drawn last, so nobody lies above them
        rounds = []
        for _ in range(5):
            ours.bring_to_front()
            mine = dragged(ours, *ours.evaluate(OURS_AT, chosen))
            theirs.bring_to_front()
            rounds.append((mine, dragged(theirs, *theirs.evaluate(THEIRS_AT, chosen))))
            ours.wait_for_timeout(CALM)
        mine, other = (statistics.median(column) for column in zip(*rounds, strict=True))
        return mine, other


def bare(graph: nx.Graph) -> None:
    """What is measured, by networkx alone."""
    nx.density(graph)
    nx.number_connected_components(graph)
    list(nx.isolates(graph))
    dict(graph.degree())
    nx.betweenness_centrality(graph)
    set(nx.articulation_points(graph))
    nx.constraint(graph)
    nx.effective_size(graph.to_directed(as_view=True), list(graph))  # its default takes 40 times as long


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def measured() -> float:
    """Return how much longer the measures of a map of 2 000 take than networkx on its graph."""
    with tempfile.TemporaryDirectory() as folder:
        study, map_id = study_with(Path(folder), 2_000)
        drawn = study.drawn(map_id)
        graph = graph_of(drawn.there, drawn.places, drawn.ties, drawn.network.sectors, directed=False)
        pairs = [(timed(lambda: study.measures_of_map(map_id)), timed(lambda: bare(graph))) for _ in range(3)]
        mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
        return mine / other


def tell(what: str, ratio: float, limit: float) -> bool:
    print(f"{what}: {ratio:.2f} (limit {limit:g})", flush=True)
    return ratio <= limit


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--cytoscape", type=Path)
    options = asked.parse_args()
    kept = [tell("measures of a map of 2 000 / networkx alone", measured(), 1.2)]
    if options.cytoscape:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for many in SLOWED:
                mine, other = drags(browser, options.cytoscape, many)
                kept.append(tell(f"dragging one of {many}, ours / cytoscape.js", mine / other, 0.5))
            browser.close()
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
