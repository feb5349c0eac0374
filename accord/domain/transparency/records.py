"""How a fact is written down for the log: the commitment to its content, and the record that is hashed."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

from accord.domain.transparency.canonical import canonical

VERSION = 1
SLACK = timedelta(minutes=15)
"""How far the clocks of machines and the length of a transaction may put a fact outside the two heads around it."""

KIND = re.compile(r"[a-z][a-z0-9_.]{0,59}")
SUBJECT = re.compile(r"[A-Za-z0-9_.:/-]{0,80}")


def moment(at: datetime) -> str:
    """A time as the log writes it: UTC with six decimals, so that its order is that of the text."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commitment(salt: str, payload: str) -> str:
    """SHA-256(salt ‖ payload) in hexadecimal; without the salt (also hexadecimal) nobody can try out contents."""
    return hashlib.sha256(bytes.fromhex(salt) + payload.encode()).hexdigest()


def record_text(
    *, log: str, seq: int, at: datetime, actor: str, kind: str, subject: str, commit: str, is_late: bool
) -> str:
    """The record as canonical JSON. Its hash is what the log proves.

    `is_late` marks a time that the heads around the record do not bear out (see `bears_out`).
    """
    fields = {
        "v": VERSION,
        "log": log,
        "seq": seq,
        "at": moment(at),
        "actor": actor,
        "kind": kind,
        "subject": subject,
        "commit": commit,
    }
    return canonical(fields | {"late": True} if is_late else fields)


def bears_out(at: datetime, before: datetime | None, after: datetime) -> bool:
    """Whether the heads before and after a record bear out that it was made at `at`, give or take SLACK."""
    return (before is None or at >= before - SLACK) and at <= after + SLACK
