"""Drafting, changing and agreeing a development plan: both say yes to exactly the same words."""

import pytest

from accord.coaching.errors import development_plans as errors
from accord.coaching.models import DevelopmentPlan, FocusArea
from accord.coaching.services.development_plans.agreeing import agree, take_back
from accord.coaching.services.development_plans.drafting import discard, draft_from, share
from accord.coaching.services.development_plans.progress import close, hand_on, mark_focus, note_progress
from accord.coaching.services.development_plans.wording import (
    FocusWords,
    add_focus,
    change_focus,
    remove_focus,
    restore_agreed,
)
from accord.coaching.services.feedback.answers import receive
from accord.coaching.tests.plans.builders import agreed, draft_of, feedback, running, words
from accord.foundation.models import Event, Notification
from accord.people.models import Employee
from accord.workflow.models import ArchiveEntry, ArchivePayload
from tests.cast import Cast


def test_one_click_drafts_from_feedback_and_a_second_click_changes_nothing(cast: Cast) -> None:
    given = feedback(cast.xiaozhang, cast.manager_li)
    plan = draft_from(f"feedback:{given.pk}", cast.xiaozhang, cast.xiaozhang)
    again = draft_from(f"feedback:{given.pk}", cast.xiaozhang, cast.xiaozhang)
    (focus,) = again.focus_areas.all()
    assert plan == again
    assert (focus.title, focus.source) == ("会后当天发一页纪要", f"feedback:{given.pk}")
    assert "canary-behaviour" in focus.why
    assert focus.resource == "会议纪要模板"
    assert Event.objects.filter(name="feedback.received").count() == 1, "its words are read in the plan"


def test_words_only_for_the_two_of_a_feedback_do_not_reach_the_manager_through_a_plan(cast: Cast) -> None:
    given = feedback(cast.xiaozhang, cast.colleague)
    source = f"feedback:{given.pk}"
    for person in (cast.manager_li, cast.stranger):
        with pytest.raises((errors.PlanSourceUnreadable, errors.PlanNotYours)):
            draft_from(source, cast.xiaozhang, person)
    focus = draft_from(source, cast.xiaozhang, cast.xiaozhang).focus_areas.get()
    assert (focus.title, focus.why, focus.action, focus.source) == ("", "", "", source)
    shared = feedback(cast.xiaozhang, cast.colleague, visibility="manager", shared_with=cast.manager_li)
    by_manager = draft_from(f"feedback:{shared.pk}", cast.xiaozhang, cast.manager_li)
    shared.refresh_from_db()
    # Nobody hears through their manager's plan what they have not opened yet, nor is that a receipt.
    assert (by_manager.focus_areas.get().why, shared.received_at) == ("", None)
    discard(by_manager, cast.manager_li)
    receive(shared)
    by_manager = draft_from(f"feedback:{shared.pk}", cast.xiaozhang, cast.manager_li)
    assert "canary-behaviour" in by_manager.focus_areas.get().why


@pytest.mark.parametrize("source", ["feedback:0", "feedback:x", "users:1", "feedback:" + "9" * 30, "feedback"])
def test_a_source_that_is_none_is_refused_in_words(cast: Cast, source: str) -> None:
    with pytest.raises(errors.PlanSourceUnreadable):
        draft_from(source, cast.xiaozhang, cast.xiaozhang)
    assert not DevelopmentPlan.objects.exists()


def test_unsent_feedback_is_no_source(cast: Cast) -> None:
    unsent = feedback(cast.xiaozhang, cast.manager_li, state="draft", sent_at=None)
    with pytest.raises(errors.PlanSourceUnreadable):
        draft_from(f"feedback:{unsent.pk}", cast.xiaozhang, cast.manager_li)


def test_nobody_drafts_for_those_who_left_or_have_no_manager(cast: Cast) -> None:
    with pytest.raises(errors.PlanNeedsManager):
        draft_from("", cast.executive_chen, cast.executive_chen)
    with pytest.raises(errors.PlanNotYours):
        draft_from("", cast.xiaozhang, cast.executive_chen)
    cast.xiaozhang.status = Employee.Status.LEFT
    with pytest.raises(errors.PlanNeedsEmployee):
        draft_from("", cast.xiaozhang, cast.manager_li)


