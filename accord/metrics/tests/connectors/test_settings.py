"""Settings that cannot be used are told by their place before anything is asked."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

import accord
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.registry import KINDS, open_connector, problems_of
from accord.metrics.connectors.rest.settings import read_rest
from accord.metrics.connectors.secrets import Secret, encrypt
from accord.metrics.errors.connectors import SecretUnreadable, SettingsNotUnderstood, SourceFailed, UnknownStream
from accord.metrics.models import Connection
from accord.metrics.tests.connectors.sources import ticket_settings

GOOD = ticket_settings("https://tickets.example.com/api")
STREAM = "streams.tickets"

WRONG: list[tuple[str, Any, str]] = [
    ("base", "", "base"),
    ("base", "ftp://tickets.example.com", "base"),
    ("base", "https://", "base"),
    ("base", "https://me:secret@tickets.example.com", "base"),
    ("base", "https://tickets.example.com?key=secret", "base"),
    ("auth", {"kind": "magic"}, "auth.kind"),
    ("auth", {"kind": "header"}, "auth.name"),
    ("auth", {"kind": "basic"}, "auth.user"),
    ("auth", {"kind": "oauth2", "client_id": "x"}, "auth.token_url"),
    ("auth", "token", "auth"),
    ("zone", "Mars/Olympus", "zone"),
    ("probe", {"path": "/me"}, "probe.identity"),
    ("probe", {"path": "/me", "identity": "a["}, "probe.identity"),
    ("limits", {"timeout": 0}, "limits.timeout"),
    ("limits", {"timeout": True}, "limits.timeout"),
    ("streams", {}, "streams"),
    ("streams", {"tickets": {"path": "/t", "key": "id", "colour": "red"}}, f"{STREAM}.colour"),
    ("streams", {"tickets": {"path": "/t"}}, f"{STREAM}.key"),
    ("streams", {"tickets": {"path": "/t", "key": "a["}}, f"{STREAM}.key"),
    ("streams", {"tickets": {"path": "/t", "key": "id", "fields": {"_key": "x"}}}, f"{STREAM}.fields._key"),
    ("streams", {"tickets": {"path": "/t", "key": "id", "fields": {"a": "b["}}}, f"{STREAM}.fields.a"),
    ("streams", {"tickets": {"path": "/t", "key": "id", "link": "javascript:1"}}, f"{STREAM}.link"),
    ("streams", {"tickets": {"path": "/t", "key": "id", "rows": "x" * 5000}}, f"{STREAM}.rows"),
    ("streams", {"tickets": {"path": "/t", "key": "id", "paging": {"kind": "cursor"}}}, f"{STREAM}.paging.next"),
    ("streams", {"tickets": {"path": "/t", "key": "id", "since": {"param": "s"}}}, f"{STREAM}.since.field"),
    (
        "streams",
        {"tickets": {"path": "/t", "key": "id", "since": {"param": "s", "field": "f", "format": "later"}}},
        f"{STREAM}.since.format",
    ),
    (
        "streams",
        {"tickets": {"path": "/t", "key": "id", "since": {"param": "s", "field": "f", "template": "x"}}},
        f"{STREAM}.since.template",
    ),
]


def test_good_settings_have_no_problems() -> None:
    assert read_rest(GOOD)[1] == []
    assert read_rest({**GOOD, "auth": {"kind": "token", "user": "", "name": ""}})[1] == [], "empty is not there"


@pytest.mark.parametrize(("name", "value", "place"), WRONG)
def test_each_problem_has_its_place(name: str, value: Any, place: str) -> None:
    settings = {**deepcopy(GOOD), name: value}
    if name == "streams" or name == "zone":
        settings["probe"] = {}
        settings["zone"] = value if name == "zone" else "UTC"
    problems = problems_of("rest", settings)
    assert place in [problem.place for problem in problems]
    with override("zh-hans"):
        assert "secret" not in " ".join(map(str, problems))
    with pytest.raises(SettingsNotUnderstood):
        KINDS["rest"].open(settings, Secret(), Guard())


TABLE = {"path": "/t", "key": "id"}


@pytest.mark.parametrize(
    ("kind", "settings", "place"),
    [
        ("ldap", {"url": "ldap://directory:99999", "streams": {"a": {"base": "dc=x"}}}, "url"),
        ("ldap", {"url": "ldap://[::1", "streams": {"a": {"base": "dc=x"}}}, "url"),
        ("ldap", {"url": "ldap://d", "streams": {"a": {"base": "dc=x", "fields": {"a": "krbPrincipalKey"}}}}, "fields"),
        ("ldap", {"url": "ldap://d", "streams": {"a": {"base": "dc=x", "fields": {"a": "2.5.4.35"}}}}, "fields"),
        ("files", {"bucket": "b", "endpoint": "http://[::1", "streams": {"a": {}}}, "endpoint"),
        ("files", {"bucket": "b", "endpoint": "http://store:99999", "streams": {"a": {}}}, "endpoint"),
        ("rest", {"base": "https://crm:99999", "streams": {"a": TABLE}}, "base"),
        ("rest", {"base": "https://crm", "streams": {"a": {**TABLE, "rows": "(" * 400 + "a" + ")" * 400}}}, "rows"),
        ("rest", {"base": "https://crm", "streams": {"a": {**TABLE, "rows": "a" + "[0]" * 1000}}}, "rows"),
        ("push", {"streams": {"a": {"key": "!" * 3000 + "a"}}}, "key"),
        ("rest", {"base": "https://crm", "streams": {"a": {**TABLE, "params": {"api_key": "hunter2"}}}}, "params"),
        (
            "rest",
            {"base": "https://crm", "auth": {"kind": "login", "body": {"a": [{"password": "hunter2"}]}}},
            "auth.body",
        ),
    ],
)
def test_what_would_break_a_library_or_give_a_secret_away_is_a_problem(kind: str, settings: Any, place: str) -> None:
    problems = problems_of(kind, settings)
    assert [problem for problem in problems if problem.place.endswith(place)]
    assert "hunter2" not in " ".join(map(str, problems))


def test_what_lies_too_deep_is_a_problem_and_the_place_of_a_secret_is_none() -> None:
    deep: dict[str, Any] = {}
    for _level in range(100):
        deep = {"a": [deep]}
    settings = {"base": "https://crm", "streams": {"a": {**TABLE, "method": "POST", "body": deep}}}
    assert [problem.place for problem in problems_of("rest", settings)] == ["streams.a.body"]
    auth = {"kind": "login", "path": "/login", "body": {"password": "{secret}"}}
    assert problems_of("rest", {"base": "https://crm", "auth": auth, "streams": {"a": TABLE}}) == []


@pytest.mark.parametrize("path", ["https://[::1", "https://crm:99999/x", "/a\nb"])
def test_a_path_that_is_no_address_gets_a_sentence(path: str) -> None:
    settings = {"base": "https://crm", "streams": {"a": {**TABLE, "path": path}}}
    with pytest.raises(SourceFailed):
        KINDS["rest"].open(settings, Secret(), Guard()).sample("a")


SO_WRONG = ({}, {"streams": 5}, {"streams": {"a": None}}, {"url": 7, "base": [], "folder": {}})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("settings", SO_WRONG)
def test_no_settings_are_so_wrong_that_a_kind_breaks(kind: str, settings: Any) -> None:
    assert problems_of(kind, settings)


def test_a_stream_that_is_not_there_is_named() -> None:
    connector = KINDS["rest"].open(GOOD, Secret(), Guard())
    with pytest.raises(UnknownStream):
        connector.read("customers", {})


@pytest.mark.django_db
def test_a_connection_is_opened_with_its_secret() -> None:
    connection = Connection(kind="rest", settings=GOOD, secret=encrypt("geheim"))
    open_connector(connection).close()
    connection.secret = "nonsense"
    with pytest.raises(SecretUnreadable):
        open_connector(connection)


def test_the_preset_of_request_tracker_is_understood() -> None:
    preset = Path(accord.__file__).parent / "metrics" / "presets" / "request_tracker.toml"
    text = preset.read_text("utf-8").replace("<address>", "https://rt.example.com").replace("<account>", "reader")
    assert read_rest(tomllib.loads(text)["settings"])[1] == []
