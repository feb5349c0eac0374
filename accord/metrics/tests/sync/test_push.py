"""Rows that programs push: taken once, answered alike, refused with reasons."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accord.metrics.connectors.push import make_token
from accord.metrics.models import Connection, SourceRow, SyncRun
from accord.metrics.services.sync import deliveries
from accord.metrics.tests.sync.builders import connection, landed, mapping, value_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
RULE = {
    "v": 1,
    "who": {"field": "no", "by": "employee_no"},
    "when": {"field": "day"},
    "aggregate": "sum",
    "value": {"field": "amount"},
}
ROW = {"id": 1, "no": "A011", "day": "2026-10-05", "amount": "12.50", "private": "x"}


@pytest.fixture
def token(cast: Cast) -> str:
    token, kept = make_token()
    settings = {"v": 1, "zone": "Asia/Shanghai", "streams": {"rows": {"key": "id"}}}
    made = connection(kind="push", secret=kept, settings=settings, name="CRM")
    mapping(made, RULE, "签约额", stream="rows")
    return token


def push(token: str, sent: Any, key: str | None = "k1", address: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", **({"Idempotency-Key": key} if key else {})}
    body = sent if isinstance(sent, bytes) else json.dumps(sent)
    url = reverse("metrics:push", args=[address or Connection.objects.get().address])
    return Client(enforce_csrf_checks=True).post(url, body, content_type="application/json", headers=headers)


def test_rows_are_taken_once_however_often_they_are_sent(token: str) -> None:
    first = push(token, [ROW, {**ROW, "id": 2, "amount": 0.1}])
    assert (first.status_code, first.json()["created"]) == (200, 2)
    assert str(value_of("A011", "签约额", "2026-W41")) == "12.6"
    assert landed()["rows/1"] == {"no": "A011", "day": "2026-10-05", "amount": "12.50"}
    again = push(token, [ROW, {**ROW, "id": 2, "amount": 0.1}])
    assert again.json() == first.json()
    assert SyncRun.objects.count() == 1
    other = push(token, [{**ROW, "amount": 99}])
    assert (other.status_code, other.json()["error"]["code"]) == (409, "push_key_used")
    assert push(token, {"rows": [{**ROW, "amount": 1}]}, key="k2").json()["changed"] == 1
    assert str(value_of("A011", "签约额", "2026-W41")) == "1.1"


def test_nobody_learns_what_is_at_an_address(token: str) -> None:
    wrong = [push("acp_wrong", [ROW]), push(token, [ROW], address=uuid4()), push("", [ROW])]
    Connection.objects.update(state=Connection.State.PAUSED)
    wrong.append(push(token, [ROW]))
    assert {answer.status_code for answer in wrong} == {401}
    assert len({answer.content for answer in wrong}) == 1
    assert not SourceRow.objects.exists()


def test_a_delivery_with_a_row_that_is_none_is_refused_row_by_row(token: str) -> None:
    answer = push(token, [ROW, 7, None])
    assert answer.status_code == 422
    assert [row["row"] for row in answer.json()["error"]["rows"]] == [2, 3]
    answer = push(token, [ROW, {"no": "A011"}])
    assert [(row["row"], row["code"]) for row in answer.json()["error"]["rows"]] == [(2, "source_row_without_key")]
    assert not SourceRow.objects.exists()
    # A delivery that was refused has not used its key up.
    assert push(token, [ROW]).status_code == 200


def test_a_row_that_cannot_count_is_named_and_the_others_are_taken(token: str) -> None:
    answer = push(token, [ROW, {**ROW, "id": 2, "amount": "a lot"}]).json()
    assert (answer["created"], answer["refused"]) == (2, 1)
    assert answer["refusals"][0]["key"] == "2"
    assert answer["refusals"][0]["code"] == "number_unreadable"
    assert "a lot" in answer["refusals"][0]["message"]


@pytest.mark.parametrize(
    ("sent", "key", "status", "code"),
    [
        (b"{", "k", 400, "push_not_understood"),
        (b"[" * 100_000, "k", 400, "push_not_understood"),
        (b'"rows"', "k", 400, "push_not_understood"),
        ([ROW], None, 422, "push_key_missing"),
        ([ROW], "k" * 101, 422, "push_key_missing"),
        ([ROW] * 11, "k", 413, "push_too_large"),
        (b" " * 3_000, "k", 413, "push_too_large"),
        ({"rows": [ROW], "stream": "others"}, "k", 422, "source_stream_unknown"),
    ],
)
def test_a_delivery_that_cannot_be_taken_says_why(
    token: str, monkeypatch: Any, sent: Any, key: str | None, status: int, code: str
) -> None:
    monkeypatch.setattr(deliveries, "MOST_ROWS", 10)
    if isinstance(sent, bytes) and sent.startswith(b" "):
        monkeypatch.setattr("accord.metrics.views.push.MOST_BYTES", 2_000)
    answer = push(token, sent, key)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_while_no_rule_uses_it_a_row_is_kept_whole_to_choose_from(token: str) -> None:
    Connection.objects.get().mappings.all().delete()
    push(token, [ROW])
    assert landed()["rows/1"]["private"] == "x"
    assert Connection.objects.get().cursor["rows"]["fields"] == ["amount", "day", "id", "no", "private"]


def test_half_characters_are_kept_as_question_marks(token: str) -> None:
    assert push(token, b'[{"id": "\\ud800", "no": "A011\\ud800", "day": "2026-10-05", "amount": 1}]').status_code == 200
    assert landed()["rows/?"]["no"] == "A011?"
    assert push(token, b'{"stream": "\\ud800", "rows": []}', key="k2").status_code == 400


def test_names_of_fields_that_nothing_can_keep_are_left_out(cast: Cast) -> None:
    token, kept = make_token()
    connection(kind="push", secret=kept, settings={"v": 1, "streams": {"rows": {"key": "id"}}}, name="CRM")
    sent = [{"id": 1, "金额": 2, "x" * 1000: 1}]
    assert push(token, sent).status_code == 200
    assert push(token, b'[{"id": 2, "\\ud800": 1}]', key="k2").status_code == 200
    assert landed()["rows/1"] == {"id": "1", "金额": "2"}
