"""The review pages' own small server: no kernel, no files, no terminal; what a device may ask is what its desk allows.

A personal link is bound, at the press of a button, to the device that opens it first; looking at it binds nothing, so
that a mail program that opens links ahead of their reader does no harm. A device can hold a place in several rounds,
each at an address of its own.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from babel import negotiate_locale
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from workbench.errors import Refused, WorkbenchError
from workbench.locale import _, using_language
from workbench.serving.voila import free_port, host_name, try_certificate
from workbench.study import Study
from workbench.study.coding_desk import CodingDesk
from workbench.study.desk import desk_of
from workbench.study.seat import bind
from workbench.study.served import serving_at
from workbench.widgets import independent, review
from workbench.widgets.desks import conversation_at

__all__ = ["serve_reviews"]

COOKIE = "medforsk-review-{place}"  # one for each place that the device holds
MOST = 200_000  # bytes of one ask: words, not files
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin"><title>{title}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/{page}.css"></head>
<body data-voila="1">{body}</body></html>"""


class _Handler(RequestHandler):
    """What all answers have in common: headers, the language of whoever asks, no word of what went wrong inside."""

    @property
    def study(self) -> Study:
        return self.application.settings["study"]  # type: ignore[no-any-return]

    @property
    def spoken(self) -> str:
        wanted = [part.split(";")[0].strip() for part in self.request.headers.get("Accept-Language", "").split(",")]
        wanted = ["nb" if one.split("-")[0] == "no" else one.replace("-", "_") for one in wanted if one]
        return (negotiate_locale(wanted, ["nb", "da", "en"]) or self.study.settings.language).split("_")[0]

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in {
            "Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin",
        }.items():  # fmt: skip
            self.set_header(name, value)

    def device(self, place: str) -> str:
        """What this device shows for a place in a round."""
        return f"{place}.{self.get_cookie(COOKIE.format(place=place)) or ''}"

    @property
    def places(self) -> list[str]:
        """The places that this device says it holds."""
        beginning = COOKIE.format(place="")
        return sorted(name.removeprefix(beginning) for name in self.cookies if name.startswith(beginning))

    def check_origin(self) -> None:
        """Raise where another page than ours asks."""
        origin = self.request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.request.host:
            raise HTTPError(HTTPStatus.FORBIDDEN)

    def show(self, title: str, body: str, status: HTTPStatus = HTTPStatus.OK, page: str = "review") -> None:
        self.set_status(status)
        self.finish(PAGE.format(language=self.spoken, title=escape(title), body=body, page=page))

    def tell(self, sentence: str, status: HTTPStatus) -> None:
        title = self.study.settings.title
        self.show(title, f'<main class="mf-working mf-review mf-review-main"><h1>{escape(title)}</h1>'
                         f"<p>{escape(sentence)}</p></main>", status)  # fmt: skip

    def write_error(self, status_code: int, **_given: Any) -> None:
        with using_language(self.spoken):
            self.tell(_("There is nothing here."), HTTPStatus(status_code))


class _Invited(_Handler):
    """A personal link: a button on a page; pressing it binds the link to this device."""

    def get(self, link: str) -> None:
        if place := self._held(link):
            self.redirect(f"/r/{place}/", status=HTTPStatus.SEE_OTHER)
            return
        with using_language(self.spoken):
            title = self.study.settings.title
            told = _("You are invited to read and to say what you think. The link works on the device where you begin.")
            begin = _("Begin on this device")
            self.show(title, f'<main class="mf-working mf-review mf-review-main"><h1>{escape(title)}</h1>'
                             f'<p>{escape(told)}</p><form method="post"><button class="mf-main" type="submit">'
                             f"{escape(begin)}</button></form></main>")  # fmt: skip

    def post(self, link: str) -> None:
        self.check_origin()
        with using_language(self.spoken):
            try:
                place, _dot, secret = bind(self.study, link).partition(".")
            except Refused as error:
                place, secret = self._held(link), ""
                if not place:
                    self.tell(str(error), HTTPStatus.FORBIDDEN)
                    return
        if secret:
            self.set_cookie(
                COOKIE.format(place=place), secret, httponly=True, samesite="Strict",
                secure=self.request.protocol == "https", expires_days=60,
            )  # fmt: skip
        self.redirect(f"/r/{place}/", status=HTTPStatus.SEE_OTHER)

    def _held(self, link: str) -> str:
        """The place that this device took by the link before; empty where it did not."""
        for place in self.places:
            try:
                if desk_of(self.study, self.device(place)).holds(link):
                    return place
            except Refused:
                continue
        return ""


