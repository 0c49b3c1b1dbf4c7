"""A round in one file, for somebody who never meets a server: how it is sealed, and how answers come back.

What a browser's WebCrypto can do decides the means: a key drawn from a passphrase by PBKDF2-HMAC-SHA-256 (600 000
rounds, OWASP's advice of 2023), AES-256-GCM, and RSA-OAEP with SHA-256 and 3072 bits. Answers are sealed by a key of
their own, which is wrapped twice: by the passphrase, so that their writer can go on another day and a stranger can't
forge any, and to the package's public key, so that the researcher can open them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbench.errors import BadInput
from workbench.locale import _

__all__ = ["Keys", "address", "new_passphrase", "opened_answers", "sealed_package"]

ROUNDS = 600_000
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # those that nobody takes for another
NONCE = 12  # bytes
OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


@dataclass(frozen=True)
class Keys:
    """What opens the answers to one package: kept in the vault, as text."""

    passphrase_key: str
    private: str


def new_passphrase() -> str:
    """Return a passphrase of four groups of five, nearly a hundred bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(5)) for _group in range(4))


def sealed_package(identity: str, passphrase: str, content: Mapping[str, Any]) -> tuple[dict[str, Any], Keys]:
    """Seal what a page shows; returns what stands in the file in clear, which opens by the passphrase, and the keys."""
    salt, nonce = os.urandom(16), os.urandom(NONCE)
    key = _drawn(passphrase, salt)
    pair = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    public = pair.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    private = pair.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    box = AESGCM(key).encrypt(nonce, json.dumps(content, ensure_ascii=False).encode(), _bound("package", identity))
    sealed = {"id": identity, "rounds": ROUNDS, "salt": _text(salt), "nonce": _text(nonce), "box": _text(box)}
    return {**sealed, "public": _text(public)}, Keys(_text(key), _text(private))


def address(content: bytes) -> str:
    """Return the id of the package that a file of answers belongs to; raises BadInput for what is no such file."""
    return str(_parsed(content)["package"])


def opened_answers(content: bytes, keys: Keys) -> list[dict[str, Any]]:
    """Open a file of answers; raises BadInput where a byte is another, or another passphrase sealed it."""
    given = _parsed(content)
    identity = str(given["package"])
    private = serialization.load_der_private_key(base64.b64decode(keys.private), None)
    try:
        if not isinstance(private, rsa.RSAPrivateKey):
            raise ValueError(identity)
        key = private.decrypt(_bytes(given["forRound"]), OAEP)
        nonce, wrapped = _parted(given["forWriter"])
        same = AESGCM(_bytes(keys.passphrase_key)).decrypt(nonce, wrapped, _bound("key", identity))
        nonce, box = _parted(given["answers"])
        answers = json.loads(AESGCM(key).decrypt(nonce, box, _bound("answers", identity)))
    except (InvalidTag, ValueError, KeyError, TypeError) as error:
        raise BadInput(_damaged()) from error
    if not secrets.compare_digest(key, same) or not isinstance(answers, list):
        raise BadInput(_damaged())
    return answers


def _damaged() -> str:
    return _("The file is damaged, or was sealed by another passphrase. Nothing of it was taken.")


def _drawn(passphrase: str, salt: bytes) -> bytes:
    """The key of a passphrase; what people type between its letters does not matter."""
    letters = "".join(one for one in passphrase.lower() if one.isalnum())
    return hashlib.pbkdf2_hmac("sha256", letters.encode(), salt, ROUNDS)


def _bound(what: str, identity: str) -> bytes:
    """What a sealed part is bound to: put elsewhere, it does not open."""
    return f"medforsk-{what}-1:{identity}".encode()


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        given = json.loads(content)
        if given["medforsk"] != "answers":
            raise ValueError(given)
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(_("This is no file of answers.")) from error
    return dict(given)


def _parted(given: str) -> tuple[bytes, bytes]:
    whole = _bytes(given)
    return whole[:NONCE], whole[NONCE:]


def _text(given: bytes) -> str:
    return base64.b64encode(given).decode("ascii")


def _bytes(given: str) -> bytes:
    return base64.b64decode(given, validate=True)
