"""Rows that are sent to us, and the token that lets them in."""

from __future__ import annotations

from typing import Any

import pytest

from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.push import KIND, is_token, make_token, pushed_rows
from accord.metrics.connectors.secrets import Secret
from accord.metrics.errors.connectors import NothingToFetch, RowWithoutKey, SettingsNotUnderstood, UnknownStream

SETTINGS: dict[str, Any] = {
    "v": 1,
    "streams": {"rows": {"key": "id", "fields": {"who": "who.no"}, "link": "https://shop.example.com/{key}?by={who}"}},
}


def test_a_token_is_stored_as_a_digest_and_known_again() -> None:
    token, stored = make_token()
    assert token not in stored
    assert is_token(token, stored)
    assert not is_token(token[:-1], stored)
    assert not is_token("", "")
    assert make_token()[0] != token


def test_sent_rows_are_read_as_the_settings_say() -> None:
    [row] = pushed_rows(SETTINGS, "rows", [{"id": 7, "who": {"no": "YH 5"}, "more": 1}])
    assert row == {"who": "YH 5", "_key": "7", "_stamp": None, "_link": "https://shop.example.com/7?by=YH%205"}


def test_without_chosen_fields_all_that_was_sent_is_there() -> None:
    settings = {"streams": {"rows": {"key": "id"}}}
    [row] = pushed_rows(settings, "rows", [{"id": 7, "who": {"no": "YH5", "the-name": "甲"}}])
    assert {name for name in row if not name.startswith("_")} == {"id", "who.no", 'who."the-name"'}


def test_what_cannot_be_taken() -> None:
    with pytest.raises(RowWithoutKey):
        pushed_rows(SETTINGS, "rows", [{"who": {}}])
    with pytest.raises(UnknownStream):
        pushed_rows(SETTINGS, "other", [])
    with pytest.raises(SettingsNotUnderstood):
        pushed_rows({"streams": {}}, "rows", [])


def test_there_is_nothing_to_fetch() -> None:
    connector = KIND.open(SETTINGS, Secret(), Guard())
    assert connector.probe().identity == ""
    with pytest.raises(NothingToFetch):
        connector.sample("rows")
    with pytest.raises(NothingToFetch):
        connector.read("rows", {})
    connector.close()
