"""Two at once, and a kill at any statement: one wins, and what was not finished has not begun."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from accord.foundation.errors import BusinessError
from accord.foundation.models import Event
from accord.people.models import Employee
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.queries.flows import tasks_in_full
from accord.workflow.services import flows
from accord.workflow.tests.flows.builders import again, approve, open_at, started, task_of, where
from tests.cast import Cast
from tests.processes import Start, start, wait_for  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)


class KilledError(BaseException):
    """What kill -9 is to the database: the statement never comes, or its transaction is never committed."""


class KillAt:
    """Kills the connection at a statement, before it is sent or once it was carried out; counts those that came."""

    def __init__(self, statement: int, *, afterwards: bool) -> None:
        self.left, self.afterwards, self.came = statement, afterwards, 0
        self.has_begun = self.was_committed = False

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.came += 1
        self.left -= 1
        # What follows from a fact runs once the step is committed.
        self.was_committed = self.has_begun and not connection.in_atomic_block
        self.has_begun = self.has_begun or connection.in_atomic_block
        if self.left < 0 and not self.afterwards:
            raise KilledError
        result = execute(*args)
        if self.left < 0:
            raise KilledError
        return result


def everything(instance: FlowInstance) -> Any:
    """All that is stored of an instance."""
    row = FlowInstance.objects.filter(pk=instance.pk).values().get()
    facts = Event.objects.filter(subject=f"flow_instances:{instance.pk}").count()
    return [
        row,
        *(list(model.objects.filter(instance=instance).order_by("pk").values()) for model in (FlowTask, FlowAct)),
        facts,
    ]


def until_it_goes_through(instance: FlowInstance, person: Employee, command: Callable[[FlowTask], None]) -> int:
    """Kill `command` at its first statement, its second … until it is done; return how many statements it has."""
    before = everything(instance)
    for statement in range(100):
        for afterwards in (False, True):
            kill = KillAt(statement, afterwards=afterwards)
            task = task_of(person, instance)
            try:
                with connection.execute_wrapper(kill):
                    command(task)
            except KilledError:
                connection.close()
                if kill.was_committed:
                    return kill.came
                assert everything(instance) == before, f"half done at statement {statement}"
            else:
                return kill.came
    raise AssertionError("it has no end")


def test_a_step_that_is_killed_anywhere_has_not_begun(cast: Cast) -> None:
    three = (approve("one", cast.manager_li, cast.hrbp_wang), approve("two", {"by": "manager", "level": 2}))
    instance = started(cast.xiaozhang, *three, {"kind": "cc", "key": "cc", "approvers": [{"by": "hrbp"}]})
    agree = lambda person: lambda task: flows.agree(task, person, "同意")  # noqa: E731
    steps: list[tuple[Employee, Callable[[FlowTask], None]]] = [
        (cast.manager_li, lambda task: flows.add_approver(task, cast.manager_li, cast.stranger, "before")),
        (cast.stranger, agree(cast.stranger)),
        (cast.manager_li, lambda task: flows.transfer(task, cast.manager_li, cast.colleague, "出差")),
        (cast.colleague, agree(cast.colleague)),
        (cast.hrbp_wang, agree(cast.hrbp_wang)),
        (cast.executive_chen, lambda task: flows.return_to(task, cast.executive_chen, "start", "重写")),
        (cast.xiaozhang, lambda task: flows.hand_in(task, cast.xiaozhang)),
        (cast.manager_li, agree(cast.manager_li)),
        (cast.hrbp_wang, agree(cast.hrbp_wang)),
        (cast.executive_chen, agree(cast.executive_chen)),
    ]
    for person, command in steps:
        assert until_it_goes_through(instance, person, command) >= 4
    assert where(instance) == ("finished", "")


def at_once(*commands: Callable[[], None]) -> list[BusinessError | None]:
    """Run commands in threads of their own that begin together; what each of them was refused with."""
    barrier, outcomes = Barrier(len(commands)), [None] * len(commands)

    def run(at: int, command: Callable[[], None]) -> None:
        try:
            barrier.wait()
            command()
        except BusinessError as error:
            outcomes[at] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(commands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize("rival", ["reject", "return", "withdraw"])
def test_of_two_at_once_one_wins_and_the_other_is_told(cast: Cast, rival: str) -> None:
    for _ in range(4):
        instance = started(cast.xiaozhang, approve("one", cast.manager_li, cast.hrbp_wang, mode="any"))
        first, second = task_of(cast.manager_li), task_of(cast.hrbp_wang)
        rivals: dict[str, Callable[[], None]] = {
            "reject": lambda: flows.reject(second, cast.hrbp_wang, "不行"),  # noqa: B023
            "return": lambda: flows.return_to(second, cast.hrbp_wang, "start", "不行"),  # noqa: B023
            "withdraw": lambda: flows.withdraw(instance, cast.xiaozhang),  # noqa: B023
        }
        refused = at_once(lambda: flows.agree(first, cast.manager_li), rivals[rival])  # noqa: B023
        assert sum(error is None for error in refused) == 1
        won = (
            "finished"
            if refused[0] is None
            else {"reject": "rejected", "return": "running", "withdraw": "withdrawn"}[rival]
        )
        assert again(instance).state == won
        instance.delete()
        FlowTask.objects.all().delete()


def test_of_votes_at_once_none_is_lost(cast: Cast) -> None:
    people = (cast.manager_li, cast.hrbp_wang, cast.executive_chen, cast.stranger)
    for _ in range(4):
        instance = started(cast.xiaozhang, approve("one", *people), approve("two", cast.auditor))
        tasks = [task_of(person, instance) for person in people]
        refused = at_once(
            *(
                lambda task=task: flows.agree(task, task.assignee)  # type: ignore[misc]
                for task in tasks
            )
        )
        assert refused == [None] * 4
        assert (where(instance), open_at(instance)) == (("running", "two"), {"钱审计"})
        assert FlowAct.objects.filter(instance=instance, kind="agreed").count() == 4


AGREES = """
import django; django.setup()
from accord.workflow.queries.flows import tasks_in_full
from accord.workflow.services import flows
mine = tasks_in_full().select_related("assignee__user").filter(state="open", kind="approve")
while (task := mine.first()) is not None:
    flows.agree(task, task.assignee)
"""


def test_a_process_that_is_killed_loses_no_step_and_halves_none(cast: Cast, start: Start) -> None:  # noqa: F811
    """kill -9 in the middle of many steps; another process goes on, and every instance comes to its end."""
    nodes = [approve(f"n{at}", cast.manager_li if at % 2 else cast.hrbp_wang) for at in range(20)]
    instances = [started(cast.xiaozhang, *nodes) for _ in range(3)]

    def acts() -> int:
        return FlowAct.objects.filter(kind="agreed").count()

    for enough in (5, 30):
        child: subprocess.Popen[str] = start("-c", AGREES, DJANGO_SETTINGS_MODULE="accord.config.settings")
        wait_for(lambda: acts() >= enough)  # noqa: B023
        child.kill()
        child.wait()
        assert acts() == FlowTask.objects.filter(state="agreed").count()
        assert acts() == Event.objects.filter(name="flow.task_done").count()
        for instance in instances:
            owed = set(tasks_in_full().filter(instance=instance, state="open").values_list("node_key", flat=True))
            assert owed == ({again(instance).node_key} - {""})
    assert start("-c", AGREES, DJANGO_SETTINGS_MODULE="accord.config.settings").wait() == 0
    assert {again(instance).state for instance in instances} == {"finished"}
    assert acts() == 60
