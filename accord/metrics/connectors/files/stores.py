"""Where files lie: a folder of this machine, or a bucket of an object store."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from accord.metrics.connectors.files.settings import Bucket
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.secrets import Secret
from accord.metrics.errors.connectors import (
    AnswerTooLarge,
    NothingThere,
    SignInRefused,
    SourceFailed,
    SourceUnreachable,
    TooManyFiles,
)

_PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True)
class Found:
    """A file: its name below the folder, a mark that changes with its content, when it was last written."""

    name: str
    mark: str
    at: datetime


class Store(Protocol):
    name: str

    def files(self, most: int) -> list[Found]:
        """All files. Raises TooManyFiles."""

    def opened(self, file: Found, most: int) -> AbstractContextManager[Path]:
        """The file at a path of this machine, for as long as the block lasts. Raises AnswerTooLarge."""


class Folder:
    """A folder that an administrator named; links in it are not followed."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path

    def files(self, most: int) -> list[Found]:
        found: list[Found] = []
        for place, folders, names in os.walk(self._path):
            folders[:] = sorted(name for name in folders if not (Path(place) / name).is_symlink())
            found += filter(None, (self._found(Path(place) / name) for name in names))
            if len(found) > most:
                raise TooManyFiles(limit=most)
        return found

    def _found(self, path: Path) -> Found | None:
        try:
            state = path.lstat()
        except OSError:
            # Gone between two looks.
            return None
        if not stat.S_ISREG(state.st_mode):
            return None
        at = datetime.fromtimestamp(state.st_mtime, UTC)
        return Found(path.relative_to(self._path).as_posix(), f"{state.st_size}:{state.st_mtime_ns}", at)

    @contextmanager
    def opened(self, file: Found, most: int) -> Iterator[Path]:
        path = self._path / file.name
        try:
            size = path.lstat().st_size
        except OSError:
            raise NothingThere(host=self.name, path=file.name) from None
        if path.resolve() != path:
            raise NothingThere(host=self.name, path=file.name)
        if size > most:
            raise AnswerTooLarge(host=file.name, limit=most >> 20)
        yield path


class S3:
    """A bucket. What the machine itself may know of keys (its environment, the cloud it runs in) is never used."""

    def __init__(self, bucket: Bucket, secret: Secret, guard: Guard) -> None:
        address = urlsplit(bucket.endpoint or f"https://s3.{bucket.region}.amazonaws.com")
        self.name = address.hostname or ""
        guard.require_listed(self.name, address.port or (443 if address.scheme == "https" else 80))
        self._prefix = bucket.prefix.strip("/")
        # A key that is not there stays "": nothing of the environment takes its place.
        self._store = S3Store(
            bucket.name,
            endpoint=address.geturl(),
            region=bucket.region,
            access_key_id=bucket.user,
            secret_access_key=secret.reveal(),
            token="",
            skip_signature=not bucket.user,
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": address.scheme == "http",
                "timeout": _PATIENCE,
                "connect_timeout": _PATIENCE,
            },
            retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
        )

    def files(self, most: int) -> list[Found]:
        found: list[Found] = []
        with self._in_words(""):
            for part in obstore.list(self._store, self._prefix or None):
                for each in part:
                    mark = f"{each['size']}:{each.get('e_tag') or each['last_modified'].isoformat()}"
                    name = each["path"].removeprefix(self._prefix).lstrip("/")
                    found.append(Found(name, mark, each["last_modified"]))
                if len(found) > most:
                    raise TooManyFiles(limit=most)
        return found

    @contextmanager
    def opened(self, file: Found, most: int) -> Iterator[Path]:
        path = f"{self._prefix}/{file.name}".lstrip("/")
        with TemporaryDirectory(prefix="accord-source-") as folder:
            place = Path(folder) / Path(file.name).name
            with self._in_words(file.name), place.open("wb") as written:
                size = 0
                for part in obstore.get(self._store, path).stream():
                    size += len(part)
                    if size > most:
                        raise AnswerTooLarge(host=file.name, limit=most >> 20)
                    written.write(part)
            yield place

    @contextmanager
    def _in_words(self, path: str) -> Iterator[None]:
        """The library's messages hold addresses and answers."""
        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError):
            raise SignInRefused(host=self.name, answer=403) from None
        except (NotFoundError, FileNotFoundError):
            raise NothingThere(host=self.name, path=path) from None
        except SourceFailed:
            raise
        except (BaseError, OSError):
            raise SourceUnreachable(host=self.name) from None