def test_a_draft_is_silent(cast: Cast) -> None:
    plan = draft_of(cast.xiaozhang)
    discard(plan, cast.xiaozhang)
    assert not Event.objects.filter(name__startswith="plan.").exists()
    assert not Notification.objects.exists()
    assert not DevelopmentPlan.objects.exists()


def test_three_focus_areas_are_the_most(cast: Cast) -> None:
    plan = draft_of(cast.xiaozhang)
    for _ in range(2):
        add_focus(plan, cast.xiaozhang, plan.edition, words())
        plan.refresh_from_db()
    with pytest.raises(errors.PlanFull):
        add_focus(plan, cast.xiaozhang, plan.edition, words())
    given = feedback(cast.xiaozhang, cast.manager_li)
    with pytest.raises(errors.PlanFull):
        draft_from(f"feedback:{given.pk}", cast.xiaozhang, cast.xiaozhang)
    plan.refresh_from_db()
    remove_focus(plan, cast.xiaozhang, plan.edition, plan.focus_areas.all()[0].pk)
    draft_from(f"feedback:{given.pk}", cast.xiaozhang, cast.xiaozhang)
    assert plan.focus_areas.filter(removed_at=None).count() == 3


def test_the_second_yes_freezes_the_words_and_the_archive_keeps_them(cast: Cast) -> None:
    plan = running(cast.xiaozhang)
    agree(plan, cast.xiaozhang, plan.edition)
    agree(plan, cast.xiaozhang, plan.edition)
    assert not plan.versions.exists()
    agree(plan, cast.manager_li, plan.edition)
    agree(plan, cast.manager_li, plan.edition)
    version = plan.versions.get()
    kept = ArchiveEntry.objects.get(kind="plan.agreed")
    payload = ArchivePayload.objects.get(entry=kept).payload
    assert version.content["focus_areas"][0]["title"] == "把客户会开出结论"
    assert "把客户会开出结论" in payload
    assert version.employee_agreed_at < version.manager_agreed_at
    told = Event.objects.get(name="plan.agreed").payload
    assert told == {"plan_id": plan.pk, "version_id": version.pk}


def test_a_change_takes_every_yes_back_and_the_agreed_words_can_return(cast: Cast) -> None:
    plan = agreed(cast.xiaozhang)
    focus = plan.focus_areas.get()
    change_focus(plan, cast.manager_li, plan.edition, focus.pk, words(title="换一个题目"))
    plan.refresh_from_db()
    assert not plan.is_agreed
    add_focus(plan, cast.manager_li, plan.edition, words(title="再加一个"))
    plan.refresh_from_db()
    assert plan.versions.count() == 1
    restore_agreed(plan, cast.xiaozhang, plan.edition)
    assert [each.title for each in plan.focus_areas.filter(removed_at=None)] == ["把客户会开出结论"]
    kinds = set(Notification.objects.filter(recipient=cast.xiaozhang.user).values_list("kind", flat=True))
    assert "coaching.plan_changed" in kinds


def test_saving_the_same_words_changes_nothing(cast: Cast) -> None:
    plan = agreed(cast.xiaozhang)
    assert change_focus(plan, cast.xiaozhang, plan.edition, plan.focus_areas.get().pk, words()) == plan.edition
    plan.refresh_from_db()
    assert plan.is_agreed


def test_a_second_click_finds_what_the_first_one_made(cast: Cast) -> None:
    plan = running(cast.xiaozhang)
    seen, focus = plan.edition, plan.focus_areas.get()
    added = [add_focus(plan, cast.xiaozhang, seen, words(title="再加一个")) for _ in range(2)]
    changed = [change_focus(plan, cast.xiaozhang, seen + 1, focus.pk, words(title="改一次")) for _ in range(2)]
    noted = [note_progress(plan, cast.xiaozhang, "试了一次", focus.pk) for _ in range(2)]
    assert (added[0], changed[0], noted[0]) == (added[1], changed[1], noted[1])
    assert (plan.focus_areas.count(), plan.notes.count()) == (2, 1)
    agree(plan, cast.xiaozhang, seen + 2)
    for _ in range(2):
        take_back(plan, cast.xiaozhang)
    plan.refresh_from_db()
    assert plan.employee_agreed_at is None


