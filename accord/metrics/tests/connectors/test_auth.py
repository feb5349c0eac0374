"""Who we say we are; and that nobody else ever hears it."""

from __future__ import annotations

import base64
import logging
import pickle
from typing import Any
from urllib.parse import parse_qsl

import pytest

from accord.metrics.connectors.secrets import Secret, decrypt, encrypt
from accord.metrics.errors.connectors import SecretUnreadable, SignInRefused, SourceFailed
from accord.metrics.tests.connectors.hostile import Asked, Reply, serving
from accord.metrics.tests.connectors.sources import KEY, keys, opened, read_all, simple_settings

ROWS = {"rows": [{"id": 1, "name": "甲"}]}
BASIC = "Basic " + base64.b64encode(f"reader:{KEY}".encode()).decode()

PLAIN = [
    ({"kind": "none"}, None),
    ({"kind": "header", "name": "X-Api-Key"}, ("X-Api-Key", KEY)),
    ({"kind": "header", "name": "Authorization", "scheme": "Token"}, ("Authorization", f"Token {KEY}")),
    ({"kind": "token"}, ("Authorization", f"Bearer {KEY}")),
    ({"kind": "token", "scheme": "token"}, ("Authorization", f"token {KEY}")),
    ({"kind": "basic", "user": "reader"}, ("Authorization", BASIC)),
]


def settings_with(base: str, auth: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**simple_settings(base, **changes), "auth": auth}


@pytest.mark.parametrize(("auth", "header"), PLAIN)
def test_the_secret_stands_where_the_source_wants_it(auth: dict[str, str], header: tuple[str, str] | None) -> None:
    with serving(lambda asked: Reply(ROWS)) as server:
        read_all(opened(server, settings_with(server.base, auth)))
        sent = server.asked[0].headers
    if header:
        assert sent[header[0]] == header[1]
    assert (KEY in str(sent) or BASIC in str(sent)) == (header is not None)


def test_a_key_may_be_a_parameter() -> None:
    with serving(lambda asked: Reply(ROWS)) as server:
        read_all(opened(server, settings_with(server.base, {"kind": "query", "name": "key"}, params={"a": "b"})))
        assert server.asked[0].query == {"a": "b", "key": KEY}


class TokenGiver:
    """Hands out tokens that are good for so many questions."""

    def __init__(self, uses: int) -> None:
        self.uses = self.left = uses
        self.given = 0

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/token":
            self.given += 1
            self.left = self.uses
            return Reply({"access_token": f"T{self.given}-{KEY}", "data": {"key": f"T{self.given}-{KEY}"}})
        self.left -= 1
        if self.left < 0 or asked.headers.get("Authorization") != f"Bearer T{self.given}-{KEY}":
            return Reply(b"", 401)
        page = int(asked.query["page"])
        return Reply({"rows": [{"id": page, "name": "甲"}] if page < 6 else []})


def test_a_token_is_fetched_once_and_again_when_it_has_run_out() -> None:
    giver = TokenGiver(uses=4)
    auth = {"kind": "oauth2", "token_url": "/token", "client_id": "reader", "scope": "rows"}
    with serving(giver) as server:
        rows, _cursor = read_all(opened(server, settings_with(server.base, auth, paging={"kind": "page"})))
        asked = next(each for each in server.asked if each.path == "/token")
    assert keys(rows) == ["1", "2", "3", "4", "5"]
    assert giver.given == 2
    assert asked.headers["Authorization"] == BASIC
    assert dict(parse_qsl(asked.body.decode())) == {"grant_type": "client_credentials", "scope": "rows"}


def test_a_token_may_be_had_by_signing_in_with_json() -> None:
    giver = TokenGiver(uses=9)
    auth = {"kind": "login", "path": "/token", "body": {"app": "a1", "secret": "{secret}"}, "token": "data.key"}
    with serving(giver) as server:
        rows, _cursor = read_all(opened(server, settings_with(server.base, auth, paging={"kind": "page"})))
        assert server.asked[0].body == b'{"app":"a1","secret":"%s"}' % KEY.encode()
    assert len(rows) == 5


def test_a_token_that_is_refused_at_once_is_not_fetched_for_ever() -> None:
    giver = TokenGiver(uses=0)
    auth = {"kind": "oauth2", "token_url": "/token", "client_id": "reader"}
    with serving(giver) as server, pytest.raises(SignInRefused):
        read_all(opened(server, settings_with(server.base, auth, paging={"kind": "page"})))
    assert giver.given == 2


EVERY_KIND = [auth for auth, _header in PLAIN[1:]] + [
    {"kind": "query", "name": "key"},
    {"kind": "oauth2", "token_url": "/token", "client_id": "reader"},
    {"kind": "login", "path": "/token", "body": {"secret": "{secret}"}},
]


@pytest.mark.parametrize("auth", EVERY_KIND)
@pytest.mark.parametrize("status", [200, 401, 500])
def test_no_log_no_error_and_no_debugger_ever_shows_it(
    auth: dict[str, Any], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def answer(asked: Asked) -> Reply:
        return Reply({"access_token": f"T-{KEY}"}) if asked.path == "/token" else Reply(ROWS, status)

    with serving(answer) as server:
        connector = opened(server, settings_with(server.base, auth))
        told = repr(vars(connector)) + repr(vars(connector._exchange._signer))
        try:
            connector.sample("rows")
        except SourceFailed as error:
            told += f"{error!r} {error} {error.advice()} {error.as_json()} {error.values}"
        told += repr(vars(connector._exchange._signer))
    assert "HTTP Request" in caplog.text
    for said in (caplog.text, told):
        assert KEY not in said
        assert BASIC.partition(" ")[2] not in said


def test_a_secret_shows_dots_and_cannot_be_written_anywhere() -> None:
    secret = Secret(KEY)
    assert KEY not in f"{secret} {secret!r} {[secret]}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_stored_secrets_open_with_the_key_of_the_installation_or_one_before(settings: Any) -> None:
    settings.SECRET_KEY = "first"
    stored = encrypt(KEY)
    assert KEY not in stored
    assert decrypt(stored).reveal() == KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second", ["first"]
    assert decrypt(stored).reveal() == KEY
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SecretUnreadable):
        decrypt(stored)


def test_no_secret_stays_no_secret() -> None:
    assert encrypt("") == ""
    assert not decrypt("")
