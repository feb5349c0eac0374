"""What nobody types and somebody sends: each is a refusal or is left aside, never an error page."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accord.foundation.tests.software_key import SoftwareKey
from accord.workflow.models import FlowAct, FlowInstance, FormFill
from accord.workflow.services.documents import make_document
from accord.workflow.services.flow_turns import send_off
from accord.workflow.services.versions import create_definition, draft_of
from accord.workflow.tests.document_builders import document_between
from accord.workflow.tests.flows.builders import approve, started, task_of
from accord.workflow.tests.flows.builders import published as published_flow
from accord.workflow.tests.form_samples import CHECK_IN, SUMMARY, change, field, filled_by
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db

NO_SUCH_DATE = "2026-13-45T00:00:00Z"
DEEP = "[" * 100_000
LONG_NUMBER = "9" * 5_000


def saved_by_script(client: Client, fill: FormFill, message: object) -> int:
    address = reverse("workflow:save_fill", args=[fill.pk])
    sent = message if isinstance(message, str) else json.dumps(message)
    return client.post(address, sent, content_type="application/json").status_code


@pytest.mark.parametrize("text", ["--5", "-", "-٣", "²", LONG_NUMBER])
def test_a_rating_that_is_no_number(cast: Cast, text: str) -> None:
    fill = filled_by(cast.xiaozhang, CHECK_IN)
    message = {"changes": {"mood": change("", text)}, "revision": 0, "window": "a"}
    assert saved_by_script(client_of(cast.xiaozhang), fill, message) == 200


def test_a_page_opened_on_a_day_there_is_not(cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    posted = {"has-summary": "", "summary": "签下三家", "shown": "{}", "opened": NO_SUCH_DATE, "do": "save"}
    assert client_of(cast.xiaozhang).post(reverse("workflow:fill", args=[fill.pk]), posted).status_code == 302
    fill.refresh_from_db()
    assert fill.answers["summary"] == "签下三家"


@pytest.mark.parametrize("do", [f"detach:{LONG_NUMBER}", "detach:²", "settle:a:b", "settle:x:\0:aside", "drop:a:\0"])
def test_a_button_there_is_not(cast: Cast, do: str) -> None:
    fill = filled_by(cast.xiaozhang)
    address = reverse("workflow:fill", args=[fill.pk])
    assert client_of(cast.xiaozhang).post(address, {"do": do}).status_code == 302


@pytest.mark.parametrize("window", ["a\0b", "\ud800", 7, ["x"], None])
def test_a_window_with_a_name_no_database_keeps(cast: Cast, window: object) -> None:
    fill, client = filled_by(cast.xiaozhang), client_of(cast.xiaozhang)
    saved_by_script(client, fill, {"changes": {"summary": change("", "第一个窗口")}, "revision": 0, "window": "a"})
    message = {"changes": {"summary": change("", "第二个窗口")}, "revision": 0, "window": window}
    assert saved_by_script(client, fill, message) == 200


@pytest.mark.parametrize("message", [DEEP, LONG_NUMBER, '{"changes": {"summary": {"after": 1e999}}}', "[]", "\ufeff{}"])
def test_a_save_that_is_no_message(cast: Cast, message: str) -> None:
    assert saved_by_script(client_of(cast.xiaozhang), filled_by(cast.xiaozhang), message) < 500


def test_a_reason_with_a_zero_in_it(cast: Cast) -> None:
    instance = flow_with_form(cast)
    address = reverse("workflow:turn", args=[task_of(cast.manager_li).pk])
    client_of(cast.manager_li).post(address, {"do": "decide", "reason": "同\0意"})
    assert FlowAct.objects.get(instance=instance, kind="agreed").reason == "同意"


@pytest.mark.parametrize("digest", ["%00", "a%00" * 16, "x" * 3000])
def test_a_digest_that_is_none(cast: Cast, digest: str) -> None:
    assert Client().get(f"/workflow/verify/{digest}/").status_code == 404


@pytest.mark.parametrize("answer", [DEEP, LONG_NUMBER, "[]", "7", '"x"', '{"id": "\\u0000"}'])
@pytest.mark.parametrize("name", ["sign", "refuse"])
def test_an_answer_of_a_passkey_that_is_none(cast: Cast, name: str, answer: str) -> None:
    document = document_between(cast)
    SoftwareKey().register_for(cast.xiaozhang.user)
    prefix = {"sign": "signform", "refuse": "refusalform"}[name]
    sent = {"method": "passkey", "answer": answer, "digest": document.digest, "reason": "目标过高"}
    address = reverse(f"workflow:document_{name}", args=[document.pk])
    posted = {f"{prefix}-{key}": value for key, value in sent.items()}
    assert client_of(cast.xiaozhang).post(address, posted).status_code == 422


def twisted_answers() -> list[dict[str, Any]]:
    """Assertions that are well-formed on the outside and broken in one part."""
    key = SoftwareKey()
    good = key.sign(b"x" * 32)
    broken = ["", "AA", base64.urlsafe_b64encode(b"\xff" * 40).decode().rstrip("="), "=", "é", "\0"]
    parts = ("authenticatorData", "clientDataJSON", "signature")
    found = [{**good, "response": {**good["response"], part: each}} for part in parts for each in broken]
    bad_json = base64.urlsafe_b64encode(b'{"type": 1, "challenge": [], "origin": {}}').decode().rstrip("=")
    return [*found, {**good, "response": {**good["response"], "clientDataJSON": bad_json}}, {**good, "rawId": "AA"}]


def test_broken_assertions_are_refused_and_nothing_else(cast: Cast) -> None:
    document = document_between(cast)
    SoftwareKey().register_for(cast.xiaozhang.user)
    address = reverse("workflow:document_sign", args=[document.pk])
    for answer in twisted_answers():
        sent = {"method": "passkey", "answer": json.dumps(answer), "digest": document.digest}
        client = client_of(cast.xiaozhang)
        posted = {f"signform-{key}": value for key, value in sent.items()}
        assert client.post(address, posted).status_code == 422, answer


def test_a_visitor_with_a_broken_passkey_is_not_signed_in(cast: Cast) -> None:
    address = reverse("mfa_login_webauthn")
    for answer in [DEEP, LONG_NUMBER, "[]", "7", "null", *map(json.dumps, twisted_answers())]:
        client = Client()
        client.get(address)
        assert client.post(address, {"credential": answer}).status_code < 500, answer[:80]
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("depth", [40, 200, 400, 900, 5_000])
@pytest.mark.parametrize("kind", ["form", "flow"])
def test_a_definition_as_deep_as_a_well(cast: Cast, kind: str, depth: int) -> None:
    version, client = draft_of(create_definition(kind, "深", cast.hrbp_wang)), client_of(cast.hrbp_wang)
    body: dict[str, Any] = {**version.body, "x": "@"}
    sent = json.dumps({"body": body, "revision": 0}).replace('"@"', "[" * depth + "]" * depth)
    for verb in ("check", "save"):
        address = reverse(f"workflow:{kind}_designer_{verb}", args=[version.pk])
        assert client.post(address, sent, content_type="application/json").status_code < 500
    for page in ("designer", "designer_export"):
        assert client.get(reverse(f"workflow:{kind}_{page}", args=[version.pk])).status_code == 200


def flow_with_form(cast: Cast) -> FlowInstance:
    """小张's form with 李经理, who writes in it."""
    opinion = field("opinion", label="主管意见", rights={"start": "hide", "lead": "edit"})
    fill = filled_by(cast.xiaozhang, (field("summary", label="一句话总结"), opinion))
    version = published_flow(approve("lead", cast.manager_li, step="lead"))
    return send_off(version, cast.xiaozhang, fill, "四月", {})


