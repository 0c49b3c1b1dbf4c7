"""What a browser does with a round's file, done here with the same means: open it, and seal answers to it."""

import base64
import hashlib
import json
import os
import re
from functools import cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def _sealed(page):
    return json.loads(re.search(rb'id="sealed">(.*?)</script>', page, re.DOTALL)[1])


def _key(given, passphrase):
    return _drawn(re.sub(r"[\W_]", "", passphrase.lower()), given["salt"], given["rounds"])


@cache
def _drawn(letters, salt, rounds):
    return hashlib.pbkdf2_hmac("sha256", letters.encode(), base64.b64decode(salt), rounds)


def _bound(what, given):
    return f"medforsk-{what}-1:{given['id']}".encode()


def opened(page, passphrase):
    """Return what a file shows."""
    given = _sealed(page)
    nonce, box = (base64.b64decode(given[part]) for part in ("nonce", "box"))
    return json.loads(AESGCM(_key(given, passphrase)).decrypt(nonce, box, _bound("package", given)))


def answers_file(page, passphrase, answers):
    """Return a file of answers as the page saves it."""
    given, key = _sealed(page), os.urandom(32)

    def seal(by, content, what):
        nonce = os.urandom(12)
        return base64.b64encode(nonce + AESGCM(by).encrypt(nonce, content, _bound(what, given))).decode()

    public = serialization.load_der_public_key(base64.b64decode(given["public"]))
    wrapped = public.encrypt(key, padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None))
    return json.dumps({
        "medforsk": "answers", "package": given["id"], "forRound": base64.b64encode(wrapped).decode(),
        "forWriter": seal(_key(given, passphrase), key, "key"),
        "answers": seal(key, json.dumps(answers).encode(), "answers"),
    }).encode()  # fmt: skip
