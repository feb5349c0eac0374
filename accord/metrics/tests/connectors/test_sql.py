"""Reading databases: the same tests on SQLite and, where the suite runs on one, on PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection
from sqlalchemy.engine import URL

from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.secrets import Secret
from accord.metrics.connectors.sql.connector import SqlConnector, open_sql
from accord.metrics.connectors.sql.settings import read_sql
from accord.metrics.connectors.sql.statements import is_one_select
from accord.metrics.errors.connectors import (
    AnswerTooSlow,
    DriverMissing,
    FolderNotNamed,
    HostMustBeListed,
    KeyNotUnique,
    QueryFailed,
    RowWithoutKey,
    SettingsNotUnderstood,
    SourceUnreachable,
)
from accord.metrics.tests.connectors.sources import keys, read_all

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 5, 9, 0)  # noqa: DTZ001 (as the database holds it)

Run = Callable[..., None]


@pytest.fixture
def database(tmp_path: Path, settings: Any) -> Iterator[tuple[dict[str, Any], Run]]:
    """Settings for a database with a table of orders, and a way to change it."""
    settings.ACCORD_SOURCE_FOLDERS = [str(tmp_path)]
    file = sqlite3.connect(tmp_path / "erp.db", isolation_level=None)

    def run(statement: str, *values: object) -> None:
        file.execute(statement, [str(each) if isinstance(each, datetime) else each for each in values])

    run("CREATE TABLE orders (id integer, amount numeric, created timestamp, changed timestamp)")
    yield {"v": 1, "url": "sqlite:///erp.db", "zone": "Asia/Shanghai"}, run
    file.close()


ENGINE = "server" if connection.vendor == "postgresql" else "database"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Any]:
    """A database of these tests alone on the server of the suite, which listens on a socket."""
    kept = connection.settings_dict
    where = {"host": kept["HOST"] or kept["OPTIONS"]["host"], "user": kept["USER"], "password": kept["PASSWORD"]}
    name = f"source_{os.getpid()}"
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        with psycopg.connect(**where, dbname=name, autocommit=True) as opened:
            yield opened
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def server(elsewhere: Any) -> Iterator[tuple[dict[str, Any], Run]]:
    def run(statement: str, *values: object) -> None:
        elsewhere.execute(statement.replace("?", "%s"), values)

    run("CREATE TABLE orders (id integer, amount numeric(12, 2), created timestamp, changed timestamp)")
    yield {"v": 1, "url": "postgresql://its.socket/suite", "zone": "Asia/Shanghai", "over": elsewhere.info}, run
    run("DROP TABLE orders")


@pytest.fixture
def source(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Run]:
    found: tuple[dict[str, Any], Run] = request.getfixturevalue(ENGINE)
    return found


ANY = Guard(frozenset({("127.0.0.1", 0), ("localhost", 0)}))
SINCE = {"field": "changed", "fallback": ["created"], "overlap_minutes": 5}


def opened(settings: dict[str, Any], **stream: Any) -> Any:
    table = {"table": "orders", "key": "id", "fields": {"amount": "amount", "changed": "changed"}, **stream}
    whole = {**settings, "streams": {"orders": table}}
    kept = whole.pop("over", None)
    if kept is None:
        return open_sql(whole, Secret(), ANY)
    # No setting may lead to a socket, so the address is put in afterwards.
    url = URL.create("postgresql+psycopg", kept.user, database=kept.dbname, query={"host": kept.host})
    read, problems = read_sql(whole)
    assert problems == []
    return SqlConnector(replace(read, url=url), Secret(kept.password), Guard(frozenset({(kept.dbname, 0)})))


def add(run: Run, number: int, changed: datetime | None = None, created: datetime = MORNING) -> None:
    run("INSERT INTO orders VALUES (?, 12.50, ?, ?)", number, created, changed)


def test_rows_of_a_table_exact_and_with_their_zone(source: tuple[dict[str, Any], Run]) -> None:
    settings, run = source
    add(run, 1, MORNING)
    [[row], _cursor] = read_all(opened(settings, since=SINCE, link="https://erp.example.com/{key}"))
    assert str(row["amount"]).rstrip("0") == "12.5"
    assert (row["_key"], row["_link"]) == ("1", "https://erp.example.com/1")
    assert datetime.fromisoformat(row["_stamp"]) == MORNING.replace(tzinfo=SHANGHAI)


def test_rows_of_one_select(source: tuple[dict[str, Any], Run]) -> None:
    settings, run = source
    add(run, 1)
    add(run, 2)
    query = "SELECT id, amount * 2 AS doubled, ':kept' AS text FROM orders WHERE id > 1"
    asked = {"table": "", "query": query, "fields": {"doubled": "doubled", "text": "text"}}
    [[row], _cursor] = read_all(opened(settings, **asked))
    assert (float(row["doubled"]), row["text"]) == (25, ":kept")
    assert set(opened(settings, table="", query=query, fields={}).sample("orders")[0]) > {"id", "doubled"}


def test_what_changed_is_read_on_and_what_was_never_edited_is_not_left_out(source: tuple[dict[str, Any], Run]) -> None:
    settings, run = source
    add(run, 1, MORNING + timedelta(hours=3))
    add(run, 2)
    rows, cursor = read_all(opened(settings, since=SINCE))
    assert keys(rows) == ["1", "2"]
    add(run, 3, created=MORNING + timedelta(hours=4))
    run("UPDATE orders SET changed = ? WHERE id = 2", MORNING + timedelta(hours=5))
    rows, _cursor = read_all(opened(settings, since=SINCE), cursor)
    assert sorted(keys(rows)) == ["1", "2", "3"], "row 1 by the overlap"
    later, _cursor = read_all(opened(settings, since={**SINCE, "overlap_minutes": 0}), cursor)
    assert sorted(keys(later)) == ["1", "2", "3"], "other settings read everything again"


def test_a_counter_is_read_on_too(source: tuple[dict[str, Any], Run]) -> None:
    settings, run = source
    add(run, 1)
    add(run, 2)
    _rows, cursor = read_all(opened(settings, since={"field": "id"}))
    add(run, 3)
    rows, _cursor = read_all(opened(settings, since={"field": "id"}), cursor)
    assert keys(rows) == ["2", "3"]


def test_one_row_dated_in_the_future_does_not_hide_the_others(source: tuple[dict[str, Any], Run]) -> None:
    settings, run = source
    add(run, 1, MORNING + timedelta(days=3650))
    add(run, 2, MORNING)
    _rows, cursor = read_all(opened(settings, since=SINCE))
    add(run, 3, MORNING + timedelta(hours=1))
    rows, _cursor = read_all(opened(settings, since=SINCE), cursor)
    assert "3" in keys(rows)


@pytest.mark.parametrize("seed", range(4))
def test_bit_by_bit_comes_to_the_same_as_everything(source: tuple[dict[str, Any], Run], seed: int) -> None:
    settings, run = source
    chance, now, made = Random(seed), MORNING, 0  # noqa: S311 (a test)
    known: dict[str, Any] = {}
    cursor: Any = {}
    for _ in range(40):
        now += timedelta(minutes=chance.choice((0, 1, 90)))
        match chance.choice(("add", "add", "edit", "read")):
            case "add":
                made += 1
                add(run, made, created=now)
            case "edit" if made:
                run("UPDATE orders SET amount = amount + 1, changed = ? WHERE id = ?", now, chance.randint(1, made))
            case "read":
                rows, cursor = read_all(opened(settings, since=SINCE), cursor)
                known |= {row["_key"]: row for row in rows}
    rows, _cursor = read_all(opened(settings, since=SINCE), cursor)
    known |= {row["_key"]: row for row in rows}
    everything, _cursor = read_all(opened(settings, since=SINCE))
    assert known == {row["_key"]: row for row in everything}
    assert len(everything) == made


def test_nothing_can_be_written(source: tuple[dict[str, Any], Run]) -> None:
    """Also with a connector that was talked into another statement."""
    settings, run = source
    add(run, 1)
    connector = opened(settings)
    with pytest.raises(QueryFailed), connector._reading("orders") as reading:
        reading.exec_driver_sql("DELETE FROM orders")
    assert len(read_all(connector)[0]) == 1


def test_a_query_that_goes_on_and_on_is_stopped(source: tuple[dict[str, Any], Run]) -> None:
    settings, _run = source
    endless = "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT max(id) AS id FROM n"
    connector = opened({**settings, "limits": {"timeout": 1}}, table="", query=endless, fields={})
    with pytest.raises(AnswerTooSlow):
        read_all(connector)


def test_two_rows_of_one_key_are_refused_and_rows_without_any(source: tuple[dict[str, Any], Run]) -> None:
    settings, run = source
    add(run, 1)
    add(run, 1, MORNING)
    with pytest.raises(KeyNotUnique):
        read_all(opened(settings))
    run("UPDATE orders SET id = NULL")
    with pytest.raises(RowWithoutKey):
        read_all(opened(settings))


def test_a_column_that_is_gone_is_named_and_no_value_is(source: tuple[dict[str, Any], Run]) -> None:
    settings, run = source
    add(run, 1)
    with pytest.raises(QueryFailed) as failed:
        read_all(opened(settings, fields={"amount": "total"}))
    assert "12.5" not in str(failed.value)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1",
        "select a from b where c = 'delete; into'",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "(SELECT 1) UNION (SELECT 2)",
        'SELECT "update" FROM t',
        "SELECT updated_at, replace(a, 'x', 'y') FROM t",
        "SELECT data #>> '{a,b}', array['a', 'b'] FROM t",
        "SELECT lo_orders.a, 'calls sleep (1)' FROM lo_orders WHERE b IN (sleep, 2)",
    ],
)
def test_statements_that_read(statement: str) -> None:
    assert is_one_select(statement, "postgresql")


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "DELETE FROM t",
        "SELECT 1; DELETE FROM t",
        "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
        "SELECT * INTO copy FROM t",
        "SELECT 1 INTO OUTFILE '/tmp/x'",
        "SELECT 1 -- ' \n ; DELETE FROM t -- '",
        "SELECT 1 /*! ; DELETE FROM t */",
        "SELECT $$ ' $$; DELETE FROM t; SELECT ' '",
        "SELECT '\\'; DELETE FROM t; --'",
        "PRAGMA writable_schema = 1",
        "ATTACH 'x' AS y",
        "EXPLAIN ANALYZE DELETE FROM t",
        "SELECT * FROM t FOR UPDATE",
        "SELECT 'open",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT \"pg_read_file\" ('/etc/passwd')",
        "SELECT pg_catalog.pg_ls_dir('.')",
        "SELECT U&\"!0070g_read_file\" UESCAPE '!' ('/etc/passwd')",
        "SELECT * FROM dblink('host=10.0.0.1', 'DELETE FROM t') AS x (id int)",
        "SELECT query_to_xml('DELETE FROM t', true, true, '')",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT pg_terminate_backend(1)",
        "SELECT load_extension('/tmp/x')",
        "SELECT LOAD_FILE('/etc/passwd')",
        "SELECT * FROM OPENROWSET('x', 'y', 'z')",
        "SELECT UTL_HTTP.REQUEST('http://10.0.0.1') FROM dual",
        "SELECT q'[ ' ; DELETE FROM t; ']' FROM dual",
    ],
)
def test_statements_that_might_do_more_are_not_asked(statement: str) -> None:
    assert not is_one_select(statement, "postgresql")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1) x # '\n INTO OUTFILE '/tmp/x' # ' FROM (SELECT 1",
        "SELECT 1 AS [' ] ; DELETE FROM t; SELECT 1 AS [' ]",
    ],
)
def test_what_another_database_would_read_as_a_comment_or_a_name_is_not_asked(statement: str) -> None:
    assert not is_one_select(statement, "mysql")
    assert not is_one_select(statement, "mssql")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://reader:secret@db.example.com/erp",
        "postgresql://db.example.com/erp?host=10.0.0.1",
        "postgresql:///erp",
        "mysql://db.example.com/erp?read_default_file=/etc/my.cnf",
        "mssql+pyodbc:///?odbc_connect=DRIVER",
        "not an address",
    ],
)
def test_addresses_that_hold_passwords_or_lead_elsewhere_are_refused(url: str) -> None:
    streams = {"orders": {"table": "orders", "key": "id"}}
    _read, problems = read_sql({"url": url, "streams": streams})
    assert {problem.place for problem in problems} == {"url"}
    with pytest.raises(SettingsNotUnderstood) as refused:
        open_sql({"url": url, "streams": streams}, Secret(), ANY)
    assert "secret" not in str(refused.value)


def test_databases_are_read_from_allowed_hosts_and_named_folders_only(tmp_path: Path, settings: Any) -> None:
    streams = {"orders": {"table": "orders", "key": "id"}}
    with pytest.raises(HostMustBeListed):
        open_sql({"url": "postgresql://db.example.com/erp", "streams": streams}, Secret(), Guard())
    settings.ACCORD_SOURCE_FOLDERS = [str(tmp_path)]
    for path in ("/etc/passwd", "../erp.db", ""):
        with pytest.raises(FolderNotNamed):
            open_sql({"url": f"sqlite:///{path}", "streams": streams}, Secret(), Guard())


def test_a_driver_that_is_not_there_is_named() -> None:
    streams = {"orders": {"table": "orders", "key": "id"}}
    with pytest.raises(DriverMissing) as missing:
        open_sql({"url": "oracle+oracledb://127.0.0.1/erp", "streams": streams}, Secret(), ANY)
    assert "oracledb" in str(missing.value)


def test_a_database_that_is_down_is_said_to_be_down() -> None:
    streams = {"orders": {"table": "orders", "key": "id"}}
    connector = open_sql({"url": "postgresql://127.0.0.1:1/erp", "streams": streams}, Secret("geheim"), ANY)
    with pytest.raises(SourceUnreachable) as down:
        connector.sample("orders")
    assert "geheim" not in repr(down.value) + str(down.value.values)


def test_the_password_of_this_machine_is_lent_to_no_source(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr(psycopg, "connect", lambda *_places, **arguments: asked.update(arguments) or 1 / 0)
    settings = {"url": "postgresql://reader@127.0.0.1/erp", "streams": {"orders": {"table": "orders", "key": "id"}}}
    with pytest.raises(ZeroDivisionError):
        open_sql(settings, Secret(), ANY).probe()
    assert (asked["password"], asked["passfile"]) == ("", os.devnull)
