"""Archives for tests: facts of every kind that the verifier looks into, sealed in several rounds."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cbor import encode
from fido2.cose import ES256

from accord.domain.transparency.canonical import canonical
from accord.people.models import Employee
from accord.workflow.services.archive.exporting import export_to
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.archive.rotation import rotate_key
from accord.workflow.services.archive.sealing import seal


def wrap(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def passkey_signature(digest: str, party: str, key: ec.EllipticCurvePrivateKey | None = None) -> dict[str, Any]:
    """A signature as documents are kept with: a statement, and a passkey's assertion over it."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    statement = canonical({"action": "sign", "digest_of_document": digest, "party": party})
    challenge = hashlib.sha256(statement.encode()).digest()
    client = canonical({"type": "webauthn.get", "challenge": wrap(challenge), "origin": "https://a.example"}).encode()
    authenticator = hashlib.sha256(b"a.example").digest() + bytes([0b101]) + bytes(4)
    signature = key.sign(authenticator + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
    proof = {
        "public_key": wrap(encode(dict(ES256.from_cryptography_key(key.public_key())))),
        "authenticator_data": wrap(authenticator),
        "client_data": wrap(client),
        "signature": wrap(signature),
        "rp_id": "a.example",
        "origin": "https://a.example",
    }
    return {"statement": statement, "party": party, "method": "passkey", "proof": proof}


def keep_document(party: Employee) -> None:
    """A document with one signature, as its ending is kept."""
    document = {"title": "目标协议", "text": "销售额 120 万"}
    digest = hashlib.sha256(canonical(document).encode()).hexdigest()
    signature = passkey_signature(digest, party.employee_no)
    kept = {"digest": digest, "document": document, "outcome": "signed", "signatures": [signature]}
    keep("document.signed", "documents:1", kept, actor=party, about=[party])


def small_archive(party: Employee) -> None:
    """Three rounds: plain facts, a signed document, a change of key."""
    keep("form.published", "form_versions:1", {"digest": "0" * 64}, actor=party)
    seal()
    keep_document(party)
    rotate_key(party)
    keep("test.fact", "tests:1", {"字": "值"}, about=[party])
    seal()


def exported(folder: Path) -> Path:
    """The archive as it stands, in a new folder."""
    export_to(folder)
    return folder
