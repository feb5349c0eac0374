"""What a line manager of until now posts from a page that is still open: said clearly, given back, and kept nowhere."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accord.coaching.models import CoachingStep, Commitment, CompetencyAssessment, PlanNote
from accord.coaching.services.development_plans.progress import hand_on
from accord.coaching.services.development_plans.wording import remove_focus
from accord.coaching.services.task_upkeep import follow_reporting_lines
from accord.coaching.tests.learning.builders import competency
from accord.coaching.tests.minutes.builders import soon
from accord.coaching.tests.plans.builders import draft_of, running, typed
from accord.coaching.tests.tasks.builders import task_about
from accord.foundation.clock import organisation_day
from accord.people.models import Employee
from accord.people.services.employment import set_manager
from tests.cast import Cast, client_of

WORDS = "周二例会上 <b>主动</b> 复盘"
SHOWN = "周二例会上 &lt;b&gt;主动&lt;/b&gt; 复盘"
Late = list[tuple[str, dict[str, object]]]


@pytest.fixture
def late(cast: Cast) -> Late:
    """Forms about 小张 that 李经理 opened; since then 小张 reports to 赵经理, who has taken over."""
    skill, task, plan = competency(), task_about(cast.xiaozhang), running(cast.xiaozhang)
    (focus,) = plan.focus_areas.all()
    set_manager(cast.xiaozhang, cast.stranger_manager)
    follow_reporting_lines(organisation_day())
    cast.xiaozhang.refresh_from_db()
    hand_on(plan, cast.xiaozhang)
    promised = {"who": "other", "text": WORDS, "due_on": soon().isoformat(), "token": uuid4()}
    area = {f"focus{focus.pk}-{name}": value for name, value in typed().items()}
    return [
        (
            reverse("coaching:assess", args=[cast.xiaozhang.pk]),
            {f"level-{skill.pk}": "2", f"example-{skill.pk}": WORDS},
        ),
        (reverse("coaching:new_commitment", args=["focus_areas", focus.pk]), promised),
        (reverse("coaching:new_commitment", args=["coaching_tasks", task.pk]), promised),
        (reverse("coaching:step", args=[task.pk, "talk"]), {"talk-note": WORDS}),
        (reverse("coaching:plan_note", args=[plan.pk]), {"text": WORDS, "focus": focus.pk}),
        (
            reverse("coaching:plan_change_focus", args=[plan.pk, focus.pk]),
            area | {f"focus{focus.pk}-why": WORDS, f"focus{focus.pk}-edition": "0"},
        ),
    ]


def post(person: Employee, address: str, sent: dict[str, object]) -> HttpResponse:
    return client_of(person).post(address, sent)  # type: ignore[no-any-return]


def test_a_former_manager_is_told_since_when_and_gets_the_words_back(cast: Cast, late: Late) -> None:
    for address, sent in late:
        answer = post(cast.manager_li, address, sent)
        page = answer.content.decode()
        assert answer.status_code == 403, address
        assert f"自 {organisation_day().isoformat()} 起，您不再是{cast.xiaozhang.name}的直属上级" in page, address
        assert SHOWN in page, address
    kept = (CompetencyAssessment, Commitment, CoachingStep, PlanNote)
    assert not any(model.objects.exists() for model in kept)


def test_a_stranger_learns_nothing_and_whoever_only_reads_is_no_former_manager(cast: Cast, late: Late) -> None:
    for address, sent in late:
        for person, status in ((cast.stranger, 404), (cast.administrator, 404), (cast.hrbp_wang, None)):
            answer = post(person, address, sent)
            assert answer.status_code == (status or answer.status_code), (address, person)
            assert answer.status_code >= 400, (address, person)
            assert "直属上级" not in answer.content.decode(), (address, person)


def test_whoever_led_before_the_plan_was_shared_learns_nothing_of_it(cast: Cast) -> None:
    set_manager(cast.xiaozhang, cast.stranger_manager)
    cast.xiaozhang.reporting_lines.filter(manager=cast.manager_li).update(valid_to="2026-02-01")
    cast.xiaozhang.refresh_from_db()
    plans = running(cast.xiaozhang), draft_of(cast.colleague)
    set_manager(cast.colleague, cast.stranger_manager)
    for plan in plans:
        answer = post(cast.manager_li, reverse("coaching:plan_note", args=[plan.pk]), {"text": WORDS})
        assert answer.status_code == 404


def test_what_the_other_side_took_out_or_closed_meanwhile_costs_no_words(cast: Cast) -> None:
    plan = running(cast.xiaozhang)
    (focus,) = plan.focus_areas.all()
    remove_focus(plan, cast.xiaozhang, plan.edition, focus.pk)
    words = {"who": "me", "text": WORDS, "due_on": soon().isoformat(), "token": uuid4()}
    gone = post(cast.manager_li, reverse("coaching:new_commitment", args=["focus_areas", focus.pk]), words)
    assert gone.status_code == 404
    assert "计划里已没有这个" in gone.content.decode()
    assert SHOWN in gone.content.decode()
