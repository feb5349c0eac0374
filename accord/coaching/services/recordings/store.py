"""Where the content of recordings lies: a folder that only the product reads, or a bucket of an object store."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import obstore
from django.conf import settings
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, S3Store

_PIECE = 1 << 18


class Store:
    """Contents by name. A name is taken once; what is put is there whole or not at all."""

    def __init__(self, place: LocalStore | S3Store) -> None:
        self._place = place

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep a content that arrives in pieces."""
        with obstore.open_writer(self._place, name) as writer:
            for piece in pieces:
                writer.write(piece)

    def pieces(self, name: str, first: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The content from byte `first` up to `end`, which is not included. Raises FileNotFoundError."""
        options: Any = {"range": {"offset": first} if end is None else (first, end)}
        return map(bytes, obstore.get(self._place, name, options=options).stream(min_chunk_size=_PIECE))

    def forget(self, names: Iterable[str]) -> None:
        """Delete contents; one that is gone already is no reason to stop."""
        for name in names:
            with suppress(FileNotFoundError, NotFoundError):
                obstore.delete(self._place, name)

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Everything that is there, and when it was put."""
        for part in obstore.list(self._place):
            yield from ((each["path"], each["last_modified"]) for each in part)

    def forget_unfinished(self, before: datetime) -> None:
        """Delete what a crash left half-written in the folder; a bucket lets go of that by its own rules."""
        if not isinstance(self._place, LocalStore) or self._place.prefix is None:
            return
        for file in Path(self._place.prefix).glob("*#*"):
            if file.stat().st_mtime < before.timestamp():
                file.unlink(missing_ok=True)


class Digested:
    """Pieces on their way to the store, with their size and digest."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._digest, self.size = pieces, hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self._digest.update(piece)
            yield piece

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


def new_name() -> str:
    """A name that nobody can guess; it tells nothing of whoever it is from."""
    return secrets.token_hex(20)


@cache
def store() -> Store:
    """The store that the settings name."""
    place = settings.ACCORD_RECORDINGS
    if not place.endpoint:
        place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Store(LocalStore(place.folder))
    # A key that is not there stays "": nothing of the environment takes its place.
    return Store(
        S3Store(
            place.bucket,
            prefix=place.prefix or None,
            endpoint=place.endpoint,
            region=place.region,
            access_key_id=place.user,
            secret_access_key=place.secret,
            token="",
            virtual_hosted_style_request=False,
            client_options={"allow_http": place.endpoint.startswith("http:")},
        )
    )
