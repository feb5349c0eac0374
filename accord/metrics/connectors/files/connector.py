"""Files that somebody puts down: each is read once, and again when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from accord.metrics.connectors.contract import Cursor, Page, Probed, Row, Settings
from accord.metrics.connectors.files.folders import inside_named_folder
from accord.metrics.connectors.files.settings import ROW_NUMBER, FilesSettings, FileStream, read_files
from accord.metrics.connectors.files.stores import S3, Folder, Found, Store
from accord.metrics.connectors.files.tables import JSON_SUFFIXES, rows_of
from accord.metrics.connectors.fingerprints import fingerprint
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.paths import compile_path
from accord.metrics.connectors.rows import add_links, flattened, joined_key, once_each
from accord.metrics.connectors.secrets import Secret
from accord.metrics.connectors.waits import REAL, Waits
from accord.metrics.errors.connectors import SettingsNotUnderstood, UnknownStream


class FilesConnector:
    """The cursor says of each file that was read by which mark it was known then."""

    def __init__(self, settings: FilesSettings, store: Store, waits: Waits = REAL) -> None:
        self._settings = settings
        self._store = store
        self._waits = waits
        self._zone = ZoneInfo(settings.zone)

    def probe(self) -> Probed:
        found = self._store.files(self._settings.most_files)
        totals = {name: sum(fnmatch(each.name, stream.pattern) for each in found) for name, stream in self._streams()}
        return Probed(self._store.name, self._settings.zone, totals)

    def sample(self, stream: str, most: int = 20) -> list[Row]:
        """From the newest file."""
        wanted = self._stream(stream)
        files = self._files(wanted)
        return [row for file in files[-1:] for row in self._rows(wanted, file, most)]

    def read(self, stream: str, cursor: Cursor) -> Iterator[Page]:
        wanted = self._stream(stream)
        mark = fingerprint(wanted)
        known = dict(cursor.get("files", {})) if cursor.get("of") == mark else {}
        files = self._files(wanted)
        reached = {file.name: known[file.name] for file in files if file.name in known}
        for file in files:
            if known.get(file.name) != file.mark:
                rows = self._rows(wanted, file, None)
                reached[file.name] = file.mark
                yield Page(rows, {"of": mark, "files": dict(reached)})
        yield Page([], {"of": mark, "files": reached})

    def close(self) -> None:
        return None

    def _streams(self) -> list[tuple[str, FileStream]]:
        return list(self._settings.streams.items())

    def _stream(self, name: str) -> FileStream:
        try:
            return self._settings.streams[name]
        except KeyError:
            raise UnknownStream(stream=name) from None

    def _files(self, stream: FileStream) -> list[Found]:
        """Those of the stream that are surely complete, the oldest first: a later file corrects an earlier one."""
        settled = self._waits.now() - timedelta(seconds=self._settings.settle_seconds)
        found = [
            each
            for each in self._store.files(self._settings.most_files)
            if fnmatch(each.name, stream.pattern) and each.at <= settled
        ]
        ordered = sorted(found, key=lambda each: (each.at, each.name))
        return ordered[-stream.newest :] if stream.newest else ordered

    def _rows(self, stream: FileStream, file: Found, most: int | None) -> list[Row]:
        named = [name for name in stream.key if name != ROW_NUMBER]
        columns = list(dict.fromkeys([*named, *stream.fields.values()]))
        with self._store.opened(file, self._settings.bytes) as path:
            is_json = path.suffix.lower() in JSON_SUFFIXES
            raws = list(islice(rows_of(path, file.name, columns), most))
        stamp = file.at.isoformat()
        rows = [{**self._row(stream, file, number, raw, is_json), "_stamp": stamp} for number, raw in raws]
        add_links(rows, stream.link)
        return once_each(rows, stream.name, stream.key)

    def _row(self, stream: FileStream, file: Found, number: int, raw: dict[str, Any], is_json: bool) -> Row:
        def value(name: str) -> Any:
            read = compile_path(name)(raw) if is_json else raw.get(name)
            return None if isinstance(read, str) and read in stream.unset else read

        fields = stream.fields
        row = {name: value(source) for name, source in fields.items()} if fields else flattened(raw, depth=1)
        if ROW_NUMBER in stream.key:
            row["_key"] = joined_key([f"{Path(file.name).as_posix()}#{number}"[-200:]], stream.name, stream.key)
        else:
            row["_key"] = joined_key([value(name) for name in stream.key], stream.name, stream.key)
        return row


def open_files(settings: Settings, secret: Secret, guard: Guard, waits: Waits = REAL) -> FilesConnector:
    """Raises SettingsNotUnderstood, FolderNotNamed, HostMustBeListed."""
    read, problems = read_files(settings)
    if problems:
        raise SettingsNotUnderstood(problems)
    store: Store = S3(read.bucket, secret, guard) if read.bucket else Folder(inside_named_folder(read.folder))
    return FilesConnector(read, store, waits)
