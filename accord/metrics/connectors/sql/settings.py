"""The settings of a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from accord.metrics.connectors.contract import Problem, Settings
from accord.metrics.connectors.settings_reading import Reader
from accord.metrics.connectors.sql.statements import is_one_select

# Whatever else a driver takes in its address may name files, other hosts, or statements to begin with.
_HARMLESS = frozenset({"sslmode", "ssl", "charset", "application_name", "service_name", "encrypt"})
# The well-kept driver of each system that we know; others are taken as they are written.
_DRIVERS = {"postgresql": "psycopg", "postgres": "psycopg", "mysql": "pymysql", "mariadb": "pymysql"}
PORTS = {"postgresql": 5432, "mysql": 3306, "mariadb": 3306, "oracle": 1521, "mssql": 1433}


@dataclass(frozen=True)
class SqlSince:
    """`columns` are tried in turn: the first that is not NULL says when a row last changed."""

    columns: tuple[str, ...]
    overlap_minutes: int
    initial: str


@dataclass(frozen=True)
class SqlStream:
    name: str
    query: str
    table: str
    key: tuple[str, ...]
    link: str
    since: SqlSince | None
    fields: Mapping[str, str]
    unset: tuple[str, ...]


@dataclass(frozen=True)
class SqlSettings:
    url: URL
    zone: str
    seconds: int
    run_minutes: int
    chunk: int
    streams: Mapping[str, SqlStream]


def read_sql(settings: Settings) -> tuple[SqlSettings, list[Problem]]:
    reader = Reader(settings)
    reader.whole("v", 1, 1, 1)
    limits, url = reader.group("limits"), _url(reader)
    read = SqlSettings(
        url=url,
        zone=reader.zone("zone", "UTC"),
        seconds=limits.whole("timeout", 120, 1, 3600),
        run_minutes=limits.whole("run_minutes", 30, 1, 24 * 60),
        chunk=limits.whole("rows", 1000, 1, 50_000),
        streams={name: _stream(name, each, url.get_backend_name()) for name, each in reader.groups("streams")},
    )
    if not read.streams:
        reader.problem("streams", _("at least one table is needed"))
    limits.finish()
    reader.finish()
    return read, reader.problems


def _url(reader: Reader) -> URL:
    """The address with the name of a driver; `user` may stand beside it."""
    text, user = reader.text("url"), reader.text("user", "")
    try:
        url = make_url(text or "sqlite://")
    except (ArgumentError, ValueError):
        reader.problem("url", _("must be an address such as postgresql://reader@db.example.com/erp"))
        return URL.create("sqlite")
    if url.password:
        reader.problem("url", _("must not hold a password; it has a field of its own"))
        url = url.set(password="")
    if others := sorted(set(url.query) - _HARMLESS):
        reader.problem("url", _("has settings that are not taken here: %(names)s"), names=", ".join(others))
    if url.get_backend_name() != "sqlite" and not url.host and text:
        reader.problem("url", _("names no host"))
    if url.drivername in _DRIVERS:
        backend = "postgresql" if url.drivername == "postgres" else url.drivername
        url = url.set(drivername=f"{backend}+{_DRIVERS[url.drivername]}")
    return url.set(username=user) if user else url


def _stream(name: str, reader: Reader, backend: str) -> SqlStream:
    reader.text("label", "")
    # Whether each run reads everything, so that rows that are gone go here too: see services/sync/running.py.
    reader.flag("full")
    stream = SqlStream(
        name=name,
        query=reader.text("query", "").rstrip("; \n\t"),
        table=reader.text("table", ""),
        key=reader.texts("key"),
        link=reader.text("link", ""),
        since=_since(reader.group("since")) if reader.has("since") else None,
        fields={key: str(column) for key, column in reader.plain("fields").items()},
        unset=reader.texts("unset"),
    )
    reader.raw("since")
    if bool(stream.query) == bool(stream.table):
        reader.problem("table", _("either a table or a query is needed, not both"))
    if stream.query and not is_one_select(stream.query, backend):
        reader.problem(
            "query",
            _("must be one SELECT without comments and backslashes, and without functions that reach beyond the data"),
        )
    if not stream.key:
        reader.problem("key", _("is missing"))
    if any(field.startswith("_") for field in stream.fields):
        reader.problem("fields", _("must not begin with an underscore"))
    reader.finish()
    return stream


def _since(reader: Reader) -> SqlSince:
    since = SqlSince(
        columns=(reader.text("field"), *reader.texts("fallback")),
        overlap_minutes=reader.whole("overlap_minutes", 10, 0, 60 * 24 * 31),
        initial=reader.text("initial", ""),
    )
    reader.finish()
    return since
