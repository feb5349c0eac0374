"""Signed heads: what a log was at a time, in one line that fits into a mail; and how one key hands over to the next."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from accord.domain.transparency.canonical import canonical


@dataclass(frozen=True)
class Head:
    """`log` is the id of the log's first key, `previous` the digest of the head before, `at` as `moment` writes it."""

    log: str
    size: int
    root: str
    at: str
    previous: str
    key: str
    v: int = 1

    def signed(self, private: Ed25519PrivateKey) -> str:
        """The head as one line of canonical JSON with its signature."""
        return signed(vars(self), private)


def signed(statement: dict[str, Any], private: Ed25519PrivateKey) -> str:
    """A statement as canonical JSON with an Ed25519 signature over its canonical form without it."""
    signature = private.sign(canonical(statement).encode()).hex()
    return canonical(statement | {"signature": signature})


def is_signed_by(line: str, public: str) -> bool:
    """Whether `line` is canonical and was signed by the key whose public half is `public` (hexadecimal)."""
    statement = json.loads(line)
    if canonical(statement) != line:
        return False
    signature = statement.pop("signature", "")
    return verifies(canonical(statement), signature, public)


def verifies(text: str, signature: str, public: str) -> bool:
    """Whether a signature (hexadecimal) over `text` is that of a key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def digest_of_head(line: str) -> str:
    """SHA-256 over a head with its signature, which the next head names so that none can be taken out."""
    return hashlib.sha256(line.encode()).hexdigest()


def public_of(private: Ed25519PrivateKey) -> str:
    """The public half of a key in hexadecimal."""
    return private.public_key().public_bytes_raw().hex()


def key_id(public: str) -> str:
    """What a key is called: the first 128 bits of the SHA-256 of its public half."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:32]


def first_statement(private: Ed25519PrivateKey) -> str:
    """How a log begins: its first key says who it is. The id of that key is the id of the log."""
    public = public_of(private)
    return signed({"v": 1, "log": key_id(public), "key": key_id(public), "public": public}, private)


def handing_over(log: str, old: Ed25519PrivateKey, new: Ed25519PrivateKey) -> str:
    """How a key hands over to the next: signed by the old one and by the new one."""
    public = public_of(new)
    statement = {"v": 1, "log": log, "key": key_id(public), "public": public, "before": key_id(public_of(old))}
    agreed = json.loads(signed(statement, old))
    return signed(statement | {"by_old": agreed["signature"]}, new)
