"""The settings of a folder of files, here or in an object store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accord.metrics.connectors.contract import Problem, Settings
from accord.metrics.connectors.settings_reading import Reader, parts_of

ROW_NUMBER = "#row"


@dataclass(frozen=True)
class Bucket:
    name: str
    endpoint: str
    region: str
    user: str
    prefix: str


@dataclass(frozen=True)
class FileStream:
    """`key` is columns, or ROW_NUMBER: then a row is told from others by its file and its place in it."""

    name: str
    pattern: str
    key: tuple[str, ...]
    link: str
    fields: Mapping[str, str]
    unset: tuple[str, ...]
    # Only so many, the newest ones; 0 is all.
    newest: int


@dataclass(frozen=True)
class FilesSettings:
    folder: str
    bucket: Bucket | None
    zone: str
    # Younger files may still be written.
    settle_seconds: int
    most_files: int
    bytes: int
    streams: Mapping[str, FileStream]


def read_files(settings: Settings) -> tuple[FilesSettings, list[Problem]]:
    reader = Reader(settings)
    reader.whole("v", 1, 1, 1)
    limits = reader.group("limits")
    read = FilesSettings(
        folder=reader.text("folder", ""),
        bucket=_bucket(reader),
        zone=reader.zone("zone", "UTC"),
        settle_seconds=reader.whole("settle_seconds", 60, 0, 24 * 3600),
        most_files=limits.whole("files", 5000, 1, 100_000),
        bytes=limits.whole("bytes", 256 << 20, 1 << 10, 1 << 30),
        streams={name: _stream(name, each) for name, each in reader.groups("streams")},
    )
    if bool(read.folder) == bool(read.bucket):
        reader.problem("folder", _("either a folder or a bucket is needed, not both"))
    if not read.streams:
        reader.problem("streams", _("at least one table is needed"))
    limits.finish()
    reader.finish()
    return read, reader.problems


def _bucket(reader: Reader) -> Bucket | None:
    bucket = Bucket(
        name=reader.text("bucket", ""),
        endpoint=reader.text("endpoint", ""),
        region=reader.text("region", "us-east-1"),
        user=reader.text("user", ""),
        prefix=reader.text("prefix", ""),
    )
    parts = parts_of(bucket.endpoint)
    if bucket.endpoint and (parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc):
        reader.problem("endpoint", _("must be an address that begins with https:// or http://"))
    return bucket if bucket.name else None


def _stream(name: str, reader: Reader) -> FileStream:
    reader.text("label", "")
    # Whether each run reads everything, so that rows that are gone go here too: see services/sync/running.py.
    reader.flag("full")
    stream = FileStream(
        name=name,
        pattern=reader.text("pattern", "*"),
        key=reader.texts("key") or (ROW_NUMBER,),
        link=reader.text("link", ""),
        fields={key: str(column) for key, column in reader.plain("fields").items()},
        unset=reader.texts("unset"),
        newest=reader.whole("newest", 0, 0, 100_000),
    )
    if any(field.startswith("_") for field in stream.fields):
        reader.problem("fields", _("must not begin with an underscore"))
    reader.finish()
    return stream
