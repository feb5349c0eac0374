"""Flows in words: whatever stands in a body is read, and nothing in one breaks a page."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.workflow.errors.versions import BodyNotUnderstood
from accord.workflow.forms.flow_designer import ensure_drawable
from accord.workflow.models import Flow
from accord.workflow.queries.conditions_in_words import condition_in_words
from accord.workflow.queries.flow_designer import answer_about
from accord.workflow.queries.flow_outline import flow_outline, sentences
from accord.workflow.tests.flow_designer_builders import branched_flow, flow_to_design
from tests.cast import Cast

pytestmark = pytest.mark.django_db

KINDS = ["start", "branch", "approve", "cc"]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["start", "branch", "approve", "cc"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["nodes", "kind", "key", "name", "zh", "branches", "approvers", "by", "when", "employees"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything inside a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inside for place in places_in(each, (*path, key)))]


def replaced(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(body)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


PLACES = places_in(branched_flow())


@EXAMPLES
@given(body=JSON)
def test_any_json_is_put_into_words(db: None, body: Any) -> None:
    sentences(flow_outline(body))


@pytest.fixture
def flow(cast: Cast) -> Flow:
    return flow_to_design(cast.hrbp_wang).flow


@EXAMPLES
@given(place=st.sampled_from(PLACES[1:]), value=JSON)
def test_a_flow_with_anything_anywhere_is_refused_or_answered(flow: Flow, place: tuple[Any, ...], value: Any) -> None:
    body = replaced(branched_flow(), place, value)
    try:
        ensure_drawable(body)
    except BodyNotUnderstood:
        return
    answer = answer_about(flow, body)
    assert all(problem["text"] for problem in answer["problems"])


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ({"by": "manager"}, "直属上级", "Direct manager"),
        ({"by": "manager", "level": 3}, "第 3 级上级", "Manager at level 3"),
        ({"by": "managers", "up_to": 2}, "逐级上级，至第 2 级", "The line of managers up to level 2"),
        ({"by": "head", "level": 1}, "部门负责人", "Head of the unit"),
        ({"by": "head", "level": 2}, "上 1 级部门负责人", "Head of the unit 1 above"),
        ({"by": "named", "employees": ["A010", "A012"]}, "李经理、小林", "李经理, 小林"),
        ({"by": "role", "role": "executive"}, "高管", "executive"),
        ({"by": "chosen"}, "发起人自选", "Chosen by whoever starts it"),
        ({"by": "unheard of"}, "尚未设置人员", "Nobody is named yet"),
    ],
)
def test_who_is_asked_reads_the_same_in_both_languages(cast: Cast, rule: dict[str, Any], zh: str, en: str) -> None:
    body = {"nodes": [{"kind": "cc", "key": "told", "approvers": [rule]}]}
    for language, expected in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            assert sentences(flow_outline(body)) == {"told": expected}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("days >= 5 and kind = 'sick'", "请假天数 ≥ 5 且 假期类型 = 病假"),
        ("not empty(days) or contains(tags, 'and')", "请假天数 已填写 或 tags 包含 and"),
        ("kind != 'days'", "假期类型 ≠ days"),
        ("person.position in ['甲', '乙']", "岗位 属于 [甲, 乙]"),
    ],
)
def test_a_condition_is_read_out_with_labels(condition: str, words: str) -> None:
    labels = {"days": "请假天数", "kind": "假期类型", "kind=sick": "病假", "person.position": "岗位"}
    with translation.override("zh-hans"):
        assert condition_in_words(condition, labels) == words


def test_the_page_of_a_flow_shows_it_step_by_step(client: Client, cast: Cast) -> None:
    version = flow_to_design(cast.hrbp_wang)
    client.force_login(cast.hrbp_wang.user)
    page = client.get(reverse("workflow:flow", args=[version.flow_id])).content.decode()
    assert "直属上级 · 3 天内，到期提醒" in page
    assert "请假天数 ≥ 5" in page
