"""A database: one SELECT a stream, read only, in parts."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, bindparam, column, create_engine, func, select, table, text
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from accord.metrics.connectors.contract import Cursor, Page, Probed, Settings
from accord.metrics.connectors.contract import Row as SourceRow
from accord.metrics.connectors.files.folders import inside_named_folder
from accord.metrics.connectors.fingerprints import fingerprint
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.rows import add_links, joined_key
from accord.metrics.connectors.secrets import Secret
from accord.metrics.connectors.sql.refusals import in_words
from accord.metrics.connectors.sql.settings import PORTS, SqlSettings, SqlSince, SqlStream, read_sql
from accord.metrics.connectors.sql.values import mark, plain, stamp_of, start_of
from accord.metrics.connectors.waits import REAL, Waits
from accord.metrics.errors.connectors import (
    DriverMissing,
    KeyNotUnique,
    RunTooLong,
    SettingsNotUnderstood,
    UnknownStream,
)

_STAMP = "accord_stamp"
_CONNECT_SECONDS = 10
# Of the machine inside SQLite, between two looks at the clock.
_STEPS = 100_000
# A change further ahead than clocks and zones can differ is a mistake in the row, and must not hide all that follows.
_AHEAD = timedelta(hours=27)


class SqlConnector:
    """Reads what SELECTs give. Whatever the account may do, the transaction cannot write and is rolled back."""

    def __init__(self, settings: SqlSettings, secret: Secret, guard: Guard, waits: Waits = REAL) -> None:
        self._settings = settings
        self._waits = waits
        self._host = settings.url.host or Path(settings.url.database or "").name
        self._zone = ZoneInfo(settings.zone)
        self._patience = _Patience(settings.seconds, waits.monotonic)
        if settings.url.get_backend_name() == "sqlite":
            self._engine = _sqlite(inside_named_folder(settings.url.database or ""), self._patience)
        else:
            guard.require_listed(self._host, settings.url.port or PORTS.get(settings.url.get_backend_name(), 0))
            self._engine = _server(settings, secret)

    def probe(self) -> Probed:
        """The account by which the database let us in; it would not have without the right password."""
        with self._reading("") as connection:
            connection.execute(text("SELECT 1"))
        return Probed(self._settings.url.username or self._host, self._settings.zone)

    def sample(self, stream: str, most: int = 20) -> list[SourceRow]:
        found = self._stream(stream)
        with self._reading(stream) as connection:
            rows = connection.execute(_selected(found).limit(most), {}).all()
        return self._rows(found, rows, {})

    def read(self, stream: str, cursor: Cursor) -> Iterator[Page]:
        found = self._stream(stream)
        known = {"of": fingerprint(found)}
        reached = cursor if cursor.get("of") == known["of"] else {}
        statement, start = _since(found, reached)
        deadline = self._waits.monotonic() + self._settings.run_minutes * 60
        newest: Any = None
        keys: dict[str, int] = {}
        with self._reading(stream) as connection:
            result = connection.execution_options(yield_per=self._settings.chunk).execute(statement, start)
            for part in result.partitions():
                if self._waits.monotonic() > deadline:
                    raise RunTooLong(host=self._host, limit=self._settings.run_minutes)
                yield Page(self._rows(found, part, keys), cursor)
                newest = self._newest(newest, part)
                self._patience.renew()
        at_end = {**mark(newest), **known} if newest is not None else reached
        yield Page([], at_end if found.since else {})

    def close(self) -> None:
        self._engine.dispose()

    def _stream(self, name: str) -> SqlStream:
        try:
            return self._settings.streams[name]
        except KeyError:
            raise UnknownStream(stream=name) from None

    @contextmanager
    def _reading(self, stream: str) -> Iterator[Connection]:
        """A transaction that ends without a trace."""
        try:
            with self._engine.connect() as connection:
                _forbid_writing(connection, self._settings.seconds)
                try:
                    yield connection
                finally:
                    connection.rollback()
        except (DBAPIError, SQLAlchemyError) as error:
            raise in_words(error, self._host, stream, self._settings.seconds) from None

    def _rows(self, stream: SqlStream, rows: Sequence[Row[Any]], keys: dict[str, int]) -> list[SourceRow]:
        """`keys` are those so far, each with a digest of its row: in one answer a key stands for one row."""
        found = []
        for row in rows:
            values = dict(row._mapping)
            fields = stream.fields or {name: name for name in values if name != _STAMP}
            read = {name: self._value(values[source], stream) for name, source in fields.items()}
            read["_key"] = joined_key([plain(values[name], self._zone) for name in stream.key], stream.name, stream.key)
            read["_stamp"] = stamp_of(values.get(_STAMP), self._zone)
            if keys.setdefault(read["_key"], digest := hash(repr(read))) != digest:
                raise KeyNotUnique(stream=stream.name, key=" + ".join(stream.key))
            found.append(read)
        add_links(found, stream.link)
        return found

    def _newest(self, so_far: Any, rows: Sequence[Row[Any]]) -> Any:
        found = [row._mapping.get(_STAMP) for row in rows]
        return max([each for each in (so_far, *found) if each is not None and not self._is_ahead(each)], default=None)

    def _is_ahead(self, value: Any) -> bool:
        stamp = stamp_of(value, self._zone)
        return stamp is not None and datetime.fromisoformat(stamp) > self._waits.now() + _AHEAD

    def _value(self, value: Any, stream: SqlStream) -> Any:
        read = plain(value, self._zone)
        return None if isinstance(read, str) and read in stream.unset else read


def open_sql(settings: Settings, secret: Secret, guard: Guard) -> SqlConnector:
    """Raises SettingsNotUnderstood, DriverMissing, HostMustBeListed, FolderNotNamed."""
    read, problems = read_sql(settings)
    if problems:
        raise SettingsNotUnderstood(problems)
    return SqlConnector(read, secret, guard)


def _selected(stream: SqlStream) -> Select[Any]:
    """The columns that are wanted, or all, of the table or of the query; and the stamp under a name of its own."""
    named = dict.fromkeys([*stream.key, *stream.fields.values()])
    wanted: list[Any] = [column(name) for name in named] if stream.fields else [text("*")]
    if stream.since:
        wanted.append(_stamp(stream.since).label(_STAMP))
    return select(*wanted).select_from(_source(stream))


def _source(stream: SqlStream) -> Any:
    if stream.query:
        # Not as a subquery of SQLAlchemy's: that would have to know the columns.
        return text(f"({_escaped(stream.query)}) source_rows")
    schema, _, name = stream.table.rpartition(".")
    return table(name, schema=schema or None)


def _escaped(query: str) -> str:
    """A colon in a query is a colon, not the place of a value."""
    return query.replace(":", "\\:")


def _stamp(since: SqlSince) -> ColumnElement[Any]:
    columns: list[ColumnElement[Any]] = [column(name) for name in since.columns]
    return func.coalesce(*columns) if len(columns) > 1 else columns[0]


def _since(stream: SqlStream, cursor: Cursor) -> tuple[Select[Any], dict[str, Any]]:
    """The statement for what is new since `cursor`, and the value that it asks with."""
    selected = _selected(stream)
    if stream.since is None:
        return selected, {}
    if {"time", "date", "number", "text"} & set(cursor):
        start = start_of(cursor, timedelta(minutes=stream.since.overlap_minutes))
    elif stream.since.initial:
        start = stream.since.initial
    else:
        return selected, {}
    return selected.where(_stamp(stream.since) >= bindparam("start")), {"start": start}


@dataclass
class _Patience:
    """For how long SQLite, which has no limit of its own, may look for the next rows."""

    seconds: int
    monotonic: Callable[[], float]
    until: float = 0.0

    def renew(self) -> None:
        self.until = self.monotonic() + self.seconds

    def is_over(self) -> bool:
        return self.monotonic() > self.until


def _sqlite(path: Path, patience: _Patience) -> Engine:
    def connect() -> sqlite3.Connection:
        opened = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
        patience.renew()
        opened.set_progress_handler(patience.is_over, _STEPS)
        return opened

    return create_engine("sqlite://", creator=connect, poolclass=NullPool)


def _server(settings: SqlSettings, secret: Secret) -> Engine:
    backend = settings.url.get_backend_name()
    arguments: dict[str, Any] = {}
    if backend == "postgresql":
        limits = f"-c default_transaction_read_only=on -c statement_timeout={settings.seconds * 1000}"
        # Neither the environment nor a file of this machine lends its password to a source that has none.
        own = {"passfile": os.devnull, **({} if secret else {"password": ""})}
        arguments = {"connect_timeout": _CONNECT_SECONDS, "options": limits, **own}
    elif backend in ("mysql", "mariadb"):
        arguments = {"connect_timeout": _CONNECT_SECONDS, "read_timeout": settings.seconds, "local_infile": False}
    url = settings.url.set(password=secret.reveal()) if secret else settings.url
    try:
        return create_engine(url, connect_args=arguments, poolclass=NullPool, hide_parameters=True)
    except (ImportError, NoSuchModuleError):
        raise DriverMissing(system=backend, driver=settings.url.drivername.partition("+")[2] or backend) from None


def _forbid_writing(connection: Connection, seconds: int) -> None:
    backend = connection.dialect.name
    if backend == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only = ON")
    elif backend == "postgresql":
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    elif backend in ("mysql", "mariadb"):
        connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
        connection.rollback()
        limit = f"max_execution_time = {seconds * 1000}" if backend == "mysql" else f"max_statement_time = {seconds}"
        connection.exec_driver_sql(f"SET SESSION {limit}")