def test_of_two_windows_the_second_is_told(cast: Cast) -> None:
    plan = running(cast.xiaozhang)
    seen, focus = plan.edition, plan.focus_areas.get()
    change_focus(plan, cast.xiaozhang, seen, focus.pk, words(title="先存的"))
    for late in (
        lambda: change_focus(plan, cast.manager_li, seen, focus.pk, words(title="后存的")),
        lambda: agree(plan, cast.manager_li, seen),
        lambda: remove_focus(plan, cast.manager_li, seen, focus.pk),
    ):
        with pytest.raises(errors.PlanEditedMeanwhile):
            late()
    assert FocusArea.objects.get().title == "先存的"


def test_nobody_agrees_to_half_a_plan_or_for_somebody_else(cast: Cast) -> None:
    plan = draft_from("", cast.xiaozhang, cast.xiaozhang)
    share(plan, cast.xiaozhang)
    plan.refresh_from_db()
    with pytest.raises(errors.PlanIncomplete):
        agree(plan, cast.xiaozhang, plan.edition)
    for person in (cast.executive_chen, cast.hrbp_wang, cast.colleague):
        for refused in (
            lambda person=person: agree(plan, person, plan.edition),
            lambda person=person: add_focus(plan, person, plan.edition, words()),
            lambda person=person: note_progress(plan, person, "好"),
            lambda person=person: close(plan, person, "好"),
        ):
            with pytest.raises(errors.PlanNotYours):
                refused()


def test_a_yes_can_be_taken_back_until_the_other_said_theirs(cast: Cast) -> None:
    plan = running(cast.xiaozhang)
    agree(plan, cast.xiaozhang, plan.edition)
    take_back(plan, cast.xiaozhang)
    agree(plan, cast.manager_li, plan.edition)
    assert not plan.versions.exists()
    agree(plan, cast.xiaozhang, plan.edition)
    with pytest.raises(errors.PlanNotOpen):
        take_back(plan, cast.xiaozhang)


def test_one_plan_runs_at_a_time_and_the_other_stays_a_draft(cast: Cast) -> None:
    by_manager = draft_of(cast.xiaozhang, cast.manager_li)
    running(cast.xiaozhang)
    with pytest.raises(errors.PlanRuns):
        share(by_manager, cast.manager_li)
    by_manager.refresh_from_db()
    assert by_manager.state == "draft"


def test_a_new_manager_gets_the_plan_from_the_person_alone(cast: Cast) -> None:
    plan = agreed(cast.xiaozhang)
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(manager=cast.stranger_manager)
    with pytest.raises(errors.PlanNotYours):
        agree(plan, cast.manager_li, plan.edition)
    with pytest.raises(errors.PlanNotYours):
        hand_on(plan, cast.stranger_manager)
    hand_on(plan, cast.xiaozhang)
    plan.refresh_from_db()
    assert (plan.manager, plan.is_agreed) == (cast.stranger_manager, False)
    agree(plan, cast.stranger_manager, plan.edition)
    assert [each.manager for each in plan.versions.order_by("number")] == [cast.manager_li, cast.stranger_manager]
    with pytest.raises(errors.PlanWithManager):
        hand_on(plan, cast.xiaozhang)


def test_progress_needs_no_new_yes_and_a_closed_plan_stays_as_it_is(cast: Cast) -> None:
    plan = agreed(cast.xiaozhang)
    focus = plan.focus_areas.get()
    note_progress(plan, cast.xiaozhang, "试了两次", focus.pk)
    mark_focus(plan, cast.manager_li, focus.pk, "reached")
    plan.refresh_from_db()
    assert plan.is_agreed
    close(plan, cast.manager_li, "纪要已成习惯")
    for late in (
        lambda: note_progress(plan, cast.xiaozhang, "晚了"),
        lambda: mark_focus(plan, cast.xiaozhang, focus.pk, "open"),
        lambda: close(plan, cast.xiaozhang, "再关一次"),
        lambda: change_focus(plan, cast.xiaozhang, plan.edition, focus.pk, FocusWords("晚了")),
    ):
        with pytest.raises(errors.PlanNotOpen):
            late()
    assert draft_from("", cast.xiaozhang, cast.xiaozhang) != plan
