"""Any definition, any order of what people, time and the organisation do: it ends, or waits for somebody here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accord.domain.flow_graph import Kind
from accord.domain.tests.flow_definitions import definitions
from accord.foundation.errors import BusinessError
from accord.people.models import Employee
from accord.workflow.models import Flow, FlowAct, FlowInstance, FlowTask, FlowVersion
from accord.workflow.queries.flows import tasks_in_full
from accord.workflow.services import flows
from accord.workflow.services.flows.change import ANSWERS
from accord.workflow.services.flows.deadlines import follow_deadlines, wake_due
from accord.workflow.services.flows.graphs import graph_of
from accord.workflow.services.flows.leavers import sweep_leavers
from accord.workflow.services.flows.rights import GONE
from tests.cast import Cast

NUMBERS = ("A001", "A010", "A011", "A012", "A020", "A021", "A030", "A040")
STEPS = st.sampled_from(
    ["agree"] * 6 + ["reject", "return", "return", "pass", "add", "late", "leave", "stale", "nudge"]
)
LONG = timedelta(days=400)
# Without shrinking, which takes minutes here; a course of fourteen steps can be read.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


class Course:
    """One instance and everything that may happen to it."""

    def __init__(self, data: st.DataObject, people: dict[str, Employee]) -> None:
        self.data, self.people, self.clock = data, people, timezone.now()
        Employee.objects.update(status="active")
        flow = Flow.objects.create(code=f"any{Flow.objects.count()}", name="任意")
        body = data.draw(definitions(NUMBERS, depth=1))
        version = FlowVersion.objects.create(flow=flow, number=1, body=body, state="published")
        self.instance = flows.start(
            version,
            self.someone(),
            person=self.someone(),
            title="任意",
            values={name: data.draw(st.integers(0, 10)) for name in "xy"},
        )
        self.stale = list(self.open())

    def someone(self) -> Employee:
        return self.people[self.data.draw(st.sampled_from(NUMBERS))]

    def open(self) -> Any:
        tasks = tasks_in_full().filter(instance=self.instance, state="open").exclude(kind="cc")
        return tasks.select_related("assignee__user").order_by("pk")

    def later(self) -> datetime:
        """So late that whatever was due is over."""
        self.clock += LONG
        return self.clock

    def now(self) -> FlowInstance:
        return FlowInstance.objects.select_related("version").get(pk=self.instance.pk)

    def step(self, what: str) -> None:
        tasks = list(self.open())
        if what == "leave":
            number = self.data.draw(st.sampled_from(NUMBERS[:-1]))
            Employee.objects.filter(employee_no=number).update(status="left")
            sweep_leavers()
        elif what == "late" or not tasks:
            follow_deadlines(self.later())
            wake_due(self.later())
        elif what == "nudge":
            self.tried(lambda: flows.nudge(self.instance, self.instance.starter))
        else:
            task = self.data.draw(st.sampled_from((what == "stale" and self.stale) or tasks))
            self.stale = (self.stale + tasks)[-6:]
            self.tried(lambda: self.act(what, task))

    def act(self, what: str, task: FlowTask) -> None:
        me, other = task.assignee, self.someone()
        other.refresh_from_db()
        if what == "reject":
            flows.reject(task, me, "不行")
        elif what == "return":
            earlier = graph_of(task.instance.version).earlier(task.node_key, task.instance.taken)
            key = self.data.draw(st.sampled_from([node.key for node in earlier] or ["start"]))
            flows.return_to(task, me, key, "再看", straight_back=self.data.draw(st.booleans()))
        elif what == "pass":
            flows.transfer(task, me, other, "")
        elif what == "add":
            flows.add_approver(task, me, other, self.data.draw(st.sampled_from(["before", "after"])))
        elif task.kind == "fill":
            flows.hand_in(task, me)
        else:
            flows.agree(task, me)

    def tried(self, command: Callable[[], None]) -> None:
        """A refusal is an answer too, and leaves everything as it was."""
        before = self.picture()
        try:
            command()
        except BusinessError:
            assert self.picture() == before

    def picture(self) -> Any:
        now = self.now()
        tasks = FlowTask.objects.filter(instance=now).order_by("pk").values_list("pk", "state")
        return now.state, now.node_key, now.round, now.revision, list(tasks), now.acts.count()

    def check(self) -> None:
        now, tasks = self.now(), list(FlowTask.objects.filter(instance=self.instance).select_related("assignee"))
        pending = [task for task in tasks if task.state in ("open", "waiting") and task.kind != "cc"]
        if now.state != "running":
            assert not pending
            assert now.ended_at
        else:
            node = graph_of(now.version).node(now.node_key)
            assert {(task.node_key, task.round) for task in pending} <= {(now.node_key, now.round)}
            assert now.wake_at if node.kind == Kind.WAIT else any(task.state == "open" for task in pending)
            assert all(task.assignee.status != "left" for task in pending), "it waits for somebody who is not here"
            starters = [task for task in pending if task.kind == "approve" and task.assignee_id == now.starter_id]
            meant = {"self", "starter"}
            assert not starters or meant & {rule.by for rule in node.approvers}, "nobody decides about their own"
        live = Counter((t.node_key, t.round, t.assignee_id) for t in tasks if t.state not in GONE)
        assert not live or max(live.values()) == 1
        answered = Counter(
            FlowAct.objects.filter(instance=now, kind__in=ANSWERS).exclude(task=None).values_list("task_id", flat=True)
        )
        assert not answered or max(answered.values()) == 1, "a task has two answers"

    def run_out(self) -> None:
        """From here on everybody agrees: it ends."""
        for _ in range(200):
            if self.now().state != "running":
                return
            tasks = list(self.open())
            if tasks:
                self.act("agree", tasks[0])
            else:
                wake_due(self.later())
            self.check()
        raise AssertionError("it never ends")


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(data=st.data())
def test_it_ends_or_waits_for_somebody_who_is_here(cast: Cast, data: st.DataObject) -> None:
    people = {person.employee_no: person for person in Employee.objects.select_related("user")}
    course = Course(data, people)
    course.check()
    for what in data.draw(st.lists(STEPS, max_size=14)):
        course.step(what)
        course.check()
    course.run_out()
