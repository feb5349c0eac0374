"""The keys that sign heads: private halves in files outside the database, public halves in the table of keys.

The database decides which key came first and which next (`place` is unique), so two processes that make one at the same
time agree: the loser throws its own away.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accord.domain.transparency.heads import first_statement, key_id, public_of
from accord.workflow.errors.archive import KeyMissing
from accord.workflow.models import ArchiveKey


def first_key() -> ArchiveKey:
    """The key the log began with, made now if there is none. Its id is the log's."""
    found = ArchiveKey.objects.filter(place=1).first()
    if found:
        return found
    private = Ed25519PrivateKey.generate()
    made = new_row(private, place=1, statement=first_statement(private))
    path = write_private_half(made.key, private)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        path.unlink()
        return ArchiveKey.objects.get(place=1)
    return made


def key_in_force(sealing: Collection[int] = ()) -> ArchiveKey:
    """The newest key whose announcement is sealed, or is among the entries that are just being sealed."""
    keys = ArchiveKey.objects.select_related("announced_by").order_by("-place")
    return next(key for key in keys if _is_announced(key, sealing))


def _is_announced(key: ArchiveKey, sealing: Collection[int]) -> bool:
    entry = key.announced_by
    return entry is None or entry.seq is not None or entry.pk in sealing


def private_half(row: ArchiveKey) -> Ed25519PrivateKey:
    """The private half of a key. Raises KeyMissing where its file is not on this machine or is another key's."""
    path = key_file(row.key)
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise KeyMissing(file=path) from error
    if not isinstance(private, Ed25519PrivateKey) or public_of(private) != row.public:
        raise KeyMissing(file=path)
    return private


def key_file(key: str) -> Path:
    """Where the private half of a key lies."""
    return Path(settings.HOME) / "archive" / f"{key}.key"


def forget_private_half(row: ArchiveKey) -> None:
    """Delete the file of a key that signs no more, so that nobody can sign with it either."""
    key_file(row.key).unlink(missing_ok=True)


def new_row(private: Ed25519PrivateKey, place: int, statement: str) -> ArchiveKey:
    """The row of a new key, not yet saved."""
    public = public_of(private)
    return ArchiveKey(place=place, key=key_id(public), public=public, statement=statement, made_at=timezone.now())


def write_private_half(key: str, private: Ed25519PrivateKey) -> Path:
    """Keep the private half of a new key where only we can read it, and on the disk."""
    path = key_file(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    return path


def is_private(row: ArchiveKey) -> bool:
    """Whether nobody but us can read the private half, as far as the system of this machine tells."""
    return os.name != "posix" or not stat.S_IMODE(key_file(row.key).stat().st_mode) & 0o077
