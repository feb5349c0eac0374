"""Returning, passing on, calling in, taking back, reminding, commenting."""

import pytest

from accord.foundation.models import Notification
from accord.people.models import Employee
from accord.workflow.errors import flows as errors
from accord.workflow.models import FlowTask
from accord.workflow.services import flows
from accord.workflow.tests.flows.builders import again, approve, open_at, started, task_of, told, where
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def three(cast: Cast, **settings: object) -> tuple[dict[str, object], ...]:
    people = (cast.manager_li, cast.hrbp_wang, cast.executive_chen)
    return tuple(approve(key, person, **settings) for key, person in zip(("one", "two", "three"), people, strict=True))


def test_after_a_return_everything_in_between_runs_again(cast: Cast) -> None:
    instance = started(cast.xiaozhang, *three(cast))
    for person in (cast.manager_li, cast.hrbp_wang):
        flows.agree(task_of(person), person)
    with pytest.raises(errors.ReasonNeeded):
        flows.return_to(task_of(cast.executive_chen), cast.executive_chen, "one", "")
    flows.return_to(task_of(cast.executive_chen), cast.executive_chen, "one", "数字不对")
    assert (where(instance), again(instance).round) == (("running", "one"), 2)
    for person in (cast.manager_li, cast.hrbp_wang, cast.executive_chen):
        flows.agree(task_of(person), person)
    assert where(instance) == ("finished", "")
    assert ("returned", "陈总", "数字不对") in told(instance)


def test_straight_back_skips_what_was_decided(cast: Cast) -> None:
    instance = started(cast.xiaozhang, *three(cast))
    for person in (cast.manager_li, cast.hrbp_wang):
        flows.agree(task_of(person), person)
    flows.return_to(task_of(cast.executive_chen), cast.executive_chen, "one", "请补充", straight_back=True)
    flows.agree(task_of(cast.manager_li), cast.manager_li)
    assert (where(instance), open_at(instance)) == (("running", "three"), {"陈总"})
    assert again(instance).return_to == ""
    flows.agree(task_of(cast.executive_chen), cast.executive_chen)
    assert where(instance) == ("finished", "")


def test_back_at_the_start_the_starter_hands_it_in_again(cast: Cast) -> None:
    instance = started(cast.xiaozhang, *three(cast))
    flows.return_to(task_of(cast.manager_li), cast.manager_li, "start", "请重写")
    task = task_of(cast.xiaozhang)
    assert (task.kind, where(instance)) == ("fill", ("running", "start"))
    with pytest.raises(errors.ActionNotOffered):
        flows.transfer(task, cast.xiaozhang, cast.colleague)
    flows.hand_in(task, cast.xiaozhang)
    assert open_at(instance) == {"李经理"}
    assert told(instance)[-1] == ("filled", "小张", "")


def test_it_is_returned_to_passed_steps_only(cast: Cast) -> None:
    started(cast.xiaozhang, *three(cast))
    for key in ("one", "three", "nowhere"):
        with pytest.raises(errors.NoSuchStepBefore):
            flows.return_to(task_of(cast.manager_li), cast.manager_li, key, "不行")


def test_a_return_cancels_what_others_at_the_node_owed(cast: Cast) -> None:
    instance = started(
        cast.xiaozhang, approve("one", cast.manager_li), approve("both", cast.hrbp_wang, cast.executive_chen)
    )
    flows.agree(task_of(cast.manager_li), cast.manager_li)
    late = task_of(cast.executive_chen)
    flows.return_to(task_of(cast.hrbp_wang), cast.hrbp_wang, "one", "再看看")
    assert open_at(instance) == {"李经理"}
    with pytest.raises(errors.AlreadyDecided, match="王HRBP"):
        flows.agree(late, cast.executive_chen)


def test_what_is_passed_on_is_decided_by_whoever_got_it(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("one", cast.manager_li, cast.hrbp_wang))
    for nobody, error in (
        (cast.hrbp_wang, errors.TakesPartAlready),
        (cast.manager_li, errors.TakesPartAlready),
        (cast.xiaozhang, errors.StarterCannotDecide),
    ):
        with pytest.raises(error):
            flows.transfer(task_of(cast.manager_li), cast.manager_li, nobody, "出差")
    flows.transfer(task_of(cast.manager_li), cast.manager_li, cast.stranger, "出差")
    assert open_at(instance) == {"外人", "王HRBP"}
    flows.transfer(task_of(cast.stranger), cast.stranger, cast.manager_li, "还是您来")
    flows.agree(task_of(cast.hrbp_wang), cast.hrbp_wang)
    flows.agree(task_of(cast.manager_li), cast.manager_li)
    assert where(instance) == ("finished", "")


def test_nothing_is_passed_to_somebody_who_left(cast: Cast) -> None:
    started(cast.xiaozhang, approve("one", cast.manager_li))
    Employee.objects.filter(pk=cast.stranger.pk).update(status="left")
    cast.stranger.refresh_from_db()
    with pytest.raises(errors.NotWorkingHere):
        flows.transfer(task_of(cast.manager_li), cast.manager_li, cast.stranger)


