"""What somebody finds in their lists, what that costs, and who may open what."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model
from django.http import Http404

from accord.foundation.clock import organisation_day
from accord.workflow.access.flows import delegation_for, instance_for, task_for
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.queries.flows import done, inbox, started_by
from accord.workflow.services import flows
from accord.workflow.services.flows.statements import ACT_COLUMNS, TASK_COLUMNS
from accord.workflow.tests.flows.builders import approve, started, task_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("model", "columns"), [(FlowTask, TASK_COLUMNS), (FlowAct, ACT_COLUMNS)])
def test_the_written_out_statements_fill_every_column(model: type[Model], columns: tuple[str, ...]) -> None:
    assert {*columns, "id"} == {field.column for field in model._meta.concrete_fields}


def test_the_inbox_holds_what_is_owed_and_done_what_was_answered(cast: Cast) -> None:
    first, second = (started(cast.xiaozhang, approve("one", cast.manager_li)) for _ in range(2))
    assert [task.instance for task in inbox(cast.manager_li)] == [second, first]
    flows.agree(task_of(cast.manager_li, first), cast.manager_li)
    assert [task.instance for task in inbox(cast.manager_li)] == [second]
    assert [task.instance for task in done(cast.manager_li)] == [first]
    assert list(started_by(cast.xiaozhang)) == [second, first]


def test_ten_thousand_finished_items_do_not_matter_to_the_inbox(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("one", cast.manager_li))
    FlowTask.objects.bulk_create(
        FlowTask(instance=instance, node_key=f"n{n}", round=1, kind="approve", assignee=cast.manager_li, state="agreed")
        for n in range(10_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    query = inbox(cast.manager_li)
    if connection.vendor == "sqlite":
        plan = query.explain()
        assert "SEARCH flow_tasks USING INDEX flow_tasks_inbox (assignee_id=?)" in plan, plan
    else:
        plan = query.explain(analyze=True, format="text")
        # Which of the indexes over open tasks alone is the planner's choice; none of them holds a finished item.
        assert re.search(r"flow_tasks_(inbox|due|untold)\b", plan), plan
        assert "Seq Scan on flow_tasks" not in plan, plan
    assert query.count() == 1


def test_the_lists_cost_the_same_for_ten_rows_and_twenty(cast: Cast, django_assert_num_queries: object) -> None:
    today = organisation_day()
    flows.delegate(cast.manager_li, cast.stranger, today, today)
    for _ in range(2):
        for _ in range(10):
            started(cast.xiaozhang, approve("one", cast.manager_li))
        for rows in (inbox(cast.manager_li), inbox(cast.stranger)):
            with django_assert_num_queries(1):  # type: ignore[operator]
                assert [(task.instance.title, task.instance.version.flow.name, task.assignee.name) for task in rows]


class TestWhoMayOpen:
    @pytest.fixture(autouse=True)
    def _instance(self, cast: Cast) -> None:
        self.instance = started(
            cast.xiaozhang,
            {"kind": "cc", "key": "cc", "approvers": [{"by": "role", "role": "auditor"}]},
            approve("one", cast.manager_li),
            approve("two", cast.stranger_manager),
            person=cast.colleague,
        )

    def may(self, *people: object) -> list[bool]:
        found = []
        for person in people:
            try:
                found.append(instance_for(person.user, self.instance.pk) == self.instance)  # type: ignore[attr-defined]
            except Http404:
                found.append(False)
        return found

    def test_participants_and_nobody_else(self, cast: Cast) -> None:
        assert self.may(cast.xiaozhang, cast.colleague, cast.manager_li, cast.auditor) == [True] * 4
        others = (cast.executive_chen, cast.hrbp_wang, cast.administrator, cast.stranger, cast.stranger_manager)
        assert self.may(*others) == [False] * 5

    def test_delegates_as_long_as_it_lasts(self, cast: Cast) -> None:
        today = organisation_day()
        flows.delegate(cast.manager_li, cast.stranger, today, today)
        assert self.may(cast.stranger) == [True]
        flows.agree(task_of(cast.manager_li), cast.manager_li)
        assert self.may(cast.stranger, cast.manager_li, cast.stranger_manager) == [False, True, True]

    def test_a_task_is_for_whoever_may_do_it(self, cast: Cast) -> None:
        task = task_of(cast.manager_li)
        assert task_for(cast.manager_li.user, task.pk) == task
        with pytest.raises(PermissionDenied):
            task_for(cast.xiaozhang.user, task.pk)
        with pytest.raises(Http404):
            task_for(cast.stranger.user, task.pk)

    def test_a_delegation_is_ended_by_whoever_made_it(self, cast: Cast) -> None:
        today = organisation_day()
        made = flows.delegate(cast.manager_li, cast.stranger, today, today)
        assert delegation_for(cast.manager_li.user, made.pk)[0] == made
        with pytest.raises(PermissionDenied):
            delegation_for(cast.stranger.user, made.pk)
        with pytest.raises(Http404):
            delegation_for(cast.executive_chen.user, made.pk)

    def test_an_account_without_employment_sees_nothing(self, cast: Cast, django_user_model: type) -> None:
        nobody = django_user_model.objects.create_user("nobody", name="无人")
        with pytest.raises(Http404):
            instance_for(nobody, FlowInstance.objects.get().pk)
