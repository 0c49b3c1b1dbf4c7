import json
import struct
import uuid

import pytest
import websocket

from tests.browser.watched import violations, violations_at_every_size
from workbench.publishing.edition import Edition

pytestmark = pytest.mark.browser
PAGES = ["overview", "matrix", "themes", "codebook"]


@pytest.mark.parametrize("name", [*PAGES, "logbook", "co-research", "pathways"])
def test_pages_are_accessible_and_fit_the_screen(page_of, name):
    page = page_of(name)
    if name in {"matrix", "themes"}:
        page.wait_for_selector(".mf-statements table")
    assert violations_at_every_size(page) == []


def test_a_statement_shows_its_segments_by_mouse(page_of, edition):
    page = page_of("matrix")
    identity, text = Edition(edition).statements("matrix")[0]
    page.click(f".mf-statements a[href='#{identity}']")
    page.wait_for_selector(".mf-open")
    assert page.inner_text(".mf-panel h2") == text
    shown = page.locator(".mf-panel blockquote p").all_inner_texts()
    assert shown == [s["quote"] for s in Edition(edition).behind(identity)]
    assert violations(page) == []


def test_and_by_keyboard_alone(page_of):
    page = page_of("matrix")
    page.wait_for_selector(".mf-statements a")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.mf-tables') !== null"):
            break
    chosen = page.evaluate("document.activeElement.textContent")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "focus can be seen"
    page.keyboard.press("Enter")
    page.wait_for_selector(".mf-open")
    assert page.inner_text(".mf-panel h2") == chosen
    assert page.evaluate("document.activeElement.className").startswith("mf-panel")
    page.keyboard.press("Escape")
    page.wait_for_selector(".mf-panel:not(.mf-open)")
    assert page.evaluate("document.activeElement.textContent") == chosen, "focus goes back to where it was"


def test_the_accessibility_tree_reads_as_the_page_does(page_of):
    page = page_of("matrix")
    page.wait_for_selector(".mf-statements table")
    tree = page.locator("[role=main]").aria_snapshot()
    assert "- table" in tree
    assert "- columnheader" in tree
    assert "- rowheader" in tree
    assert "- navigation" in tree


def test_at_two_hundred_per_cent_everything_is_still_there(page_of):
    page = page_of("themes", 640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.wait_for_selector(".mf-statements table")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_static_page_opens_from_disk(page, edition):
    page.goto(f"file://{edition}/index.html")
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    link = page.locator("#matrix a[href^='#']").first
    target = link.get_attribute("href")
    link.click()
    assert page.locator(f"[id='{target[1:]}'] blockquote").count() > 0


@pytest.mark.parametrize("report", ["overview", "codebook", "logbook", "co-research", "pathways", "theme-1"])
def test_a_report_opens_from_disk(page, edition, report):
    page.goto(f"file://{edition}/reports/{report}.html")
    assert page.locator("h1").count() == 1
    assert violations(page) == []


def test_without_the_token_there_is_nothing(page, served):
    page.goto(f"{served.base}voila/render/matrix.ipynb")
    assert "login" in page.url
    assert page.locator("table").count() == 0


# --- attempts to do more than look ------------------------------------------------------------------------------------

V1 = "v1.kernel.websocket.jupyter.org"


def message(kind, content, channel="shell"):
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "x", "session": "x", "version": "5.3"}
    header["date"] = "2026-01-01T00:00:00Z"
    return {"header": header, "parent_header": {}, "metadata": {"version": "1.0.0"}, "content": content,
            "channel": channel, "buffers": []}  # fmt: skip


