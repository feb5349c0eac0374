"""Signed messages and links: known answers, and that nothing else passes."""

from __future__ import annotations

import base64
import hmac
import json
from hashlib import sha256

import pytest

from accord.domain.signatures import LINK_SECONDS, TOLERANCE_SECONDS, is_signed, link_token, sign

BODY, SECRET, NOW = b'{"id": "1"}', "geheim", 1_764_403_200


def test_a_signature_is_an_hmac_over_time_and_body() -> None:
    expected = hmac.new(b"geheim", b'1764403200.{"id": "1"}', sha256).hexdigest()
    assert sign(BODY, SECRET, NOW) == f"t=1764403200,v1={expected}"


@pytest.mark.parametrize("late", [-TOLERANCE_SECONDS, 0, TOLERANCE_SECONDS])
def test_it_is_good_for_five_minutes_either_way(late: int) -> None:
    assert is_signed(BODY, sign(BODY, SECRET, NOW), SECRET, NOW + late)


@pytest.mark.parametrize(
    ("body", "signature", "secret", "now"),
    [
        (b'{"id": "2"}', sign(BODY, SECRET, NOW), SECRET, NOW),
        (BODY, sign(BODY, "other", NOW), SECRET, NOW),
        (BODY, sign(BODY, "", NOW), "", NOW),
        (BODY, sign(BODY, SECRET, NOW), SECRET, NOW + TOLERANCE_SECONDS + 1),
        (BODY, sign(BODY, SECRET, NOW).replace("t=1764403200", "t=1764403201"), SECRET, NOW),
        (BODY, "", SECRET, NOW),
        (BODY, "t=１,v1=" + "0" * 64, SECRET, NOW),
        (BODY, "t=1,v1=" + "é" * 64, SECRET, NOW),
    ],
)
def test_nothing_else_passes(body: bytes, signature: str, secret: str, now: int) -> None:
    assert not is_signed(body, signature, secret, now)


def test_a_link_holds_a_token_that_any_reader_of_such_tokens_understands() -> None:
    head, claims, signed = link_token({"sub": "E1", "name": "张三"}, SECRET, NOW).split(".")
    assert _read(head) == {"alg": "HS256", "typ": "JWT"}
    assert _read(claims) == {"sub": "E1", "name": "张三", "iat": NOW, "exp": NOW + LINK_SECONDS}
    expected = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), sha256).digest()
    assert base64.urlsafe_b64decode(signed + "==") == expected


def _read(part: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(base64.urlsafe_b64decode(part + "=="))
    return found