class _Places(_Handler):
    """The rounds in which this device holds a place."""

    def get(self) -> None:
        found = []
        with using_language(self.spoken):
            refused = _("This device has no place in the round. Open your personal link.")
            for place in self.places:
                try:
                    found.append((f"/r/{place}/", desk_of(self.study, self.device(place)).round.title))
                except Refused as error:
                    refused = str(error)
            title = self.study.settings.title
            listed = "".join(f'<li><a href="{address}">{escape(called)}</a></li>' for address, called in found)
            if len(found) == 1:
                self.redirect(found[0][0], status=HTTPStatus.SEE_OTHER)
            elif found:
                self.show(title, f'<main class="mf-working mf-review mf-review-main"><h1>{escape(title)}</h1>'
                                 f"<ul>{listed}</ul></main>")  # fmt: skip
            else:
                self.tell(refused, HTTPStatus.FORBIDDEN)


class _Page(_Handler):
    """The page of whoever has a desk."""

    def get(self, place: str) -> None:
        with using_language(self.spoken):
            try:
                desk = desk_of(self.study, self.device(place))
            except Refused as error:
                self.tell(str(error), HTTPStatus.FORBIDDEN)
                return
            page = "independent" if isinstance(desk, CodingDesk) else "review"
            ahead = f'<link rel="modulepreload" href="/{page}.js">'
            body = f'{ahead}<div id="page"></div><script type="module" src="/start-{page}.js"></script>'
            self.show(desk.round.title, body, page=page)


class _Ask(_Handler):
    """What the page asks."""

    async def post(self, place: str) -> None:
        self.check_origin()
        if not self.request.headers.get("Content-Type", "").startswith("application/json"):
            raise HTTPError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        body, device, spoken = self.request.body, self.device(place), self.spoken
        # In a thread: nobody else waits while the store writes.
        answer = await asyncio.get_running_loop().run_in_executor(None, _answered, self.study, device, spoken, body)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(answer)


def _answered(study: Study, device: str, spoken: str, body: bytes) -> str:
    with using_language(spoken):
        identity = None
        try:
            message = json.loads(body)
            identity = message.get("id") if isinstance(message, dict) else None
            answer = conversation_at(desk_of(study, device)).answer(message)
        except WorkbenchError as error:
            answer = {"error": str(error), "kind": type(error).__name__}
        except ValueError:
            answer = {"error": _("The page asked for something that is not there. Load it again."), "kind": "Unknown"}
    return json.dumps({"id": identity, **answer}, ensure_ascii=False)


class _File(_Handler):
    """A file of the page's own, made when the server starts."""

    def initialize(self, content: str, kind: str) -> None:
        self.content, self.kind = content, kind

    def get(self) -> None:
        self.set_header("Content-Type", f"{self.kind}; charset=utf-8")
        self.finish(self.content)


def _application(study: Study) -> Application:
    files = [one for page in (review, independent) for one in _files(page)]
    return Application(
        [
            (r"/i/([\w-]{20,100})", _Invited), (r"/", _Places), (r"/r/([\w-]{36})/", _Page),
            (r"/r/([\w-]{36})/ask", _Ask), *files,
        ],
        study=study, default_handler_class=_Nothing, log_function=lambda _handler: None,  # an address may be a secret
    )  # fmt: skip


def _files(page: ModuleType) -> list[tuple[str, type[_File], dict[str, str]]]:
    """What a page is made of: its module, what starts it, its style sheet."""
    name = page.__name__.rpartition(".")[2]
    start = f'import {{ standalone }} from "/{name}.js";\nstandalone(document.getElementById("page"));\n'
    return [
        (rf"/{name}\.js", _File, {"content": page.script(), "kind": "text/javascript"}),
        (rf"/start-{name}\.js", _File, {"content": start, "kind": "text/javascript"}),
        (rf"/{name}\.css", _File, {"content": page.sheet(), "kind": "text/css"}),
    ]


class _Nothing(_Handler):
    """Everything else."""

    def prepare(self) -> None:
        raise HTTPError(HTTPStatus.NOT_FOUND)


@contextmanager
def serve_reviews(
    folder: Path, *, port: int = 0, certificate: Path | None = None, key: Path | None = None
) -> Iterator[str]:
    """Serve the review pages of a study for the length of the block; gives the address that links begin with.

    With a certificate it listens to other machines, else only to this one. Raises BadInput for a port or certificate
    that can't be used.
    """
    try_certificate(certificate, key)
    study, port = Study(folder), free_port(port)
    ready, stop = Event(), Event()
    thread = Thread(target=lambda: asyncio.run(_run(study, port, certificate, key, ready, stop)), daemon=True)
    thread.start()
    ready.wait(30)
    address = f"{'https' if certificate else 'http'}://{host_name(certificate)}:{port}/"
    try:
        with serving_at(study, address):
            yield address
    finally:
        stop.set()
        thread.join(10)
        study.store.close()


async def _run(
    study: Study, port: int, certificate: Path | None, key: Path | None, ready: Event, stop: Event
) -> None:  # fmt: skip
    tls = None
    if certificate and key:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
    server = HTTPServer(_application(study), ssl_options=tls, max_body_size=MOST, xheaders=False)
    server.add_sockets(bind_sockets(port, "" if tls else "127.0.0.1"))
    ready.set()
    while not stop.is_set():
        await asyncio.sleep(0.1)
    server.stop()