class Client:
    """Speaks to a dashboard's kernel as a page does, in either of the two protocols."""

    def __init__(self, served, page, protocol):
        page.goto(served.address)
        page.goto(f"{served.base}voila/render/matrix.ipynb")
        page.wait_for_selector(".mf-statements table")
        config = json.loads(page.locator("#jupyter-config-data").text_content())
        token = served.address.partition("token=")[2]
        self.protocol = protocol
        address = f"{served.base.replace('http', 'ws')}api/kernels/{config['kernelId']}/channels?session_id=x"
        self.socket = websocket.create_connection(
            address, header=[f"Authorization: token {token}"], timeout=10, subprotocols=[V1] if protocol else None
        )

    def send(self, kind, content, channel="shell"):
        made = message(kind, content, channel)
        if not self.protocol:
            self.socket.send(json.dumps(made))
            return made["header"]["msg_id"]
        names = ("header", "parent_header", "metadata", "content")
        parts = [channel.encode(), *(json.dumps(made[name]).encode() for name in names)]
        offsets = [8 * (len(parts) + 2)]
        for part in parts:
            offsets.append(offsets[-1] + len(part))
        head = struct.pack("<Q", len(offsets)) + b"".join(struct.pack("<Q", o) for o in offsets)
        self.socket.send_binary(head + b"".join(parts))
        return made["header"]["msg_id"]

    def receive(self):
        raw = self.socket.recv()
        if isinstance(raw, str):
            return json.loads(raw)
        (count,) = struct.unpack("<Q", raw[:8])
        o = struct.unpack(f"<{count}Q", raw[8 : 8 + 8 * count])
        return {
            name: json.loads(raw[o[i] : o[i + 1]]) for i, name in ((1, "header"), (2, "parent_header"), (4, "content"))
        }

    def until(self, wanted):
        while True:
            got = self.receive()
            if wanted(got):
                return got

    def reply_to(self, identity):
        return self.until(
            lambda m: m["parent_header"].get("msg_id") == identity and m["header"]["msg_type"].endswith("_reply")
        )

    def states(self):
        comm = uuid.uuid4().hex
        self.send("comm_open", {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}})
        self.send("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        got = self.until(lambda m: m["header"]["msg_type"] == "comm_msg" and m["content"]["comm_id"] == comm)
        return got["content"]["data"]["states"]


@pytest.fixture(params=[False, True], ids=["legacy", "v1"])
def client(request, served, page):
    made = Client(served, page, request.param)
    yield made
    made.socket.close()


REQUESTS = [
    ("execute_request", {"code": "1 + 1", "silent": False}, "shell"),
    ("execute_request", {"code": "1 + 1", "silent": True}, "control"),
    ("inspect_request", {"code": "edition", "cursor_pos": 3}, "shell"),
    ("complete_request", {"code": "edi", "cursor_pos": 3}, "shell"),
    ("history_request", {"hist_access_type": "tail", "n": 10, "output": True, "raw": True}, "shell"),
    ("debug_request", {"type": "request", "command": "evaluate", "seq": 1}, "control"),
    ("interrupt_request", {}, "control"),
    ("shutdown_request", {"restart": False}, "control"),
    ("create_subshell_request", {}, "control"),
]


def test_every_request_to_do_something_is_refused(client):
    for kind, content, channel in REQUESTS:
        reply = client.reply_to(client.send(kind, content, channel))
        assert (kind, reply["content"]["status"], reply["content"]["ename"]) == (kind, "error", "ReadOnly")


def test_comms_are_refused_and_state_stays(client):
    before = client.states()
    (identity, state) = next((k, v) for k, v in before.items() if "html" in v["state"])
    html = state["state"]["html"]
    client.send("comm_msg", {"comm_id": identity, "data": {"method": "update", "state": {"html": "x"}}})
    client.send("comm_msg", {"comm_id": identity, "data": {"method": "custom", "content": {"kind": "other"}}})
    client.send(
        "comm_msg",
        {"comm_id": identity, "data": {"method": "custom", "content": {"kind": "segments", "statement": "", "x": 1}}},
    )
    client.send("comm_close", {"comm_id": identity, "data": {}})
    client.send("comm_open", {"comm_id": uuid.uuid4().hex, "target_name": "jupyter.widget", "data": {"state": {}}})
    client.send("comm_open", {"comm_id": uuid.uuid4().hex, "target_name": "other", "data": {}})
    client.send("kernel_info_request", {})
    after = client.states()
    assert set(after) == set(before)
    assert after[identity]["state"]["html"] == html


def test_the_dashboards_kernel_knows_nothing_of_the_study(served):
    with open(f"/proc/{served.process.pid}/environ", "rb") as file:
        environment = file.read().decode()
    assert "WORKBENCH_STUDY" not in environment
    assert "WORKBENCH_VAULT" not in environment
    assert "WORKBENCH_PASSPHRASE" not in environment
    assert "exports" not in environment.partition("WORKBENCH_EDITION=")[2].partition("\0")[0]


@pytest.mark.parametrize(
    "path",
    ["api/contents", "api/kernels", "api/terminals", "api/sessions", "voila/files/overview.ipynb", "files/matrix.ipynb",
     "voila/files/../edition/manifest.json"],
)  # fmt: skip
def test_nothing_else_is_served(page, served, path):
    page.goto(served.address)
    response = page.request.get(served.base + path)
    assert response.status in {403, 404, 405}, response.text()[:200]


def test_sources_are_stripped_and_templates_can_not_be_chosen(page, served):
    page.goto(served.address)
    for query in ("", "?template=lab", "?theme=dark"):
        body = page.request.get(f"{served.base}voila/render/overview.ipynb{query}").text()
        assert "from workbench" not in body
        assert "Edition.served" not in body
        assert "jsdelivr" not in body


def test_a_page_that_is_not_there_is_our_own_too(page, served):
    page.goto(served.address)
    answer = page.request.get(f"{served.base}voila/render/nothing.ipynb")
    assert answer.status == 404
    assert 'lang="nb"' in answer.text()
    assert "https://" not in answer.text()
    page.goto(served.base)
    page.wait_for_url("**/overview.ipynb")


def kernel_on(page):
    return json.loads(page.locator("#jupyter-config-data").text_content())["kernelId"]


def test_a_page_that_is_left_takes_its_kernel_along(page, served):
    page.goto(served.address)
    page.goto(f"{served.base}voila/render/matrix.ipynb")
    page.wait_for_selector(".mf-statements table")
    kernel = kernel_on(page)
    address = f"{served.base}api/kernels/{kernel}"
    assert page.request.get(address).status == 200
    page.goto(f"{served.base}voila/static/nothing")
    for _ in range(50):
        if page.request.get(address).status == 404:
            break
        page.wait_for_timeout(100)
    assert page.request.get(address).status == 404


def test_nobody_ends_a_kernel_without_being_let_in(page, served, playwright):
    page.goto(served.address)
    page.goto(f"{served.base}voila/render/matrix.ipynb")
    page.wait_for_selector(".mf-statements table")
    kernel = kernel_on(page)
    stranger = playwright.request.new_context()
    assert stranger.post(f"{served.base}voila/api/shutdown/{kernel}").status in {401, 403}
    assert page.request.get(f"{served.base}api/kernels/{kernel}").status == 200
