"""Reading directories: the library's own directory in memory stands in for a server."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import ldap3
import pytest

from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.ldap import open_ldap, read_ldap
from accord.metrics.connectors.secrets import Secret
from accord.metrics.errors.connectors import (
    DirectoryRefused,
    HostMustBeListed,
    SettingsNotUnderstood,
    SourceUnreachable,
    UnknownStream,
)
from accord.metrics.tests.connectors.sources import keys, read_all

BASE = "ou=people,dc=example,dc=com"
STREAM = {"base": BASE, "filter": "(objectClass=inetOrgPerson)", "fields": {"mail": "mail", "groups": "MEMBEROF"}}
SINCE = {"field": "modifyTimestamp", "overlap_minutes": 1}


def settings(**stream: Any) -> dict[str, Any]:
    return {"v": 1, "url": "ldap://127.0.0.1:1", "user": "cn=reader", "streams": {"people": {**STREAM, **stream}}}


@pytest.fixture
def directory() -> ldap3.Connection:
    mock = ldap3.Connection(ldap3.Server("memory"), user="cn=reader", password="x", client_strategy=ldap3.MOCK_SYNC)
    for number in range(3):
        entry = {
            "objectClass": "inetOrgPerson",
            "entryUUID": f"uuid-{number}",
            "mail": f"p{number}@company.example",
            "memberOf": ["cn=a", "cn=b"] if number else ["cn=a"],
            "modifyTimestamp": f"2026110{number + 1}100000Z",
            "userPassword": "geheim",
        }
        mock.strategy.add_entry(f"uid=p{number},{BASE}", entry)
    mock.strategy.add_entry("cn=reader", {"userPassword": "x", "sn": "reader"})
    mock.bind()
    return mock


def opened(directory: ldap3.Connection | None = None, **stream: Any) -> Any:
    connector = open_ldap(settings(**stream), Secret("geheim"), Guard(frozenset({("127.0.0.1", 1)})))
    connector._connection = directory
    return connector


def read_sorted(connector: Any) -> Any:
    rows, cursor = read_all(connector)
    return sorted(rows, key=itemgetter("_key")), cursor


def test_entries_become_rows(directory: ldap3.Connection) -> None:
    rows, cursor = read_sorted(opened(directory))
    assert keys(rows) == ["uuid-0", "uuid-1", "uuid-2"]
    assert rows[0]["mail"] == "p0@company.example"
    assert (rows[0]["groups"], rows[1]["groups"]) == ("cn=a", ["cn=a", "cn=b"])
    assert cursor == {}


def test_what_changed_is_asked_for_with_an_overlap(directory: ldap3.Connection) -> None:
    rows, cursor = read_sorted(opened(directory, since=SINCE))
    assert rows[2]["_stamp"] == "2026-11-03T10:00:00+00:00"
    asked: list[str] = []
    connector = opened(directory, since=SINCE)
    connector._entries = lambda stream, search: iter(asked.append(search) or ())
    read_all(connector, cursor)
    assert asked == ["(&(objectClass=inetOrgPerson)(modifyTimestamp>=20261103095900Z))"]


def test_passwords_are_never_read_not_even_by_an_account_that_may(directory: ldap3.Connection) -> None:
    sample = opened(directory, fields={}).sample("people")
    assert "mail" in sample[0]
    assert "geheim" not in str(sample)
    assert [problem.place for problem in read_ldap(settings(fields={"p": "userPassword"}))[1]] == [
        "streams.people.fields"
    ]


def test_a_search_that_the_directory_refuses(directory: ldap3.Connection) -> None:
    with pytest.raises(DirectoryRefused):
        read_all(opened(directory, filter="(unbalanced"))


def test_directories_are_read_from_allowed_hosts_only() -> None:
    with pytest.raises(HostMustBeListed):
        open_ldap(settings(), Secret(), Guard())


def test_a_directory_that_is_down_is_said_to_be_down() -> None:
    with pytest.raises(SourceUnreachable) as down:
        opened().sample("people")
    assert "geheim" not in repr(down.value) + str(down.value.values)


@pytest.mark.parametrize("wrong", [{"url": "http://x"}, {"url": "ldap://a:b@x"}, {"streams": {}}, {"tls": "maybe"}])
def test_settings_that_cannot_be(wrong: dict[str, Any]) -> None:
    assert read_ldap({**settings(), **wrong})[1]
    with pytest.raises(SettingsNotUnderstood):
        open_ldap({**settings(), **wrong}, Secret(), Guard())


def test_an_unknown_table() -> None:
    with pytest.raises(UnknownStream):
        opened().sample("groups")
