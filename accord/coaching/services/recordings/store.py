"""Where the content of recordings lies: a folder that only the product reads, or a bucket of an object store."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import obstore
from django.conf import settings
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from accord.coaching.errors.recordings import RecordingsAway

if TYPE_CHECKING:
    from obstore.store import RetryConfig

logger = logging.getLogger(__name__)

RETRIES: RetryConfig = {"max_retries": 3, "retry_timeout": timedelta(seconds=30)}
_AT_ONCE = 4 << 20
_OURS = re.compile(r"[0-9a-f]{40}")
# The largest recording goes in one request, so a line has to carry 200 MB in so long.
_PATIENCE, _REACHED_WITHIN = timedelta(minutes=2), timedelta(seconds=5)


class Store:
    """Contents by name. A name is taken once; what is put is there whole or not at all.

    Where the place can't be reached, refuses or is full, everything raises RecordingsAway.
    """

    def __init__(self, place: LocalStore | S3Store) -> None:
        self._place = place

    def put(self, name: str, content: bytes | mmap) -> None:
        """Keep a content. It goes in one request: of one sent in parts a crash leaves parts that nobody can list."""
        with _reached(), _must_be_there():
            obstore.put(self._place, name, content, use_multipart=False)

    def pieces(self, name: str, first: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The content from byte `first` up to `end`, which is not included. Raises FileNotFoundError at once.

        Each piece is asked for by itself, so whoever listens for an hour holds no answer open for so long.
        """
        with _reached():
            size = obstore.head(self._place, name)["size"]
        end = size if end is None else min(end, size)
        return (self._piece(name, start, min(start + _AT_ONCE, end)) for start in range(first, end, _AT_ONCE))

    def _piece(self, name: str, start: int, end: int) -> bytes:
        with _reached():
            return bytes(obstore.get_range(self._place, name, start=start, end=end))

    def forget(self, names: Iterable[str]) -> None:
        """Delete contents; one that is gone already is no reason to stop."""
        for name in names:
            with suppress(FileNotFoundError), _reached():
                obstore.delete(self._place, name)

    def let_go(self, names: Iterable[str]) -> None:
        """Delete contents that no row names any more; where that can't be done now, the night finds them."""
        with suppress(RecordingsAway):
            self.forget(names)

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every content that is there, and when it was put. What others keep in the same place is none of ours."""
        with _reached(), _must_be_there():
            for part in obstore.list(self._place):
                for each in part:
                    if _OURS.fullmatch(each["path"]):
                        yield each["path"], each["last_modified"]

    def forget_unfinished(self, before: datetime) -> None:
        """Delete what a crash left half-written in the folder; in a bucket there is no such thing."""
        if not isinstance(self._place, LocalStore) or self._place.prefix is None:
            return
        for file in Path(self._place.prefix).glob("*#*"):
            if file.stat().st_mtime < before.timestamp():
                file.unlink(missing_ok=True)


def joined(pieces: Iterable[bytes]) -> mmap:
    """Pieces as one content, which lies on the disk of this machine rather than in memory and is gone when let go."""
    with _reached(), TemporaryFile() as file:
        file.writelines(pieces)
        file.flush()
        return mmap(file.fileno(), 0, access=ACCESS_READ)


@contextmanager
def _reached() -> Iterator[None]:
    """The library's messages hold addresses and answers; what it was is told to the log by its name."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        logger.warning("the place where recordings lie can't be reached: %s", type(error).__name__)
        raise RecordingsAway from None


@contextmanager
def _must_be_there() -> Iterator[None]:
    """A bucket that does not exist answers as a content does that is gone."""
    try:
        yield
    except FileNotFoundError:
        logger.warning("the bucket or folder where recordings should lie is not there")
        raise RecordingsAway from None


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
            client_options={
                "allow_http": place.endpoint.startswith("http:"),
                "timeout": _PATIENCE,
                "connect_timeout": _REACHED_WITHIN,
            },
            retry_config=RETRIES,
        )
    )
