"""A round as one file that opens itself: the review page with what it shows, sealed by a passphrase.

The file asks nobody for anything: its policy lets no request out, and runs no script but the page's own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from html import escape
from pathlib import Path

from workbench.locale import language, using_language
from workbench.study import Study
from workbench.study.coding_desk import CodingDesk
from workbench.widgets import independent
from workbench.widgets.review.conversation import Conversation
from workbench.widgets.review.texts import texts, texts_of_package
from workbench.widgets.working import look, module

__all__ = ["PARTS", "packed"]

_HERE = Path(__file__).parent
PARTS = ("marking", "reading", "review", "sealed", "packaged")
CODING_PARTS = (*independent.PARTS, "../review/sealed", "../independent/packaged")
POLICY = (
    "default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>{title}</title><link rel="icon" href="data:,"><style>{sheet}</style></head>
<body data-voila="1"><div id="review"></div>
<script type="application/json" id="sealed">{sealed}</script><script type="module">{script}</script></body></html>
"""


def packed(study: Study, round_id: str, reviewer: str, spoken: str | None = None) -> tuple[bytes, str]:
    """Return the file for somebody, as HTML in the language `spoken` (the study's), and its passphrase."""
    with using_language(spoken or study.settings.language):
        desk = study.new_desk(round_id, reviewer)
        key = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
        own = {"draftKey": key, "study": desk.invitation.id}
        if isinstance(desk, CodingDesk):
            parts, sheets = CODING_PARTS, independent.sheets()
            shown = {**independent.Conversation(desk).shown(), **own}
        else:
            parts, sheets = PARTS, (_HERE / "review.css",)
            shown = {**Conversation(desk).shown(), "texts": texts(), **own}
        sealed, passphrase = study.seal_package(desk, shown)
        said = texts_of_package()
        script = module(_HERE, *parts) + '\nunpack(document.getElementById("review"));\n'
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
        page = PAGE.format(
            language=language(), policy=POLICY.format(digest=digest), title=escape(str(said["together"])),
            sheet=look(*sheets), sealed=_in_script({**sealed, "texts": said}), script=script,
        )  # fmt: skip
    return page.encode(), passphrase


def _in_script(given: object) -> str:
    """JSON that can't end the element that it stands in."""
    return json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")
