"""Assessing, recommending, beginning, finishing and declining."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accord.coaching.errors.learning import RecommendationClosed, ResourceRetired
from accord.coaching.models import (
    CompetencyAssessment,
    DevelopmentPlan,
    Feedback,
    FocusArea,
    LearningRecommendation,
    LearningRecord,
)
from accord.coaching.queries.learning import recommended_lately, shelf_of
from accord.coaching.services.assessing import Said, assess
from accord.coaching.services.learning import begin, decline, finish
from accord.coaching.services.recommending import follow_assessed, follow_feedback, follow_plan, recommend
from accord.coaching.tests.learning.builders import assessed, competency, resource
from accord.foundation.models import Event, Notification
from tests.cast import Cast

TOLD = "coaching.learning_recommended"


def test_the_same_again_adds_nothing_and_a_change_adds_one(cast: Cast) -> None:
    skill, other = competency(), competency("数据表达")
    person = cast.xiaozhang
    assert assess(person, person, {skill.pk: Said(1, " 周报 "), other.pk: Said(2)}) == 2
    assert assess(person, person, {skill.pk: Said(1, "周报"), other.pk: Said(2)}) == 0
    assert assess(person, person, {skill.pk: Said(2, "周报"), other.pk: Said(2)}) == 1
    assert CompetencyAssessment.objects.count() == 3
    facts = Event.objects.filter(name="competency.assessed").order_by("id")
    assert [each.payload["competencies"] for each in facts] == [[skill.pk, other.pk], [skill.pk]]
    assert "周报" not in str([each.payload for each in facts])


def test_a_new_managers_same_word_is_a_word_of_their_own(cast: Cast) -> None:
    skill = competency()
    assess(cast.xiaozhang, cast.manager_li, {skill.pk: Said(2)})
    assert assess(cast.xiaozhang, cast.executive_chen, {skill.pk: Said(2)}) == 1


def test_low_ones_are_recommended_for_and_the_person_is_told_once(cast: Cast) -> None:
    low, fine = competency("时间管理", expected=3), competency("数据表达", expected=2)
    for number in range(5):
        resource(low, f"时间 {number}")
    resource(fine, "数据")
    assessed(cast.xiaozhang, low, 1)
    assessed(cast.xiaozhang, fine, 2)
    for _again in range(2):
        follow_assessed(cast.xiaozhang.pk, "self", [low.pk, fine.pk])
    made = LearningRecommendation.objects.all()
    assert {each.competency for each in made} == {low}
    assert len(made) == 3
    assert Notification.objects.filter(kind=TOLD, recipient=cast.xiaozhang.user).count() == 1
    assert recommended_lately(cast.xiaozhang) == 3


def test_three_competencies_at_most_wait_at_once(cast: Cast) -> None:
    skills = [competency(f"能力{number}") for number in range(5)]
    for skill in skills:
        resource(skill, f"关于{skill.name}")
    recommend(cast.xiaozhang, skills, "plans:1")
    assert {each.competency for each in LearningRecommendation.objects.all()} == set(skills[:3])


def test_what_was_declined_never_comes_again(cast: Cast) -> None:
    skill = competency()
    only = resource(skill)
    first = recommend(cast.xiaozhang, [skill], "plans:1")
    decline(first[0])
    decline(first[0])  # The second click.
    assert recommend(cast.xiaozhang, [skill], "plans:2") == []
    newer = resource(skill, "新的")
    assert [each.resource for each in recommend(cast.xiaozhang, [skill], "plans:3")] == [newer]
    begin(newer, cast.xiaozhang)
    with pytest.raises(RecommendationClosed):
        decline(LearningRecommendation.objects.get(resource=newer))
    assert only not in [each.resource for chosen in shelf_of(cast.xiaozhang).chosen for each, _ in chosen.resources]


def test_beginning_takes_up_what_was_recommended_and_finishing_again_keeps_the_first_day(cast: Cast) -> None:
    skill = competency()
    guide = resource(skill)
    told = recommend(cast.xiaozhang, [skill], "plans:1")[0]
    begin(guide, cast.xiaozhang)
    told.refresh_from_db()
    assert told.state == "taken"
    finish(guide, cast.xiaozhang, 2, 5)
    before = LearningRecord.objects.get()
    finish(guide, cast.xiaozhang, 1, None)
    after = LearningRecord.objects.get()
    assert (after.finished_at, after.helped, after.stars) == (before.finished_at, 1, None)
    assert not Event.objects.filter(name__startswith="learning").exists()


def test_what_is_retired_is_begun_by_nobody_new(cast: Cast) -> None:
    guide = resource(competency())
    begin(guide, cast.xiaozhang)
    guide.is_retired = True
    guide.save()
    begin(guide, cast.xiaozhang)
    with pytest.raises(ResourceRetired):
        begin(guide, cast.colleague)


def development(cast: Cast, suggestion: str, kind: str = "development") -> Feedback:
    return Feedback.objects.create(
        author=cast.manager_li,
        receiver=cast.xiaozhang,
        kind=kind,
        suggestion=suggestion,
        state=Feedback.State.SENT,
        sent_at=timezone.now(),
    )


def test_feedback_that_names_a_competency_brings_something_to_learn_from(cast: Cast) -> None:
    skill, other = competency(), competency("数据表达")
    resource(skill)
    resource(other, "数据")
    praise, named = development(cast, "数据表达很好", "recognition"), development(cast, "可以在时间管理上再想一步")
    follow_feedback(praise.pk)
    follow_feedback(named.pk)
    told = LearningRecommendation.objects.get()
    assert (told.competency, told.source) == (skill, f"feedback:{named.pk}")
    chosen = shelf_of(cast.xiaozhang).chosen[0]
    assert chosen.source is not None
    assert chosen.source.url.endswith(f"/{named.pk}/")


def test_a_plans_focus_areas_bring_what_they_name_and_nothing_that_is_over(cast: Cast) -> None:
    skill, other = competency(), competency("数据表达")
    skill.name_en = "Time management"
    skill.save()
    resource(skill)
    resource(other, "数据")
    plan = DevelopmentPlan.objects.create(
        employee=cast.xiaozhang, manager=cast.manager_li, made_by=cast.manager_li, state="running"
    )
    FocusArea.objects.create(plan=plan, title="Better time management", order=1)
    FocusArea.objects.create(plan=plan, title="数据表达", state=FocusArea.State.REACHED, order=2)
    follow_plan(plan.pk, 1)
    assert [each.competency for each in LearningRecommendation.objects.all()] == [skill]
