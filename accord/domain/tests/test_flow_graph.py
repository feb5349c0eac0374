"""Flows as definitions: what is refused, how they are walked, how two differ. And that all of them end."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.flow_graph import FlowError, FlowGraph, Kind, differences, read_flow
from accord.domain.tests.flow_definitions import definitions

START = {"kind": "start", "key": "start", "step": "start"}
LEAD = {"kind": "approve", "key": "lead", "approvers": [{"by": "manager"}]}
OTHERWISE = {"key": "else", "nodes": []}


def flow(*nodes: Any) -> dict[str, Any]:
    return {"v": 1, "nodes": [START, *nodes]}


def fork(*arms: Any, key: str = "fork") -> dict[str, Any]:
    return {"kind": "branch", "key": key, "branches": list(arms)}


def arm(when: str | None, *nodes: Any, key: str = "a") -> dict[str, Any]:
    return {"key": key, "nodes": list(nodes), **({"when": when} if when else {})}


def problems(body: Any, **known: Any) -> list[tuple[str, str]]:
    """(place, code) of everything that is wrong; every sentence is whole in both languages."""
    try:
        read_flow(body, **known)
    except FlowError as error:
        for problem in error.problems:
            for sentence in (problem.explain("zh-hans"), problem.explain("en")):
                assert sentence
                assert "{" not in sentence.replace("{{", "")
        return [(problem.place, problem.code) for problem in error.problems]
    return []


def with_lead(**settings: Any) -> dict[str, Any]:
    return flow({**LEAD, **settings})


def with_rule(**rule: Any) -> dict[str, Any]:
    return with_lead(approvers=[rule])


@pytest.mark.parametrize(
    ("body", "place", "code"),
    [
        ([], "", "not_an_object"),
        ({"v": 2, "nodes": [START, LEAD]}, "v", "unknown_version"),
        ({"v": 1, "nodes": [START, LEAD], "extra": 1}, "extra", "unknown_setting"),
        ({"v": 1}, "nodes", "not_a_list"),
        ({"v": 1, "nodes": []}, "nodes.0", "no_start"),
        ({"v": 1, "nodes": [LEAD]}, "nodes.0", "no_start"),
        (flow(), "nodes", "nothing_follows"),
        (flow(LEAD, {**START, "key": "again"}), "nodes.2", "second_start"),
        (
            flow(LEAD, fork(arm("x < 1", {**START, "key": "again"}), OTHERWISE)),
            "nodes.2.branches.0.nodes.0",
            "second_start",
        ),
        (flow("lead"), "nodes.1", "not_an_object"),
        (flow({"kind": "loop", "key": "a"}), "nodes.1.kind", "unknown_kind"),
        (flow({"kind": ["approve"], "key": "a"}), "nodes.1.kind", "unknown_kind"),
        (flow(LEAD, LEAD), "nodes.2.key", "duplicate_key"),
        (with_lead(key="Lead"), "nodes.1.key", "bad_key"),
        (with_lead(key="a" * 41), "nodes.1.key", "bad_key"),
        (with_lead(colour="red"), "nodes.1.colour", "unknown_setting"),
        (with_lead(name={"en": "Lead"}), "nodes.1.name", "bad_text"),
        (with_lead(name="主管"), "nodes.1.name", "bad_text"),
        (with_lead(name={"zh": "长" * 201}), "nodes.1.name", "bad_text"),
        (with_lead(approvers=[]), "nodes.1.approvers", "no_approvers"),
        (with_lead(approvers=[{"by": "manager"}] * 31), "nodes.1.approvers", "too_many_approvers"),
        (flow({"kind": "sign", "key": "s", "days": 7, "approvers": None}), "nodes.1.approvers", "no_approvers"),
        (with_rule(by="oracle"), "nodes.1.approvers.0", "unknown_rule"),
        (with_rule(by="manager", level=0), "nodes.1.approvers.0.level", "bad_number"),
        (with_rule(by="manager", level=True), "nodes.1.approvers.0.level", "bad_number"),
        (with_rule(by="managers"), "nodes.1.approvers.0.up_to", "bad_number"),
        (with_rule(by="named", employees=[]), "nodes.1.approvers.0.employees", "nobody_named"),
        (
            with_rule(by="named", employees=[f"A{n}" for n in range(101)]),
            "nodes.1.approvers.0.employees",
            "too_many_named",
        ),
        (with_rule(by="role"), "nodes.1.approvers.0.role", "unknown_role"),
        (with_rule(by="chosen", min=3, max=2), "nodes.1.approvers.0", "bad_bounds"),
        (with_rule(by="hrbp", level=2), "nodes.1.approvers.0.level", "unknown_setting"),
        (with_lead(mode="dice"), "nodes.1.mode", "bad_choice"),
        (with_lead(mode="share"), "nodes.1.share", "bad_number"),
        (with_lead(mode="share", share=0), "nodes.1.share", "bad_number"),
        (with_lead(mode="share", share=101), "nodes.1.share", "bad_number"),
        (with_lead(empty="pass"), "nodes.1.empty", "not_an_object"),
        (with_lead(empty={"then": "wait"}), "nodes.1.empty.then", "bad_choice"),
        (with_lead(empty={"then": "named"}), "nodes.1.empty.employees", "nobody_named"),
        (with_lead(deadline={"days": 0, "then": "remind"}), "nodes.1.deadline.days", "bad_number"),
        (with_lead(deadline={"days": 1, "then": "panic"}), "nodes.1.deadline.then", "bad_choice"),
        (with_lead(may=["fly"]), "nodes.1.may", "bad_choice"),
        (flow({"kind": "wait", "key": "w"}), "nodes.1.days", "bad_number"),
        (flow({"kind": "fill", "key": "f", "approvers": [{"by": "self"}]}), "nodes.1.step", "no_step"),
        (flow(fork(OTHERWISE)), "nodes.1.branches", "too_few_arms"),
        (flow(fork(arm("x < 1"), OTHERWISE)), "nodes.1.branches", "nothing_in_branch"),
        (flow(fork(arm("x < 1", LEAD), arm("x < 2", key="b"))), "nodes.1.branches", "no_otherwise"),
        (flow(fork(arm(None, LEAD), arm("x < 2", key="b"), OTHERWISE)), "nodes.1.branches.1", "after_otherwise"),
        (flow(fork(arm("x <", LEAD), OTHERWISE)), "nodes.1.branches.0.when", "bad_condition"),
        (flow(fork(arm("9**9**9", LEAD), OTHERWISE)), "nodes.1.branches.0.when", "bad_condition"),
        (flow(fork(arm(7, LEAD), OTHERWISE)), "nodes.1.branches.0.when", "bad_condition"),  # type: ignore[arg-type]
        (flow(fork(arm("false", LEAD), OTHERWISE)), "nodes.1.branches.0.when", "never_true"),
        (flow(fork(arm("1 = 1", LEAD), OTHERWISE)), "nodes.1.branches.1", "never_reached"),
        (flow(fork(arm("x < 6", LEAD), arm(" x<6 ", key="b"), OTHERWISE)), "nodes.1.branches.1.when", "never_reached"),
        (flow(fork(arm("x < 6", LEAD), arm("x < 5", key="b"), OTHERWISE)), "nodes.1.branches.1.when", "never_reached"),
        (flow(fork(arm("x >= 6", LEAD), arm("x > 6", key="b"), OTHERWISE)), "nodes.1.branches.1.when", "never_reached"),
        (flow(fork(arm("x <= 6", LEAD), arm("x = 6", key="b"), OTHERWISE)), "nodes.1.branches.1.when", "never_reached"),
        (flow(fork(arm("x < 1", LEAD), {"key": "a"})), "nodes.1.branches.1.key", "duplicate_key"),
        (flow(*({**LEAD, "key": f"n{n}"} for n in range(100))), "nodes", "too_many_nodes"),
        (flow({**LEAD, "name": {"zh": "长" * 90_000}}), "", "too_large"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(body: Any, place: str, code: str) -> None:
    assert (place, code) in problems(body)


@pytest.mark.parametrize("second", ["x < 7", "x <= 6", "y < 5", "x > 5", "x = 7", "x < 5 or y > 1"])
def test_a_condition_that_may_still_hold_is_left_alone(second: str) -> None:
    assert not problems(flow(fork(arm("x < 6", LEAD), arm(second, key="b"), OTHERWISE)))


def test_everything_is_said_at_once() -> None:
    body = flow({**LEAD, "mode": "dice"}, {"kind": "loop"}, {**LEAD, "approvers": []})
    assert {code for _, code in problems(body)} == {"bad_choice", "unknown_kind", "duplicate_key", "no_approvers"}


def test_what_the_form_does_not_have_cannot_be_used() -> None:
    body = flow(
        {"kind": "fill", "key": "f", "step": "boss", "approvers": [{"by": "self"}]},
        fork(arm("score < 6 and person.position = 'x' and colour = 'red'", LEAD), OTHERWISE),
    )
    known = {"form_steps": ["start", "lead"], "form_fields": ["score"]}
    assert problems(body, **known) == [("nodes.1.step", "unknown_step"), ("nodes.2.branches.0.when", "unknown_name")]
    assert ("nodes.1.step", "no_form") in problems(body, form_steps=(), form_fields=())
    assert not problems(body, form_steps=["start", "boss"], form_fields=["score"], more_names=["colour"])
    assert not problems(body)


def test_branches_in_branches_end_at_a_depth() -> None:
    def nested(depth: int) -> dict[str, Any]:
        inside = nested(depth - 1) if depth else {**LEAD, "key": "deep"}
        return fork(arm("x < 1", inside), OTHERWISE, key=f"f{depth}")

    assert not problems(flow(nested(5)))
    assert "too_deep" in {code for _, code in problems(flow(nested(6)))}


def test_absurdly_nested_json_is_refused() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert problems({"v": 1, "nodes": deep}) == [("", "too_large")]


BRANCHED = flow(
    LEAD,
    fork(
        arm("score < 60", {"kind": "fill", "key": "plan", "step": "lead", "approvers": [{"by": "self"}]}, key="low"),
        arm("score < 80", key="fair"),
        arm(None, {"kind": "cc", "key": "told", "approvers": [{"by": "hrbp"}]}, key="else"),
    ),
    {**LEAD, "key": "boss"},
)


@pytest.mark.parametrize(
    ("values", "node", "taken"),
    [
        ({"score": Decimal(59)}, "plan", "low"),
        ({"score": Decimal(60)}, "boss", "fair"),
        ({"score": Decimal(80)}, "told", "else"),
        ({}, "told", "else"),
        ({"score": "good"}, "told", "else"),
    ],
)
def test_the_first_condition_that_holds_is_taken(values: dict[str, Any], node: str, taken: str) -> None:
    onward = read_flow(BRANCHED).following("lead", values)
    assert onward.node is not None
    assert (onward.node.key, onward.taken) == (node, {"fork": taken})


def test_the_way_back_knows_what_was_passed() -> None:
    graph = read_flow(BRANCHED)
    assert [node.key for node in graph.earlier("boss", {"fork": "low"})] == ["start", "lead", "plan"]
    assert [node.key for node in graph.earlier("boss", {"fork": "else"})] == ["start", "lead"]
    assert graph.earlier("start", {}) == []
    assert graph.names_after("lead") == {"score"}
    assert graph.names_after("plan") == frozenset()


def ways(graph: FlowGraph) -> set[tuple[str, ...]]:
    """Every way from the start to the end, whatever its branches decide."""

    def on(taken: dict[str, str]) -> set[tuple[str, ...]]:
        way = list(graph.way(taken))
        last, decided = way[-1]
        if last.kind != Kind.BRANCH or decided is not None:
            return {tuple(node.key for node, _ in way)}
        return {path for each in last.arms for path in on({**taken, last.key: each.key})}

    return on({})


@settings(max_examples=60)
@given(definitions(depth=2))
def test_every_node_is_reached_and_every_way_ends(body: Any) -> None:
    assert not problems(body)
    graph = read_flow(body)
    nodes = list(graph.walk())
    paths = ways(graph)
    assert {key for path in paths for key in path} == {node.key for node in nodes}
    assert all(len(set(path)) == len(path) <= len(nodes) for path in paths), "nothing is passed twice, so all ends"
    for path in paths:
        for at, key in enumerate(path):
            taken = {
                node.key: each.key for node in nodes for each in node.arms if set(path) & {n.key for n in each.nodes}
            }
            assert {node.key for node in graph.earlier(key, taken)} <= set(path[:at])


@settings(max_examples=60)
@given(definitions(depth=2), st.dictionaries(st.sampled_from("xy"), st.integers(0, 10).map(Decimal)))
def test_walking_on_ends_whatever_the_values(body: Any, values: dict[str, Decimal]) -> None:
    graph = read_flow(body)
    key, steps = graph.start.key, 0
    while (after := graph.following(key, values).node) is not None:
        assert after.kind != Kind.BRANCH
        key, steps = after.key, steps + 1
        assert steps <= 100


WORDS = st.sampled_from(["approve", "branch", "start", "cc", "manager", "n1", "x < 1", "", 0, 7, None, True])
KEYS = st.sampled_from(["kind", "key", "nodes", "branches", "approvers", "by", "when", "v", "mode", "deadline", "days"])


@settings(max_examples=40)
@given(st.recursive(WORDS, lambda some: st.lists(some, max_size=3) | st.dictionaries(KEYS, some), max_leaves=12))
def test_nothing_that_is_fed_in_breaks_the_reader(body: Any) -> None:
    problems(body)
    problems({"v": 1, "nodes": body})
    problems(flow(body))


def said(old: Any, new: Any, language: Any = "zh-hans") -> list[str]:
    return [each.explain(language) for each in differences(read_flow(old), read_flow(new))]


def test_differences_are_told_in_words() -> None:
    new = copy.deepcopy(BRANCHED)
    lead, branch, boss = new["nodes"][1:]
    lead |= {"name": {"zh": "主管 {组长}"}, "deadline": {"days": 3, "then": "pass"}, "mode": "any"}
    branch["branches"][0]["when"] = "score < 50"
    branch["branches"][2]["nodes"] = []
    new["nodes"] = [new["nodes"][0], boss, lead, branch, {"kind": "wait", "key": "cool", "days": 2}]
    assert said(BRANCHED, new) == [
        "节点「审批」换了位置。",
        "「主管 {组长}」的名称由“无”改为“主管 {组长}”。",
        "「主管 {组长}」的多人方式由“会签（须所有人同意）”改为“或签（一人处理即可）”。",
        "「主管 {组长}」的时限由“无”改为“3 天，逾期自动通过”。",
        "「条件分支」的分支“low”的条件由“score < 60”改为“score < 50”。",
        "新增等待节点「等待」。",
        "删除抄送节点「抄送」。",
    ]
    assert said(BRANCHED, new, "en")[0] == "The step “Approval” has moved."
    assert said(BRANCHED, BRANCHED) == []


@settings(max_examples=40)
@given(definitions(depth=1), definitions(depth=1))
def test_any_two_versions_can_be_told_apart(old: Any, new: Any) -> None:
    assert all(each.endswith("。") for each in said(old, new))
    assert said(old, old) == []
