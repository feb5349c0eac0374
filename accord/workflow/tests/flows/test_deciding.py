"""Agreeing and rejecting: who is asked, who decides, and what they are told who come second."""

import pytest

from accord.foundation.models import Event
from accord.workflow.errors.flows import AlreadyDecided, FlowOver, NotYourTask, ReasonNeeded
from accord.workflow.queries.flows import inbox
from accord.workflow.services.flows import agree, agree_many, reject
from accord.workflow.tests.flows.builders import approve, open_at, started, task_of, told, where
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_it_goes_from_one_node_to_the_next_and_ends(cast: Cast) -> None:
    instance = started(
        cast.xiaozhang,
        approve("lead", {"by": "manager"}),
        approve("hr", {"by": "hrbp"}),
        {"kind": "cc", "key": "told", "approvers": [{"by": "manager", "level": 2}]},
    )
    assert where(instance) == ("running", "lead")
    agree(task_of(cast.manager_li), cast.manager_li, "可以")
    assert (where(instance), open_at(instance)) == (("running", "hr"), {"王HRBP"})
    agree(task_of(cast.hrbp_wang), cast.hrbp_wang)
    assert where(instance) == ("finished", "")
    assert task_of(cast.executive_chen).kind == "cc"
    assert told(instance) == [
        ("started", "小张", ""),
        ("agreed", "李经理", "可以"),
        ("agreed", "王HRBP", ""),
        ("finished", None, ""),
    ]
    facts = Event.objects.filter(subject=f"flow_instances:{instance.pk}").order_by("pk").values_list("name", "payload")
    names = [name for name, _ in facts]
    assert names == ["flow.started", "flow.task_done", "flow.task_done", "flow.finished"]
    assert facts[3][1] == {"instance_id": instance.pk, "subject": "", "outcome": "finished"}
    assert "可以" not in str(list(facts)), "what people wrote stands in the history alone"


def test_a_rejection_ends_it_with_its_reason(cast: Cast) -> None:
    instance = started(
        cast.xiaozhang, approve("lead", cast.manager_li, cast.hrbp_wang), approve("late", {"by": "hrbp"})
    )
    with pytest.raises(ReasonNeeded):
        reject(task_of(cast.manager_li), cast.manager_li, "  ")
    reject(task_of(cast.manager_li), cast.manager_li, "预算不足")
    assert (where(instance), open_at(instance)) == (("rejected", "lead"), set())
    assert told(instance)[-1] == ("rejected", "李经理", "预算不足")


def test_whoever_comes_second_is_told_who_was_faster(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("one", cast.manager_li, cast.hrbp_wang, mode="any"))
    first, second = task_of(cast.manager_li), task_of(cast.hrbp_wang)
    agree(first, cast.manager_li)
    for late, actor in ((second, cast.hrbp_wang), (first, cast.manager_li)):
        with pytest.raises(AlreadyDecided) as caught:
            agree(late, actor)
        assert "李经理" in str(caught.value)
    assert told(instance)[1:] == [("agreed", "李经理", ""), ("finished", None, "")]


def test_nobody_does_the_task_of_another(cast: Cast) -> None:
    started(cast.xiaozhang, approve("one", cast.manager_li))
    with pytest.raises(NotYourTask):
        agree(task_of(cast.manager_li), cast.stranger)


def test_in_a_sequence_one_after_the_other_is_asked(cast: Cast) -> None:
    people = (cast.manager_li, cast.hrbp_wang, cast.executive_chen)
    instance = started(cast.xiaozhang, approve("chain", *people, mode="sequence"))
    for at, person in enumerate(people):
        assert open_at(instance) == {person.name}
        assert open_at(instance, "waiting") == {each.name for each in people[at + 1 :]}
        agree(task_of(person), person)
    assert where(instance) == ("finished", "")


