"""The pages of assessment models: designers design, those who are assessed read, nobody else knows of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.goals.models import Agreement, AssessmentModelVersion
from accord.goals.tests.agree.builders import quarter
from accord.goals.tests.model.builders import body, draft, item, metric, model, published, two_items
from accord.people.models import Employee, Position
from accord.workflow.services.versions import create_definition, new_draft, retire, save_draft
from tests.cast import Cast
from tests.ladder import Ladder

DESIGNERS = ("hrbp_wang", "administrator")
OTHERS = ("xiaozhang", "manager_li", "executive_chen", "auditor", "stranger")


def client_of(person: Employee) -> Client:
    client = Client(headers={"accept": "application/json"})
    assert person.user
    client.force_login(person.user)
    return client


def page_of(person: Employee, name: str, *args: int, **query: str) -> str:
    client = Client()
    assert person.user
    client.force_login(person.user)
    return client.get(reverse(name, args=args), query).content.decode()


class _Draft(Ladder):
    """A page about a draft, for those who design."""

    may_open = DESIGNERS
    hidden_from = OTHERS

    def make(self, cast: Cast) -> Any:
        return draft(model(cast.hrbp_wang))

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class _Definition(_Draft):
    def make(self, cast: Cast) -> Any:
        return model(cast.hrbp_wang)


class TestModel(_Definition):
    url_name = "goals:model"

    def opened(self, response: Any, cast: Cast) -> None:
        assert "销售代表" in response.content.decode()


class TestSettings(_Definition):
    url_name = "goals:model_settings"
    wrong_verbs = ("delete",)


class TestDifference(_Draft):
    url_name = "goals:model_version_difference"


class TestDesigner(_Draft):
    url_name = "goals:model_designer"


class TestExport(_Draft):
    url_name = "goals:model_designer_export"


class TestSimulation(_Draft):
    url_name = "goals:model_simulation"


class TestAssign(_Draft):
    url_name = "goals:model_assign"
    wrong_verbs = ("delete",)

    def make(self, cast: Cast) -> Any:
        return published(cast.hrbp_wang)


class _Post(_Draft):
    method = "post"
    may_open = ("hrbp_wang",)


class TestNewVersion(_Post):
    url_name = "goals:model_new_version"

    def make(self, cast: Cast) -> Any:
        return published(cast.hrbp_wang).assessment_model


class TestPublish(_Post):
    url_name = "goals:model_version_publish"


class TestDiscard(_Post):
    url_name = "goals:model_version_discard"


class TestSubmit(_Post):
    url_name = "goals:model_version_submit"
    # Nothing is set that it could go through.
    works_with = (409,)


class TestRetire(_Post):
    url_name = "goals:model_version_retire"

    def make(self, cast: Cast) -> Any:
        return published(cast.hrbp_wang)


class TestRestore(_Post):
    url_name = "goals:model_version_restore"

    def make(self, cast: Cast) -> Any:
        version = published(cast.hrbp_wang)
        retire(version, cast.hrbp_wang)
        return version


class _Sent(_Post):
    """What the island posts is JSON; a form post is refused in a sentence to those who may."""

    works_with = (400, 422)


class TestSave(_Sent):
    url_name = "goals:model_designer_save"


class TestCheck(_Sent):
    url_name = "goals:model_designer_check"


class TestMetrics(_Sent):
    url_name = "goals:model_designer_metrics"


class TestEven(_Sent):
    url_name = "goals:model_designer_even"


class TestReplace(_Post):
    url_name = "goals:model_designer_replace"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"text": json.dumps(two_items()), "revision": 1}


class TestShown(Ladder):
    url_name = "goals:model_shown"
    may_open = ("xiaozhang", "colleague", "manager_li", "hrbp_wang", "executive_chen", "administrator")
    hidden_from = ("stranger", "stranger_manager", "auditor")

    def make(self, cast: Cast) -> Any:
        said = two_items()
        said["dimensions"][0]["items"][0]["author"] = "A012"
        return published(cast.hrbp_wang, said)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]

    def opened(self, response: Any, cast: Cast) -> None:
        page = response.content.decode()
        assert all(words in page for words in ("签约额", "60%", "小林", "score-curve"))


def test_a_draft_is_shown_to_nobody_before_it_is_published(cast: Cast) -> None:
    version = draft(model(cast.hrbp_wang))
    assert client_of(cast.xiaozhang).get(reverse("goals:model_shown", args=[version.pk])).status_code == 404
    assert "签约额" not in page_of(cast.xiaozhang, "goals:models")


def test_the_tab_shows_each_what_concerns_them(cast: Cast) -> None:
    published(cast.hrbp_wang)
    assert "签约额" in page_of(cast.xiaozhang, "goals:models")
    assert "销售代表考核模型" in page_of(cast.manager_li, "goals:models")
    stranger = page_of(cast.stranger, "goals:models")
    assert "销售代表考核模型" not in stranger
    assert "您的岗位还没有考核模型" in stranger
    assert reverse("goals:new_model") in page_of(cast.hrbp_wang, "goals:models")


def test_an_empty_list_says_how_to_begin(cast: Cast) -> None:
    assert "还没有考核模型" in page_of(cast.hrbp_wang, "goals:models")


def test_the_list_costs_the_same_for_ten_and_twenty(cast: Cast) -> None:
    client = client_of(cast.hrbp_wang)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("goals:models"))
        return len(asked)

    for at in range(10):
        create_definition("model", f"模型{at}", cast.hrbp_wang)
    few = statements()
    for at in range(10, 20):
        create_definition("model", f"模型{at}", cast.hrbp_wang)
    assert statements() == few


def test_a_model_is_made_for_positions_that_have_none(cast: Cast) -> None:
    client, position = client_of(cast.hrbp_wang), Position.objects.get(name="技术支持")
    made = client.post(reverse("goals:new_model"), {"name": "技术支持考核模型", "positions": [position.pk]})
    assert made.status_code == 302
    again = client.post(reverse("goals:new_model"), {"name": "又一个", "positions": [position.pk]})
    assert again.status_code == 422
    assert "技术支持考核模型" in again.content.decode()


def post(client: Client, name: str, version: AssessmentModelVersion, **sent: Any) -> Any:
    return client.post(
        reverse(f"goals:model_designer_{name}", args=[version.pk]), sent, content_type="application/json"
    )


def test_saving_tells_what_is_to_be_mended_where_it_is(cast: Cast) -> None:
    version, client = draft(model(cast.hrbp_wang)), client_of(cast.hrbp_wang)
    faulty = two_items()
    faulty["dimensions"][0]["items"][1]["target"] = ""
    answer = post(client, "save", version, body=faulty, revision=1).json()
    assert answer["revision"] == 2
    assert [(each["place"], each["sentence"]) for each in answer["problems"]] == [
        ("dimensions[0].items[1].target", "请填写目标值。")
    ]
    assert AssessmentModelVersion.objects.get(pk=version.pk).body == faulty


def test_of_two_people_who_save_the_second_is_told_what_the_first_changed(cast: Cast) -> None:
    version = draft(model(cast.hrbp_wang))
    theirs = two_items()
    theirs["dimensions"][0]["items"][0]["target"] = "30"
    save_draft(version, theirs, 1, cast.administrator)
    refused = post(client_of(cast.hrbp_wang), "save", version, body=two_items(), revision=1)
    assert refused.status_code == 409
    conflict = refused.json()["conflict"]
    assert (conflict["by"], conflict["differences"]) == ("郑管理员", ["“签约额”的目标值由 24 改为 30。"])


def test_the_curve_follows_the_parameters_without_anything_being_kept(cast: Cast) -> None:
    version, client = draft(model(cast.hrbp_wang)), client_of(cast.hrbp_wang)
    which = metric("签约额")

    def best(**params: str) -> float:
        answer = post(client, "check", version, body=body(item(which, params=params))).json()
        return max(score for _actual, score in answer["curves"][str(which.pk)]["points"])

    assert best() == 120
    assert best(cap="150") == 150
    impossible = post(client, "check", version, body=body(item(which, target="0"))).json()
    assert impossible["curves"] == {}
    assert impossible["problems"][0]["place"] == "dimensions[0].items[0].target"
    # What weighs nothing yet still has a curve.
    assert post(client, "check", version, body=body(item(which, weight=""))).json()["curves"]
    assert AssessmentModelVersion.objects.get(pk=version.pk).revision == 1


def test_weights_are_evened_out_within_their_ranges(cast: Cast) -> None:
    version, client = draft(model(cast.hrbp_wang)), client_of(cast.hrbp_wang)
    one, two = metric("签约额"), metric("回款率")
    answer = post(client, "even", version, body=body(item(one, "0.5", weight_max="0.4"), item(two, "0.3"))).json()
    assert answer["weights"] == {str(one.pk): "0.4", str(two.pk): "0.6"}
    tight = body(item(one, "0.5", weight_max="0.4"), item(two, "0.3", weight_max="0.4"))
    assert post(client, "even", version, body=tight).json()["weights"] is None


def test_the_library_is_searched_and_what_is_retired_is_left_out(cast: Cast) -> None:
    version, client = draft(model(cast.hrbp_wang)), client_of(cast.hrbp_wang)
    metric("签约客户数", is_active=False)
    found = post(client, "metrics", version, search="签约").json()["metrics"]
    assert [each["name"] for each in found] == ["签约额"]
    assert post(client, "metrics", version, search=7).status_code == 400


@pytest.mark.parametrize(
    "broken",
    [
        {"v": 1},
        {"v": 1, "dimensions": [3]},
        {"v": 1, "dimensions": [{"key": "a", "name": "x", "items": []}]},
        {"v": 1, "dimensions": [{"key": "a", "name": {}, "items": [{"metric": "1"}]}]},
        {"v": 1, "dimensions": [{"key": "a", "name": {}, "items": [{"metric": 1, "params": {"bands": [1]}}]}]},
        {"v": 1, "dimensions": [{"key": "a", "name": {}, "items": []}] * 2},
    ],
)
def test_what_could_not_be_drawn_is_refused_in_a_sentence(cast: Cast, broken: dict[str, Any]) -> None:
    version, client = draft(model(cast.hrbp_wang)), client_of(cast.hrbp_wang)
    refused = post(client, "save", version, body=broken, revision=1)
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == "definition_not_understood"
    by_hand = client.post(
        reverse("goals:model_designer_replace", args=[version.pk]), {"text": json.dumps(broken), "revision": 1}
    )
    assert by_hand.status_code == 422
    assert AssessmentModelVersion.objects.get(pk=version.pk).revision == 1


def test_a_faulty_draft_can_be_opened_and_says_so(cast: Cast) -> None:
    version = draft(model(cast.hrbp_wang, body(item(metric("签约额"), "0.4", method="nothing"))))
    assert "发布前需要处理" in page_of(cast.hrbp_wang, "goals:model_designer", version.pk)
    assert "试算前需要处理" in page_of(cast.hrbp_wang, "goals:model_simulation", version.pk, cycle=quarter().name)


def test_what_was_published_is_read_only_in_the_designer(cast: Cast) -> None:
    version = published(cast.hrbp_wang)
    assert '"editable": false' in page_of(cast.hrbp_wang, "goals:model_designer", version.pk)
    refused = post(client_of(cast.hrbp_wang), "save", version, body=two_items(), revision=1)
    assert refused.status_code == 409


def test_everybody_is_chosen_at_first_and_strangers_ids_are_left_out(cast: Cast) -> None:
    version, cycle = published(cast.hrbp_wang), quarter()
    page = page_of(cast.hrbp_wang, "goals:model_assign", version.pk)
    assert page.count(" checked") == 2
    client = client_of(cast.hrbp_wang)
    address = reverse("goals:model_assign", args=[version.pk])
    chosen = {"cycle": cycle.pk, "csrfmiddlewaretoken": "-", "people": [cast.xiaozhang.pk, cast.stranger.pk, "x"]}
    assert "新起草" in client.post(address, chosen).content.decode()
    assert list(Agreement.objects.values_list("employee__name", flat=True)) == ["小张"]
    nobody = client.post(address, {"cycle": cycle.pk, "csrfmiddlewaretoken": "-"})
    assert nobody.status_code == 422
    assert "请至少选择一位" in nobody.content.decode()


def test_an_administrator_drafts_for_nobody(cast: Cast) -> None:
    version = published(cast.hrbp_wang)
    quarter()
    assert "小张" not in page_of(cast.administrator, "goals:model_assign", version.pk)


def test_a_newer_draft_does_not_change_what_people_read(cast: Cast) -> None:
    version = published(cast.hrbp_wang)
    save_draft(new_draft(version.assessment_model, cast.hrbp_wang), body(item(metric("拜访数"))), 0, cast.hrbp_wang)
    assert "拜访数" not in page_of(cast.xiaozhang, "goals:models")