def test_nothing_of_this_stops_a_flow_without_form(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li))
    address = reverse("workflow:turn", args=[task_of(cast.manager_li).pk])
    assert client_of(cast.manager_li).post(address, {"do": "decide"}).status_code == 302
    assert FlowInstance.objects.get(pk=instance.pk).state == "finished"
    assert SUMMARY["required"]


def test_a_title_of_two_lines(cast: Cast) -> None:
    flow = published_flow(approve("lead", cast.manager_li)).flow
    type(flow).objects.filter(pk=flow.pk).update(is_offered=True)
    client = client_of(cast.xiaozhang)
    client.post(reverse("workflow:start", args=[flow.pk]), {"do": "submit", "title": "April\r\nSet-Cookie: a=b"})
    assert FlowInstance.objects.get().title == "April Set-Cookie: a=b"


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "\u202eabc", '#read("/etc/passwd")$x$`a`<b>@c', "\n" * 3_000, "\U0010ffff"]
)
def test_every_text_can_be_printed(cast: Cast, text: str) -> None:
    document = make_document("agreement", text[:190], text, {"x": [text]}, [(cast.xiaozhang, {"zh": "本人"})])
    answer = client_of(cast.xiaozhang).get(reverse("workflow:document_pdf", args=[document.pk]))
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "days", [("0001-01-01", ""), ("", "9999-12-31"), ("0000-00-00", "x"), ("1970-01-01", "9000-01-01")]
)
def test_days_at_the_end_of_time(cast: Cast, days: tuple[str, str]) -> None:
    asked = dict(zip(("since", "until"), days, strict=True))
    assert client_of(cast.auditor).get(reverse("workflow:archive"), asked).status_code == 200