def test_a_branch_is_decided_by_what_was_given(cast: Cast) -> None:
    branch = {
        "kind": "branch",
        "key": "amount",
        "branches": [
            {"key": "large", "when": "amount >= 1000", "nodes": [approve("boss", cast.executive_chen)]},
            {"key": "else", "nodes": []},
        ],
    }
    large = started(cast.xiaozhang, branch, approve("hr", cast.hrbp_wang), values={"amount": 1000})
    assert (where(large), large.taken) == (("running", "boss"), {"amount": "large"})
    small = started(cast.xiaozhang, branch, approve("hr", cast.hrbp_wang), values={"amount": 999})
    assert (where(small), small.taken) == (("running", "hr"), {"amount": "else"})
    agree(task_of(cast.executive_chen), cast.executive_chen)
    assert where(large) == ("running", "hr")


def test_the_same_person_twice_in_a_row_is_asked_once(cast: Cast) -> None:
    instance = started(
        cast.xiaozhang,
        approve("lead", {"by": "manager"}),
        approve("head", cast.manager_li, cast.hrbp_wang),
        approve("once more", cast.manager_li) | {"key": "more"},
    )
    agree(task_of(cast.manager_li), cast.manager_li)
    assert open_at(instance) == {"王HRBP"}
    assert ("passed", None, "rule:same_person") in told(instance)
    agree(task_of(cast.hrbp_wang), cast.hrbp_wang)
    assert where(instance) == ("finished", ""), "passed by the rule counts as having agreed just before"


def test_nobody_decides_about_what_they_started(cast: Cast) -> None:
    instance = started(
        cast.manager_li,
        approve("all", cast.manager_li, cast.hrbp_wang),
        approve("only", cast.manager_li),
        approve("any", cast.manager_li, cast.executive_chen, mode="any"),
        approve("mine", {"by": "starter"}),
    )
    assert open_at(instance) == {"王HRBP"}
    agree(task_of(cast.hrbp_wang), cast.hrbp_wang)
    assert (where(instance), open_at(instance)) == (("running", "any"), {"陈总"})
    agree(task_of(cast.executive_chen), cast.executive_chen)
    assert open_at(instance) == {"李经理"}, "a rule that names the starter means it"
    assert told(instance).count(("passed", None, "rule:starter")) == 3


def test_many_at_once_each_by_itself(cast: Cast) -> None:
    instances = [started(cast.xiaozhang, approve("lead", cast.manager_li, cast.hrbp_wang, mode="any")) for _ in "abc"]
    tasks = list(inbox(cast.manager_li))
    reject(task_of(cast.hrbp_wang, instances[1]), cast.hrbp_wang, "不行")
    batch = agree_many(tasks, cast.manager_li, "同意")
    assert {task.instance_id for task in batch.done} == {instances[0].pk, instances[2].pk}
    assert [(each.task.instance_id, type(each.why)) for each in batch.not_done] == [(instances[1].pk, AlreadyDecided)]
    assert [where(each)[0] for each in instances] == ["finished", "rejected", "finished"]


@pytest.mark.parametrize(("rule", "state"), [("pass", "finished"), ("refuse", "rejected")])
def test_a_node_that_finds_nobody_follows_its_rule(cast: Cast, rule: str, state: str) -> None:
    instance = started(cast.executive_chen, approve("lead", {"by": "manager"}, empty={"then": rule}))
    assert where(instance)[0] == state
    assert told(instance)[1][2] == "rule:nobody"


def test_without_a_rule_the_administrator_is_asked(cast: Cast) -> None:
    instance = started(cast.executive_chen, approve("lead", {"by": "manager"}))
    assert open_at(instance) == {"郑管理员"}


def test_an_end_is_an_end(cast: Cast) -> None:
    instance = started(cast.executive_chen, approve("one", cast.manager_li), approve("two", cast.hrbp_wang))
    task = task_of(cast.manager_li)
    instance.__class__.objects.filter(pk=instance.pk).update(state="finished")
    with pytest.raises((FlowOver, AlreadyDecided)):
        agree(task, cast.manager_li)
