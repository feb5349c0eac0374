"""The pages of what is designed: for HR and administrators, unknown to all others; each step of a version's life."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.workflow.models import Form, FormVersion
from accord.workflow.services.versions import create_definition, draft_of, new_draft, publish, save_draft
from accord.workflow.tests.test_versions import APPROVAL, LONG, TEXT, form_body
from tests.cast import Cast
from tests.ladder import Ladder

DESIGNERS = ("hrbp_wang", "administrator")
OTHERS = ("xiaozhang", "manager_li", "executive_chen", "auditor", "stranger")


def sound_form(cast: Cast, name: str = "月度进展") -> Form:
    made = create_definition("form", name, cast.hrbp_wang)
    save_draft(draft_of(made), form_body(TEXT), 0, cast.hrbp_wang)
    return made


def sound_flow(cast: Cast) -> Any:
    made = create_definition("flow", "发布审批", cast.hrbp_wang)
    save_draft(draft_of(made), APPROVAL, 0, cast.hrbp_wang)
    return made


class _Design(Ladder):
    may_open = DESIGNERS
    hidden_from = OTHERS

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestForm(_Design):
    url_name = "workflow:form"

    def make(self, cast: Cast) -> Any:
        return sound_form(cast)


class TestFlow(_Design):
    url_name = "workflow:flow"

    def make(self, cast: Cast) -> Any:
        return sound_flow(cast)


class TestFormSettings(TestForm):
    url_name = "workflow:form_settings"
    wrong_verbs = ("delete",)


class TestFlowSettings(TestFlow):
    url_name = "workflow:flow_settings"
    wrong_verbs = ("delete",)


class TestFormDifference(TestForm):
    url_name = "workflow:form_version_difference"

    def make(self, cast: Cast) -> Any:
        made = sound_form(cast)
        publish(draft_of(made), cast.hrbp_wang)
        newer = new_draft(made, cast.hrbp_wang)
        save_draft(newer, form_body({**TEXT, "label": {"zh": "这个月怎么样"}}, LONG[0]), 0, cast.hrbp_wang)
        return newer

    def opened(self, response: Any, cast: Cast) -> None:
        page = response.content.decode()
        assert all(words in page for words in ("一句话总结", "这个月怎么样", "第 0 段"))


class TestFlowDifference(TestFlow):
    url_name = "workflow:flow_version_difference"

    def make(self, cast: Cast) -> Any:
        return draft_of(sound_flow(cast))


class _Act(Ladder):
    method = "post"
    may_open = ("hrbp_wang",)
    hidden_from = OTHERS

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestNewFormVersion(_Act):
    url_name = "workflow:form_new_version"

    def make(self, cast: Cast) -> Any:
        made = sound_form(cast)
        publish(draft_of(made), cast.hrbp_wang)
        return made


class TestNewFlowVersion(_Act):
    url_name = "workflow:flow_new_version"

    def make(self, cast: Cast) -> Any:
        made = sound_flow(cast)
        publish(draft_of(made), cast.hrbp_wang)
        return made


class TestPublishForm(_Act):
    url_name = "workflow:form_version_publish"

    def make(self, cast: Cast) -> Any:
        return draft_of(sound_form(cast))

    def opened(self, response: Any, cast: Cast) -> None:
        assert FormVersion.objects.get(pk=self.thing.pk).state == "published"


class TestPublishFlow(_Act):
    url_name = "workflow:flow_version_publish"

    def make(self, cast: Cast) -> Any:
        return draft_of(sound_flow(cast))


class TestDiscardForm(TestPublishForm):
    url_name = "workflow:form_version_discard"

    def opened(self, response: Any, cast: Cast) -> None:
        assert not FormVersion.objects.filter(pk=self.thing.pk).exists()


class TestDiscardFlow(TestPublishFlow):
    url_name = "workflow:flow_version_discard"


class TestRetireForm(_Act):
    url_name = "workflow:form_version_retire"

    def make(self, cast: Cast) -> Any:
        made = draft_of(sound_form(cast))
        publish(made, cast.hrbp_wang)
        return made


class TestRetireFlow(_Act):
    url_name = "workflow:flow_version_retire"

    def make(self, cast: Cast) -> Any:
        made = draft_of(sound_flow(cast))
        publish(made, cast.hrbp_wang)
        return made


class TestRestoreForm(_Act):
    url_name = "workflow:form_version_restore"

    def make(self, cast: Cast) -> Any:
        made = sound_form(cast)
        first = draft_of(made)
        publish(first, cast.hrbp_wang)
        publish(new_draft(made, cast.hrbp_wang), cast.hrbp_wang)
        return first


class TestRestoreFlow(_Act):
    url_name = "workflow:flow_version_restore"

    def make(self, cast: Cast) -> Any:
        made = sound_flow(cast)
        first = draft_of(made)
        publish(first, cast.hrbp_wang)
        return first


class TestSubmitForm(_Act):
    url_name = "workflow:form_version_submit"

    def make(self, cast: Cast) -> Any:
        made, flow = sound_form(cast), sound_flow(cast)
        publish(draft_of(flow), cast.hrbp_wang)
        Form.objects.filter(pk=made.pk).update(approval_flow=flow)
        return draft_of(made)


class TestSubmitFlow(_Act):
    url_name = "workflow:flow_version_submit"

    def make(self, cast: Cast) -> Any:
        approval, made = sound_flow(cast), sound_flow(cast)
        publish(draft_of(approval), cast.hrbp_wang)
        type(made).objects.filter(pk=made.pk).update(approval_flow=approval)
        return draft_of(made)


@pytest.fixture
def designer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.hrbp_wang.user)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["forms", "flows", "new_form", "new_flow"])
def test_the_lists_are_unknown_to_those_who_do_not_design(cast: Cast, name: str) -> None:
    for who in OTHERS:
        client = Client()
        client.force_login(getattr(cast, who).user)
        assert client.get(reverse(f"workflow:{name}")).status_code == 404


@pytest.mark.django_db
def test_the_list_asks_as_often_for_twenty_as_for_ten(cast: Cast, designer: Client) -> None:
    counts = []
    for first in (0, 10):
        for number in range(first, first + 10):
            made = sound_form(cast, f"表单 {number}")
            publish(draft_of(made), cast.hrbp_wang)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert designer.get(reverse("workflow:forms")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_a_form_is_made_and_its_settings_are_changed(cast: Cast, designer: Client) -> None:
    response = designer.post(reverse("workflow:new_form"), {"name": "周报", "budget_minutes": "5"})
    made = Form.objects.get(name="周报")
    assert response["Location"] == reverse("workflow:form", args=[made.pk])
    assert draft_of(made).number == 1
    designer.post(reverse("workflow:form_settings", args=[made.pk]), {"name": "周进展", "budget_minutes": "3"})
    made.refresh_from_db()
    assert (made.name, made.budget_seconds) == ("周进展", 180)


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", ["0", "-1", "1000", "x", ""])
def test_a_budget_beyond_sense_is_said_beside_the_field(cast: Cast, designer: Client, minutes: str) -> None:
    response = designer.post(reverse("workflow:new_form"), {"name": "周报", "budget_minutes": minutes})
    assert response.status_code == 422
    assert not Form.objects.exists()


@pytest.mark.django_db
def test_publishing_over_the_budget_without_a_reason_is_one_sentence(cast: Cast, designer: Client) -> None:
    made = sound_form(cast)
    save_draft(draft_of(made), form_body(TEXT, *LONG), 1, cast.hrbp_wang)
    address = reverse("workflow:form_version_publish", args=[draft_of(made).pk])
    assert designer.post(address).status_code == 422
    assert designer.post(address, {"reason": "一年一次"}).status_code == 302