@pytest.mark.parametrize("mode", ["all", "any", "sequence"])
def test_whoever_is_called_in_before_is_asked_first(cast: Cast, mode: str) -> None:
    instance = started(cast.xiaozhang, approve("one", cast.manager_li, mode=mode), approve("two", cast.hrbp_wang))
    flows.add_approver(task_of(cast.manager_li), cast.manager_li, cast.stranger, "before", "请先看")
    assert (open_at(instance), open_at(instance, "waiting")) == ({"外人"}, {"李经理"})
    flows.add_approver(task_of(cast.stranger), cast.stranger, cast.colleague, "before")
    assert open_at(instance) == {"小林"}
    for person in (cast.colleague, cast.stranger, cast.manager_li):
        assert open_at(instance) == {person.name}
        flows.agree(task_of(person), person)
    assert where(instance) == ("running", "two"), "one voice of an 或签 is not enough until all of it agreed"


def test_whoever_is_called_in_after_is_asked_when_one_has_agreed(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("one", cast.manager_li, mode="any"), approve("two", cast.hrbp_wang))
    flows.add_approver(task_of(cast.manager_li), cast.manager_li, cast.stranger, "after", "也请把关")
    assert open_at(instance) == {"李经理"}
    flows.agree(task_of(cast.manager_li), cast.manager_li)
    assert (open_at(instance), where(instance)) == ({"外人"}, ("running", "one"))
    flows.reject(task_of(cast.stranger), cast.stranger, "不合规")
    assert where(instance) == ("rejected", "one")


def test_a_node_may_do_without(cast: Cast) -> None:
    started(cast.xiaozhang, approve("one", cast.manager_li, may=[]))
    task = task_of(cast.manager_li)
    for action in (
        lambda: flows.transfer(task, cast.manager_li, cast.stranger),
        lambda: flows.add_approver(task, cast.manager_li, cast.stranger, "before"),
        lambda: flows.return_to(task, cast.manager_li, "start", "不行"),
    ):
        with pytest.raises(errors.ActionNotOffered):
            action()


def test_the_starter_takes_it_back(cast: Cast) -> None:
    instance = started(cast.xiaozhang, *three(cast))
    late = task_of(cast.manager_li)
    with pytest.raises(errors.NotYourTask):
        flows.withdraw(instance, cast.manager_li)
    flows.withdraw(instance, cast.xiaozhang, "不需要了")
    assert (where(instance), open_at(instance)) == (("withdrawn", "one"), set())
    with pytest.raises(errors.AlreadyDecided, match="小张"):
        flows.agree(late, cast.manager_li)
    with pytest.raises(errors.FlowOver):
        flows.withdraw(instance, cast.xiaozhang)


def test_one_reminder_a_day(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("one", cast.manager_li, cast.hrbp_wang))
    flows.agree(task_of(cast.hrbp_wang), cast.hrbp_wang)
    with pytest.raises(errors.NotYourTask):
        flows.nudge(instance, cast.manager_li)
    flows.nudge(instance, cast.xiaozhang)
    with pytest.raises(errors.NudgedAlready):
        flows.nudge(instance, cast.xiaozhang)
    message = Notification.objects.get(kind="flow.nudged")
    assert (message.recipient, message.mode) == (cast.manager_li.user, "at_once")


def test_a_comment_tells_those_it_mentions(cast: Cast) -> None:
    instance = started(cast.xiaozhang, *three(cast))
    flows.comment(instance, cast.xiaozhang, "请看附件 @李经理", [cast.manager_li])
    assert Notification.objects.get(kind="flow.mentioned").recipient == cast.manager_li.user
    for text, people, error in (
        ("@外人", [cast.stranger], errors.MentionedOutsider),
        (" ", [], errors.NothingSaid),
    ):
        with pytest.raises(error):
            flows.comment(instance, cast.xiaozhang, text, people)
    assert told(instance)[-1] == ("commented", "小张", "请看附件 @李经理")


def test_what_was_for_information_is_read_once(cast: Cast) -> None:
    instance = started(cast.xiaozhang, {"kind": "cc", "key": "cc", "approvers": [{"by": "hrbp"}]}, *three(cast))
    task = task_of(cast.hrbp_wang)
    flows.mark_read(task, cast.manager_li)
    assert task_of(cast.hrbp_wang) == task, "somebody else has not read it for them"
    flows.mark_read(task, cast.hrbp_wang)
    assert FlowTask.objects.get(pk=task.pk).state == "read"
    assert where(instance) == ("running", "one")


def test_a_choice_of_the_starter_is_kept_to_its_bounds(cast: Cast) -> None:
    node = approve("one", {"by": "chosen", "min": 1, "max": 2})
    everybody = [cast.manager_li.pk, cast.hrbp_wang.pk, cast.executive_chen.pk]
    for chosen in ([], everybody):
        with pytest.raises(errors.ChoiceMissing):
            started(cast.xiaozhang, node, chosen={"one": chosen})
    instance = started(cast.xiaozhang, node, chosen={"one": everybody[:2]})
    assert open_at(instance) == {"李经理", "王HRBP"}
