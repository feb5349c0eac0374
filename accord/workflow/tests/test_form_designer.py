"""The form designer's server side: who may, saving over nobody, refusing what is no form, looking, JSON in and out."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accord.workflow.models import FormVersion
from accord.workflow.services.versions import create_definition, draft_of, publish, save_draft
from tests.cast import Cast
from tests.ladder import Ladder

TEXT = {"key": "summary", "kind": "text", "label": {"zh": "一句话总结", "en": "In one sentence"}, "required": True}
SCORE = {
    "key": "score",
    "kind": "rating",
    "label": {"zh": "自评"},
    "anchors": [{"value": value, "label": {"zh": f"{value} 分"}} for value in (1, 2, 3)],
}
WHY = {"key": "why", "kind": "long_text", "label": {"zh": "卡在哪里"}, "visible_if": "score < 2"}
START, LEAD = {"key": "start", "label": {"zh": "填写人"}}, {"key": "lead", "label": {"zh": "主管"}}


def body(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"v": 1, "title": {"zh": "月度进展"}, "steps": [START, LEAD], "fields": list(fields), **more}


def draft(cast: Cast) -> FormVersion:
    made = draft_of(create_definition("form", "月度进展", cast.hrbp_wang))
    save_draft(made, body(TEXT, SCORE, WHY), 0, cast.hrbp_wang)
    made.refresh_from_db()
    return made


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    return draft(cast)


@pytest.fixture
def wang(client: Client, cast: Cast) -> Client:
    client.force_login(cast.hrbp_wang.user)
    return client


def post(client: Client, version: FormVersion, what: str, sent: Any) -> HttpResponse:
    content = sent if isinstance(sent, str | bytes) else json.dumps(sent)
    address = reverse(f"workflow:form_designer_{what}", args=[version.pk])
    return client.post(address, content, content_type="application/json", headers={"Accept": "application/json"})


def error_of(response: HttpResponse) -> str:
    return str(json.loads(response.content)["error"]["message"])


class _Designer(Ladder):
    may_open = ("hrbp_wang", "administrator")
    hidden_from = ("xiaozhang", "manager_li", "executive_chen", "auditor", "stranger")

    def make(self, cast: Cast) -> FormVersion:
        return draft(cast)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestDesigner(_Designer):
    url_name = "workflow:form_designer"

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        page = response.content.decode()
        # Without a script: the fields to read, and the definition to change.
        assert "一句话总结" in page
        assert 'name="text"' in page


class TestExport(_Designer):
    url_name = "workflow:form_designer_export"

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert json.loads(response.content) == self.thing.body
        assert "-v1.json" in response["Content-Disposition"]


class _Posted(_Designer):
    method = "post"

    def _ask(self, name: str | None, cast: Cast, verb: str | None = None, args: Any = None) -> HttpResponse:
        client = Client()
        if name:
            client.force_login(getattr(cast, name).user)
        address = reverse(self.url_name, args=self.args(cast) if args is None else args)
        if verb:
            return getattr(client, verb)(address)
        sent = {"body": body(TEXT), "revision": FormVersion.objects.get(pk=self.thing.pk).revision, "step": "start"}
        return client.post(address, sent, content_type="application/json")


class TestSave(_Posted):
    url_name = "workflow:form_designer_save"


class TestCheck(_Posted):
    url_name = "workflow:form_designer_check"


class TestPreview(_Posted):
    url_name = "workflow:form_designer_preview"


class TestReplace(_Designer):
    url_name = "workflow:form_designer_replace"
    method = "post"

    def payload(self, cast: Cast) -> dict[str, Any]:
        revision = FormVersion.objects.get(pk=self.thing.pk).revision
        return {"text": json.dumps(body(TEXT)), "revision": revision}


def test_saving_keeps_the_form_and_answers_what_it_costs(wang: Client, version: FormVersion, cast: Cast) -> None:
    answer = post(wang, version, "save", {"body": body(TEXT, SCORE), "revision": version.revision}).json()
    version.refresh_from_db()
    assert [field["key"] for field in version.body["fields"]] == ["summary", "score"]
    assert version.saved_by == cast.hrbp_wang
    assert answer["revision"] == version.revision
    assert (answer["seconds"], answer["budget"]) == (version.predicted_seconds, 300)
    assert set(answer["shares"]) == {"summary", "score"}
    assert answer["problems"] == []


def test_who_saves_too_late_is_told_who_when_and_what_differs(wang: Client, version: FormVersion, cast: Cast) -> None:
    save_draft(version, body({**TEXT, "required": False}, SCORE), version.revision, cast.administrator)
    response = post(wang, version, "save", {"body": body(TEXT, SCORE), "revision": version.revision})
    conflict = response.json()["conflict"]
    assert response.status_code == 409
    assert conflict["by"] == "郑管理员"
    assert "郑管理员" in conflict["sentence"]
    assert conflict["revision"] == version.revision + 1
    assert [field["key"] for field in conflict["body"]["fields"]] == ["summary", "score"]
    assert len(conflict["differences"]) == 1
    assert "一句话总结" in conflict["differences"][0]
    version.refresh_from_db()
    assert version.saved_by == cast.administrator


def test_the_difference_is_in_words_while_something_is_to_be_mended(
    wang: Client, version: FormVersion, cast: Cast
) -> None:
    save_draft(version, body({**TEXT, "required": False}, SCORE), version.revision, cast.administrator)
    mine = body(TEXT, WHY)
    conflict = post(wang, version, "save", {"body": mine, "revision": version.revision}).json()["conflict"]
    assert {word for word in ("一句话总结", "自评", "卡在哪里") if word in "".join(conflict["differences"])} == {
        "一句话总结", "自评", "卡在哪里"
    }  # fmt: skip


def test_a_form_with_something_to_mend_is_kept_and_says_where(wang: Client, version: FormVersion) -> None:
    faulty = body(TEXT, {**WHY, "visible_if": "score <"}, SCORE)
    response = post(wang, version, "save", {"body": faulty, "revision": version.revision})
    answer = response.json()
    assert response.status_code == 200
    assert [problem["field"] for problem in answer["problems"]] == ["why"]
    # The clock goes on with the fields that are sound.
    assert set(answer["shares"]) == {"summary", "score"}
    assert answer["seconds"] > 0


def test_checking_keeps_nothing(wang: Client, version: FormVersion) -> None:
    answer = post(wang, version, "check", {"body": body()}).json()
    assert answer["seconds"] == 0
    version.refresh_from_db()
    assert len(version.body["fields"]) == 3


def test_the_clock_is_that_of_the_step_with_most_to_do(wang: Client, version: FormVersion) -> None:
    by_lead = [{**WHY, "key": key, "visible_if": "", "rights": {"start": "hide", "lead": "edit"}} for key in ("a", "b")]
    for field in by_lead:
        del field["visible_if"]
    answer = post(wang, version, "check", {"body": body(TEXT, *by_lead)}).json()
    assert answer["step"] == "主管"
    assert answer["shares"]["a"] > answer["shares"]["summary"]


@pytest.mark.parametrize("state", ["in_review", "approved", "published", "retired"])
def test_only_drafts_can_be_edited(wang: Client, version: FormVersion, state: str) -> None:
    FormVersion.objects.filter(pk=version.pk).update(state=state)
    page = wang.get(reverse("workflow:form_designer", args=[version.pk])).content.decode()
    assert "只读" in page
    assert 'name="text"' not in page
    response = post(wang, version, "save", {"body": body(TEXT), "revision": version.revision})
    assert response.status_code == 409
    assert "草稿" in error_of(response)
    version.refresh_from_db()
    assert len(version.body["fields"]) == 3


NOT_FORMS = {
    "no_json": b"{",
    "not_utf8": b'{"body": "\xff"}',
    "a_list": b"[]",
    "a_number": b"7",
    "no_body": b"{}",
    "body_is_text": b'{"body": "form"}',
    "revision_is_text": json.dumps({"body": body(), "revision": "1"}),
    "revision_is_true": json.dumps({"body": body(), "revision": True}),
    "revision_is_below_zero": json.dumps({"body": body(), "revision": -1}),
    "step_is_a_list": json.dumps({"body": body(), "step": []}),
    "written_is_a_number": json.dumps({"body": body(), "written": 5}),
    "nested_deeply": b'{"body": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "not_a_number": b'{"body": {"v": NaN}}',
    "beyond_numbers": b'{"body": {"v": 1e999}}',
    "a_long_number": b'{"body": {"v": ' + b"9" * 5_000 + b"}}",
    "half_a_character": b'{"body": {"v": "\\ud800"}}',
    "a_zero_character": json.dumps({"body": body({**TEXT, "label": {"zh": "\0"}})}),
    "fields_is_a_number": json.dumps({"body": {**body(), "fields": 5}}),
    "fields_of_text": json.dumps({"body": {**body(), "fields": ["text"]}}),
    "field_without_key": json.dumps({"body": body({"kind": "text", "label": {"zh": "无"}})}),
    "key_twice": json.dumps({"body": body(TEXT, TEXT)}),
    "key_is_a_list": json.dumps({"body": body({**TEXT, "key": []})}),
    "unknown_kind": json.dumps({"body": body({**TEXT, "kind": "hologram"})}),
    "kind_is_a_list": json.dumps({"body": body({**TEXT, "kind": []})}),
    "options_is_a_number": json.dumps({"body": body({**TEXT, "options": 5})}),
    "no_steps": json.dumps({"body": {**body(), "steps": []}}),
    "no_title": json.dumps({"body": {**body(), "title": None}}),
}


@pytest.mark.parametrize("case", NOT_FORMS)
@pytest.mark.parametrize("what", ["save", "check", "preview"])
def test_what_is_no_form_is_refused_in_a_sentence(wang: Client, version: FormVersion, case: str, what: str) -> None:
    response = post(wang, version, what, NOT_FORMS[case])
    assert response.status_code in (400, 422), response.content[:200]
    assert len(error_of(response)) > 5
    version.refresh_from_db()
    assert version.revision == 1


def test_an_unknown_kind_is_named(wang: Client, version: FormVersion) -> None:
    response = post(wang, version, "check", {"body": body(TEXT, {**SCORE, "kind": "hologram"})})
    assert "第 2 个字段" in error_of(response)
    assert "hologram" in error_of(response)


@pytest.mark.parametrize("size", [300 * 1024, 2 * 1024 * 1024])
def test_a_definition_that_is_too_large_is_refused(wang: Client, version: FormVersion, size: int) -> None:
    response = post(wang, version, "save", {"body": body({**TEXT, "help": {"zh": "x" * size}}), "revision": 1})
    assert response.status_code == 422
    assert "256 KB" in error_of(response)


# What a person could write by hand into any setting: nothing of it may break the page or the server.
STRANGE: tuple[Any, ...] = (None, 5, -1, 1.5, True, "", "x", [], ["x"], {}, {"zh": 5}, {"en": "only"})
PLACES = ("label", "help", "required", "core", "default", "visible_if", "rights", "max_length", "unit", "anchors")


@pytest.mark.parametrize("place", PLACES)
def test_strange_settings_never_break(wang: Client, version: FormVersion, place: str) -> None:
    for kind in ("text", "rating", "table"):
        for value in STRANGE:
            response = post(wang, version, "check", {"body": body({**SCORE, "kind": kind, place: value})})
            assert response.status_code in (200, 422), (kind, value)
    for value in ({}, 5):
        FormVersion.objects.filter(pk=version.pk).update(body=body({**SCORE, place: value}))
        assert wang.get(reverse("workflow:form_designer", args=[version.pk])).status_code == 200


def test_an_empty_draft_can_be_opened(wang: Client, version: FormVersion) -> None:
    FormVersion.objects.filter(pk=version.pk).update(body={})
    assert wang.get(reverse("workflow:form_designer", args=[version.pk])).status_code == 200


def test_the_preview_shows_a_step_what_it_may_see(wang: Client, version: FormVersion) -> None:
    shown = body(TEXT, {**SCORE, "rights": {"start": "hide", "lead": "edit"}})
    as_author = post(wang, version, "preview", {"body": shown, "step": "start"}).json()["html"]
    as_lead = post(wang, version, "preview", {"body": shown, "step": "lead"}).json()["html"]
    assert 'name="summary"' in as_author
    assert 'name="score"' not in as_author
    assert 'name="score"' in as_lead
    assert 'name="summary"' not in as_lead


def test_the_preview_can_be_tried_out(wang: Client, version: FormVersion) -> None:
    asked = {"body": body(TEXT, SCORE, WHY), "step": "start"}
    low = post(wang, version, "preview", {**asked, "written": "has-score=1&score=1"}).json()
    high = post(wang, version, "preview", {**asked, "written": "has-score=1&score=3"}).json()
    assert "why" in low["visible"]
    assert "why" not in high["visible"]


def test_the_preview_of_a_faulty_form_says_what_to_mend_first(wang: Client, version: FormVersion) -> None:
    response = post(wang, version, "preview", {"body": body({**WHY, "visible_if": "nobody = 1"}), "step": "start"})
    assert response.status_code == 422
    assert "nobody" in error_of(response)


def replaced(client: Client, version: FormVersion, **sent: Any) -> HttpResponse:
    return client.post(
        reverse("workflow:form_designer_replace", args=[version.pk]), {"revision": 1, **sent}, follow=True
    )


def test_without_a_script_a_file_goes_before_the_text(wang: Client, version: FormVersion) -> None:
    file = SimpleUploadedFile("月度.json", json.dumps(body(SCORE)).encode())
    assert replaced(wang, version, text=json.dumps(body(TEXT)), file=file).status_code == 200
    version.refresh_from_db()
    assert [field["key"] for field in version.body["fields"]] == ["score"]


@pytest.mark.parametrize("text", ["{", "[]", json.dumps(body(TEXT, TEXT)), "x" * 300_000, ""])
def test_without_a_script_what_is_wrong_stands_beside_the_text(wang: Client, version: FormVersion, text: str) -> None:
    response = replaced(wang, version, text=text)
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    version.refresh_from_db()
    assert version.revision == 1


def test_without_a_script_nobody_is_overwritten_either(wang: Client, version: FormVersion, cast: Cast) -> None:
    save_draft(version, body(SCORE), 1, cast.administrator)
    mine = json.dumps(body(TEXT), ensure_ascii=False)
    response = replaced(wang, version, text=mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "郑管理员" in page
    assert "一句话总结" in page
    version.refresh_from_db()
    assert [field["key"] for field in version.body["fields"]] == ["score"]


def test_what_was_exported_can_be_imported(wang: Client, version: FormVersion) -> None:
    text = wang.get(reverse("workflow:form_designer_export", args=[version.pk])).content.decode()
    replaced(wang, version, text=text)
    again = FormVersion.objects.get(pk=version.pk)
    assert again.body == version.body
    assert again.revision == 2
    publish(again, again.saved_by)
